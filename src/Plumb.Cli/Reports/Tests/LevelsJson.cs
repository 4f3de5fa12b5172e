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
        json.WriteObjects("levels", document.Levels, comparison =>
        {
            json.WriteString("column", comparison.Column);
            json.WriteString("target", comparison.Target);
            json.WriteString("slopeOf", comparison.SlopeOf);
            json.WriteObjects("estimates", comparison.Estimates, level =>
            {
                json.WriteString("level", level.Text);
                json.WriteFinite("estimate", level.Estimate);
                json.WriteFinite("standardError", level.StandardError);
                json.WriteFinite("low", level.Low);
                json.WriteFinite("high", level.High);
                json.WriteFinite("degreesOfFreedom", level.DegreesOfFreedom);
            });
            json.WriteStartArray("differences");
            foreach (var difference in comparison.Differences)
            {
                TestJson.Write(json, difference);
            }

            json.WriteEndArray();
            json.WritePropertyName("equal");
            TestJson.Write(json, comparison.Equal);
        });
    }
}
