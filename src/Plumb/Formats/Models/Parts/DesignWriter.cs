using System.Buffers;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// Writes what a model's inputs are made of: the columns that are not numbers, and each input and target as a product
/// of columns, powers, functions and contrasts.
/// </summary>
internal static class DesignWriter
{
    /// <summary>A design as an object of its own: UTF-8 without blanks.</summary>
    public static byte[] Encode(Design design)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteObject(json, design);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter json, Design? design)
    {
        if (design is not null && !design.IsPlain)
        {
            json.WritePropertyName("design");
            WriteObject(json, design);
        }
    }

    private static void WriteObject(Utf8JsonWriter json, Design design)
    {
        json.WriteStartObject();
        if (design.Meanings.Count > 0)
        {
            json.WriteStartObject("columns");
            foreach (var column in design.Columns.Inputs.Concat(design.Columns.Targets)
                .Where(design.Meanings.ContainsKey))
            {
                json.WriteStartObject(column);
                Write(json, design.Meanings[column]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        Write(json, "inputs", design.Terms);
        Write(json, "targets", design.Targets);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnMeaning meaning)
    {
        switch (meaning)
        {
            case ColumnMeaning.Category category:
                json.WriteString("holds", DesignReader.Category);
                json.WriteRow("levels", category.Names);
                json.WriteString("coding", DesignReader.NameOf(category.Coding));
                if (category.Reference is { } reference)
                {
                    json.WriteString("reference", reference);
                }

                if (category.OfNumbers)
                {
                    json.WriteBoolean("numbers", true);
                }

                break;
            case ColumnMeaning.Time date:
                json.WriteString("holds", DesignReader.Date);
                json.WriteString("origin", date.Beginning);
                json.WriteString("unit", date.Unit);
                if (date.Order is { } order)
                {
                    json.WriteString("order", order);
                }

                break;
            default:
                json.WriteString("holds", DesignReader.Truth);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Term> terms)
    {
        json.WriteStartArray(name);
        foreach (var term in terms)
        {
            json.WriteStartArray();
            foreach (var factor in term.Factors)
            {
                json.WriteStartObject();
                json.WriteString("column", factor.Column);
                if (factor.Function is { } function)
                {
                    json.WriteString("function", function.Name);
                }

                if (factor.Contrast is { } contrast)
                {
                    json.WriteString("level", contrast.Level);
                    json.WriteRow("values", [.. contrast.Values]);
                }

                if (factor.Power != 1)
                {
                    json.WriteNumber("power", factor.Power);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
