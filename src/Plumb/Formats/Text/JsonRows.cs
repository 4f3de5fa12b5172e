using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Plumb.Formats;

/// <summary>
/// JSON for people too: an indented writer gives every element its own line, but a row of a matrix reads better on one.
/// </summary>
internal static class JsonRows
{
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>Indented by two, lines ending in LF, letters of all scripts as they are.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = s_encoder };

    /// <summary>
    /// A property that holds a list of numbers, on one line; a number that is not finite becomes null.
    /// </summary>
    public static void WriteRow(this Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Row(values), skipInputValidation: true);
    }

    /// <summary>
    /// An element of a list that itself is a list of numbers, on one line; a number that is not finite becomes null.
    /// </summary>
    public static void WriteRow(this Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        // A raw value inside a list gets no line of its own from the writer.
        var indentation = "\n" + new string(' ', json.CurrentDepth * json.Options.IndentSize);
        json.WriteRawValue([.. Encoding.UTF8.GetBytes(json.Options.Indented ? indentation : ""), .. Row(values)],
            skipInputValidation: true);
    }

    /// <summary>A property that holds a list of texts, on one line.</summary>
    public static void WriteRow(this Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Row(values, (row, value) => row.WriteStringValue(value)), skipInputValidation: true);
    }

    /// <summary>A property that holds a list of truth values, on one line.</summary>
    public static void WriteRow(this Utf8JsonWriter json, string name, IReadOnlyList<bool> values)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Row(values, (row, value) => row.WriteBooleanValue(value)), skipInputValidation: true);
    }

    /// <summary>A property that holds a matrix, a row a line; a number that is not finite becomes null.</summary>
    public static void WriteMatrix(this Utf8JsonWriter json, string name, Matrix matrix)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < matrix.Rows; i++)
        {
            json.WriteRow(matrix.Row(i));
        }

        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Row(ReadOnlySpan<double> values) =>
        Row(values.ToArray(), (row, value) =>
        {
            if (double.IsFinite(value))
            {
                row.WriteNumberValue(value);
            }
            else
            {
                row.WriteNullValue();
            }
        });

    private static ReadOnlySpan<byte> Row<T>(IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var row = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = s_encoder }))
        {
            row.WriteStartArray();
            foreach (var value in values)
            {
                write(row, value);
            }

            row.WriteEndArray();
        }

        return buffer.WrittenSpan;
    }
}
