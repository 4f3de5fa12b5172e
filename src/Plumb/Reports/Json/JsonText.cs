using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Plumb.Reports;

/// <summary>A JSON document as text.</summary>
internal static class JsonText
{
    /// <summary>The text, indented, without a line end behind it.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonRows.Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
