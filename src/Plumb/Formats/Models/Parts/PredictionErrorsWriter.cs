using System.Text.Json;

namespace Plumb.Formats;

/// <summary>The part of a model file that says how far predictions may be off.</summary>
internal static class PredictionErrorsWriter
{
    /// <summary>Writes it; nothing where that is not known.</summary>
    public static void Write(Utf8JsonWriter json, AffineModel model)
    {
        if (model.Errors is not { } errors)
        {
            return;
        }

        json.WriteStartObject("errors");
        json.WriteString("method", errors.Method);
        json.WriteNumber("rows", errors.Rows);
        if (errors.WeightSum is { } weights)
        {
            json.WriteNumber("weightSum", weights);
        }

        if (double.IsFinite(errors.DegreesOfFreedom))
        {
            json.WriteNumber("degreesOfFreedom", errors.DegreesOfFreedom);
        }

        json.WriteRow("residualStandardDeviation", [.. errors.ResidualStandardDeviation]);
        if (errors.LargestLeverage is { } largest)
        {
            json.WriteNumber("largestLeverage", largest);
        }

        if (errors.Doubts.Count > 0)
        {
            json.WriteRow("doubts", errors.Doubts);
        }

        json.WriteRow("inputs", [.. errors.Inputs.Select(j => model.Map.Names.Inputs[j])]);
        json.WriteRow("means", [.. errors.Means]);
        json.WriteStartArray("factor");
        for (var i = 0; i < errors.Inputs.Count; i++)
        {
            json.WriteRow(errors.Factor.Row(i)[..(i + 1)]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
