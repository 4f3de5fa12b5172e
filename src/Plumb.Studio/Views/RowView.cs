using System.Text.Json;

namespace Plumb.Studio;

/// <summary>What W and b would be without a row, for the page.</summary>
internal static class RowView
{
    private const int MostParameters = 400;

    public static void Write(Utf8JsonWriter json, RemovedRow removed, string? command)
    {
        var (before, after) = (removed.Before, removed.After);
        var fitted = before.Map.Apply(removed.Row.Inputs.Row(0).ToArray());
        json.WriteStartObject();
        json.WriteNumber("row", removed.Number);
        json.WriteString("command", command);
        json.WriteNumber("milliseconds", removed.Milliseconds);
        json.WriteNumber("rows", after.Rows);
        json.WriteNumber("rank", after.Rank);
        json.WriteNumber("rankBefore", before.Rank);
        json.WriteRow("inputs", before.Names.Inputs);
        json.WriteRow("values", removed.Row.Inputs.Row(0).ToArray());
        json.WriteStartArray("targets");
        foreach (var (t, name) in before.Names.Targets.Index())
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteFinite("value", removed.Row.Targets[0, t]);
            json.WriteFinite("fitted", fitted[t]);
            json.WriteFinite("rSquaredBefore", before.RSquared[t]);
            json.WriteFinite("rSquared", after.RSquared[t]);
            json.WriteFinite("deviationBefore", before.ResidualStandardDeviation[t]);
            json.WriteFinite("deviation", after.ResidualStandardDeviation[t]);
            json.WriteStartArray("parameters");
            foreach (var j in Enumerable.Range(0, Math.Min(before.Names.Inputs.Count, MostParameters)))
            {
                Write(json, before.Names.Inputs[j],
                    before.Determines(j) ? before.Map.WeightsOf(t)[j] : double.NaN,
                    after.Determines(j) ? after.Map.WeightsOf(t)[j] : double.NaN, before.WeightErrors[t, j]);
            }

            if (before.Settings.Bias)
            {
                Write(json, "b", before.DeterminesBias ? before.Map.Bias[t] : double.NaN,
                    after.DeterminesBias ? after.Map.Bias[t] : double.NaN,
                    before.BiasErrors[t]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double before, double after, double error)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteFinite("before", before);
        json.WriteFinite("after", after);
        json.WriteFinite("error", error);
        json.WriteEndObject();
    }
}
