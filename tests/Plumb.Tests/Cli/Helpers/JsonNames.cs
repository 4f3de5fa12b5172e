using System.Text;
using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>
/// The names of a JSON document's properties in their order, with the shape of what they hold: what readers of it rely
/// on.
/// </summary>
internal static class JsonNames
{
    public static string Of(JsonElement document)
    {
        var text = new StringBuilder();
        Write(document, 0, text);
        return text.ToString();
    }

    private static void Write(JsonElement value, int depth, StringBuilder text)
    {
        foreach (var property in value.EnumerateObject())
        {
            text.Append(' ', 2 * depth).Append(property.Name).Append(": ").Append(Shape(property.Value)).Append('\n');
            var inner = Innermost(property.Value);
            if (inner.ValueKind == JsonValueKind.Object)
            {
                Write(inner, depth + 1, text);
            }
        }
    }

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{(value.GetArrayLength() > 0 ? Shape(value[0]) : "")}]",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static JsonElement Innermost(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? Innermost(value[0]) : value;
}
