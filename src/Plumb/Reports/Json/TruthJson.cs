using System.Text.Json;

namespace Plumb.Reports;

/// <summary>
/// A fit beside the true map, for machines: "truth", per target a list of parameters, and the test of all at once.
/// </summary>
internal static class TruthJson
{
    /// <summary>Writes "truth", where there is one.</summary>
    public static void Write(Utf8JsonWriter json, TruthComparison? comparison)
    {
        if (comparison is null)
        {
            return;
        }

        json.WriteStartObject("truth");
        json.WriteNumber("undeterminedDirections", comparison.UndeterminedDirections);
        json.WriteStartArray("targets");
        for (var t = 0; t < comparison.Targets.Count; t++)
        {
            WriteTarget(json, comparison, t);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, TruthComparison comparison, int target)
    {
        var name = comparison.Fit.Names.Targets[target];
        var test = comparison.Tests.FirstOrDefault(one => one.Target == name);
        json.WriteStartObject();
        json.WriteString("target", name);
        json.WriteFinite("f", test?.Statistic ?? double.NaN);
        json.WriteFinite("pValue", test?.PValue ?? double.NaN);
        json.WriteObjects("parameters", comparison.Targets[target], parameter =>
        {
            json.WriteString("name", parameter.Name);
            json.WriteBoolean("determined", parameter.IsDetermined);
            json.WriteNumber("truth", parameter.Truth);
            json.WriteFinite("difference", parameter.Difference);
            json.WriteFinite("inStandardErrors", parameter.InStandardErrors);
            if (parameter.IsInside is { } isInside)
            {
                json.WriteBoolean("insideInterval", isInside);
            }
            else
            {
                json.WriteNull("insideInterval");
            }

        });
        json.WriteEndObject();
    }
}
