using System.Text.Json;

namespace Plumb.Cli.Reports;

/// <summary>Levels of a category, compared, for machines.</summary>
internal static class LevelsJson
{
    /// <summary>"levels": nothing where nobody asked for it.</summary>
    public static void Write(Utf8JsonWriter json, TestDocument document)
    {
        if (document.Levels.Count == 0)
        {
            return;
        }

        json.WriteString("levelAdjustment", document.AdjustmentOfLevels.ToString().ToLowerInvariant());
        json.WriteStartArray("levels");
        foreach (var comparison in document.Levels)
        {
            json.WriteStartObject();
            json.WriteString("column", comparison.Column);
            json.WriteString("target", comparison.Target);
            json.WriteString("slopeOf", comparison.SlopeOf);
            json.WriteStartArray("estimates");
            foreach (var level in comparison.Estimates)
            {
                json.WriteStartObject();
                json.WriteString("level", level.Text);
                json.WriteFinite("estimate", level.Estimate);
                json.WriteFinite("standardError", level.StandardError);
                json.WriteFinite("low", level.Low);
                json.WriteFinite("high", level.High);
                json.WriteFinite("degreesOfFreedom", level.DegreesOfFreedom);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("differences");
            foreach (var difference in comparison.Differences)
            {
                TestJson.Write(json, difference);
            }

            json.WriteEndArray();
            json.WritePropertyName("equal");
            TestJson.Write(json, comparison.Equal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
