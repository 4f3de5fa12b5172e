using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumb.Sql;

/// <summary>
/// What a printed query gives as its first value, so that its answer says itself what it is of:
/// plumb.sums.3.16.BASE64, of letters that no client quotes or cuts.
/// </summary>
/// <param name="Names">The columns.</param>
/// <param name="Ranges">Their ranges; none in the first round.</param>
internal sealed record SqlLabel(VariableNames Names, IReadOnlyList<SqlRange> Ranges)
{
    private const string Start = "plumb.";

    /// <summary>The kind of the queries of the first round.</summary>
    public const string Probe = "ranges";

    /// <summary>The kind of those of the second, or only, round.</summary>
    public const string Sums = "sums";

    /// <summary>Which of the two its queries are.</summary>
    public string Kind => Ranges.Count == 0 ? Probe : Sums;

    /// <summary>The label of one query.</summary>
    public string Of(int number, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}{Kind}.{number}.{count}.{Content()}");

    /// <summary>Finds a label in a line of an answer; null where there is none.</summary>
    public static SqlLabelled? Find(string line)
    {
        var start = line.IndexOf(Start, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var end = line.AsSpan(start).IndexOfAnyExcept(s_letters);
        var text = end < 0 ? line[start..] : line.Substring(start, end);
        return text.Split('.') is [_, Probe or Sums, var number, var count, var content]
            && int.TryParse(number, CultureInfo.InvariantCulture, out var k)
            && int.TryParse(count, CultureInfo.InvariantCulture, out var n) && k >= 1 && k <= n
            && TryRead(content) is { } label
            ? new SqlLabelled(label, k, n, content, line[(start + text.Length)..]) : null;
    }

    private static readonly SearchValues<char> s_letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private string Content()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteTexts(json, "inputs", Names.Inputs);
            WriteTexts(json, "targets", Names.Targets);
            json.WriteStartArray("ranges");
            foreach (var range in Ranges)
            {
                json.WriteNumberValue(range.Top);
                json.WriteNumberValue(range.Slices);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static SqlLabel? TryRead(string content)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(content)));
            var numbers = json.RootElement.GetProperty("ranges").EnumerateArray().Select(it => it.GetInt32());
            var names = new VariableNames(Texts("inputs"), Texts("targets"));
            SqlRange[] ranges = [.. numbers.Chunk(2).Select(pair => new SqlRange(pair[0], pair[1]))];
            return ranges.All(range => range.IsPossible)
                && (ranges.Length == 0 || ranges.Length == names.Inputs.Count + names.Targets.Count)
                ? new SqlLabel(names, ranges) : null;

            string[] Texts(string name) =>
                [.. json.RootElement.GetProperty(name).EnumerateArray().Select(it => it.GetString()!)];
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException
            or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            return null; // whatever it is, no query of Plumb's printed it
        }
    }
}

/// <summary>A line of an answer.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Number">Which query, from 1.</param>
/// <param name="Count">Of how many.</param>
/// <param name="Content">The label's columns and ranges, as they are written.</param>
/// <param name="Rest">What follows the label.</param>
internal sealed record SqlLabelled(SqlLabel Label, int Number, int Count, string Content, string Rest)
{
    /// <summary>The values behind the label, whichever sign stands between them.</summary>
    public string[] Values()
    {
        var rest = Rest.TrimStart('"', '\'', ' ');
        return rest.Length == 0 ? [] : [.. rest[1..].Split(rest[0]).Select(value => value.Trim('"', '\'', ' ', '\r'))];
    }
}
