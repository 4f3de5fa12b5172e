using System.Text.Json;

namespace Plumb.Reports;

/// <summary>What the estimates of a fit are worth, for machines.</summary>
internal static class InferenceJson
{
    /// <summary>
    /// "statistics"; and where they are asked for, "influence", "residualCovariance" and "covariance".
    /// </summary>
    public static void Write(Utf8JsonWriter json, FitDocument document)
    {
        var fit = document.Fit;
        int[] targets = [.. Enumerable.Range(0, fit.Names.Targets.Count)];
        json.WriteStartObject("statistics");
        json.WriteRow("logLikelihood", [.. targets.Select(fit.LogLikelihood)]);
        json.WriteRow("aic", [.. targets.Select(fit.AkaikeInformation)]);
        json.WriteRow("bic", [.. targets.Select(fit.BayesianInformation)]);
        json.WriteRow("press", [.. targets.Select(t => document.Rows?.Press[t] ?? double.NaN)]);
        json.WriteRow("predictedRSquared",
            [.. targets.Select(t => document.Rows?.PredictedRSquared[t] ?? double.NaN)]);
        json.WriteMatrix("standardizedWeights",
            Matrix.Create(targets.Length, fit.Names.Inputs.Count, fit.StandardizedWeight));
        json.WriteEndObject();
        WriteInfluence(json, document.Influence);
        if (!document.ShowsCovariance || fit.WhyNoErrors is not null)
        {
            return;
        }

        json.WriteMatrix("residualCovariance", fit.ResidualCovariance);
        json.WriteStartArray("covariance");
        foreach (var left in targets)
        {
            foreach (var right in targets[left..])
            {
                json.WriteStartObject();
                json.WriteRow("targets", [fit.Names.Targets[left], fit.Names.Targets[right]]);
                json.WriteRow("parameters", fit.Covariance(left).Parameters);
                json.WriteString("errors", fit.Inference.Method.Name);
                json.WriteMatrix("matrix", left == right ? fit.Covariance(left).ToMatrix()
                    : fit.Inference.CovarianceBetween(left, right));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteInfluence(Utf8JsonWriter json, IReadOnlyList<RowEffect> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        json.WriteObjects("influence", rows, effect =>
        {
            json.WriteNumber("row", effect.Row);
            json.WriteString("target", effect.Target);
            json.WriteFinite("leverage", effect.Leverage);
            json.WriteFinite("residual", effect.Residual);
            json.WriteFinite("studentizedResidual", effect.Studentized);
            json.WriteFinite("deletedResidual", effect.Deleted);
            json.WriteFinite("cooksDistance", effect.CooksDistance);
            json.WriteFinite("dffits", effect.Dffits);
        });
    }
}
