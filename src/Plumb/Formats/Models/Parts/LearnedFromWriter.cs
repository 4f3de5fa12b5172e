using System.Text.Json;

namespace Plumb.Formats;

/// <summary>Writes the part of a model file that says which rows it was learned from.</summary>
internal static class LearnedFromWriter
{
    /// <summary>Writes it; nothing where that is not known.</summary>
    public static void Write(Utf8JsonWriter json, LearnedFrom? from)
    {
        if (from is null)
        {
            return;
        }

        json.WriteStartObject(LearnedFromReader.Key);
        json.WriteNumber("rows", from.Rows);
        if (from.RSquared.Count > 0)
        {
            json.WriteRow("rSquared", [.. from.RSquared]);
        }

        if (from.MissingValues.Count > 0)
        {
            json.WriteRow("missingValues", from.MissingValues);
        }

        if (from.Signs.Count > 0)
        {
            json.WriteStartObject("signs");
            foreach (var (column, sign) in from.Signs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(column, sign);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
