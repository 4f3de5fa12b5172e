using System.Globalization;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// A value in a JSON file together with where it stands, so that a refusal can name file, path, finding and remedy.
/// </summary>
/// <param name="File">The name of the file, for messages.</param>
/// <param name="Stem">The JSON path, such as $.weights[1], but for the value's own number in a list.</param>
/// <param name="Value">The value itself.</param>
internal readonly record struct JsonPlace(string File, string Stem, JsonElement Value)
{
    private readonly int _ordinal; // from 1 in a list; 0 where it is in none

    private JsonPlace(string file, string stem, JsonElement value, int ordinal)
        : this(file, stem, value) => _ordinal = ordinal;

    /// <summary>
    /// The JSON path, such as $.weights[1][0]: written only where a message needs it, as lists are long.
    /// </summary>
    public string Path => _ordinal == 0 ? Stem
        : string.Create(CultureInfo.InvariantCulture, $"{Stem}[{_ordinal - 1}]");

    private const int LongestQuote = 40; // characters of the file's own text that a message repeats

    public JsonPlace? Member(string name) =>
        Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new(File, $"{Path}.{name}", value) : null;

    public JsonPlace Required(string name, string expected, string remedy) =>
        Member(name)
            ?? throw new InvalidDataException($"{File}: {Path} has no '{name}', expected {expected}; {remedy}.");

    /// <summary>How many values a list has.</summary>
    public int Length(string expected, string remedy) =>
        Value.ValueKind == JsonValueKind.Array ? Value.GetArrayLength() : throw Refusal(expected, remedy);

    public JsonPlace[] Items(string expected, string remedy)
    {
        var (items, i) = (new JsonPlace[Length(expected, remedy)], 0);
        foreach (var item in Each())
        {
            items[i++] = item;
        }

        return items;
    }

    /// <summary>The values of a list one by one, as there may be millions.</summary>
    public JsonItems Each() => new(this);

    /// <summary>A value of this list.</summary>
    /// <param name="stem">The path of the list.</param>
    /// <param name="value">The value.</param>
    /// <param name="ordinal">Its number, from 1.</param>
    public JsonPlace Item(string stem, JsonElement value, int ordinal) => new(File, stem, value, ordinal);

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
