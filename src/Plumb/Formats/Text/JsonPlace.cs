using System.Globalization;
using System.Text.Json;

namespace Plumb;

/// <summary>
/// A value in a JSON file together with where it stands, so that a refusal can name file, path, finding and remedy.
/// </summary>
/// <param name="File">The name of the file, for messages.</param>
/// <param name="Path">The JSON path, such as $.weights[1][0].</param>
/// <param name="Value">The value itself.</param>
internal readonly record struct JsonPlace(string File, string Path, JsonElement Value)
{
    private const int LongestQuote = 40; // characters of the file's own text that a message repeats

    public JsonPlace? Member(string name) =>
        Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new(File, $"{Path}.{name}", value) : null;

    public JsonPlace Required(string name, string expected, string remedy) =>
        Member(name)
            ?? throw new InvalidDataException($"{File}: {Path} has no '{name}', expected {expected}; {remedy}.");

    public JsonPlace[] Items(string expected, string remedy)
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Refusal(expected, remedy);
        }

        var items = new JsonPlace[Value.GetArrayLength()];
        var i = 0;
        foreach (var item in Value.EnumerateArray())
        {
            items[i] = new(File, string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}]"), item);
            i++;
        }

        return items;
    }

    public JsonPlace Object(string expected, string remedy) =>
        Value.ValueKind == JsonValueKind.Object ? this : throw Refusal(expected, remedy);

    public double Number() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Refusal("a finite number", "write a number there, such as 0.25");

    public long Whole() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number)
            ? number
            : throw Refusal("a whole number", "write a number without fraction there, or leave the entry out");

    public bool Flag() =>
        Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean()
            : throw Refusal("true or false", "write one of the two there");

    public string Text() =>
        Value.ValueKind == JsonValueKind.String ? Value.GetString()!
            : throw Refusal("a text", "write a text in double quotes there");

    public InvalidDataException Refusal(string expected, string remedy) => Refusal(Found(), expected, remedy);

    public InvalidDataException Refusal(string found, string expected, string remedy) =>
        new($"{File}: {Path} holds {found}, expected {expected}; {remedy}.");

    private string Found() => Value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"a list of {Value.GetArrayLength()}"),
        JsonValueKind.String => $"the text {Quote(Value.GetRawText())}",
        JsonValueKind.Number => $"the number {Quote(Value.GetRawText())}",
        _ => Value.GetRawText(),
    };

    private static string Quote(string raw) => raw.Length <= LongestQuote ? raw
        : string.Concat(raw.AsSpan(0, LongestQuote), "...");
}
