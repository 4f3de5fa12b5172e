using System.Text.Json;

namespace Plumb.Reports;

/// <summary>A fit, for machines: schema plumb.fit/1.</summary>
internal static class FitJson
{
    public static void Write(Utf8JsonWriter json, FitDocument document)
    {
        var fit = document.Fit;
        json.WriteStartObject();
        json.WriteString("schema", "plumb.fit/1");
        json.WriteNumber("rows", fit.Rows);
        json.WriteRow("inputs", fit.Names.Inputs);
        json.WriteRow("targets", fit.Names.Targets);
        json.WriteBoolean("inputsNamed", document.Rest is null);
        json.WriteBoolean("hasBias", fit.Settings.Bias);
        json.WriteNumber("ridge", fit.Settings.Ridge);
        WriteEstimates(json, fit);
        json.WriteMap("minimumNorm", fit.Map);
        json.WriteParameters("standardErrors", document.Errors.Weights, document.Errors.Bias);
        json.WriteRow("errorKind", [.. Enumerable.Range(0, fit.Names.Targets.Count).Select(document.Errors.KindOf)]);
        json.WriteParameters("errorDegreesOfFreedom",
            Matrix.Create(fit.Map.TargetCount, fit.Map.InputCount, document.Errors.DegreesOfFreedom),
            [.. Enumerable.Range(0, fit.Map.TargetCount)
                .Select(t => document.Errors.DegreesOfFreedom(t, fit.Map.InputCount))]);
        json.WriteRow("errorGroups", [.. document.Errors.GroupsOf(0).Select(count => (double)count)]);
        json.WriteRow("errorLags", [.. Enumerable.Range(0, fit.Names.Targets.Count)
            .Select(document.Errors.LagsOf).OfType<int>().Select(lags => (double)lags)]);
        json.WriteRow("errorReplicates", document.Errors.ReplicatesOf(0) is > 0 and var replicates
            ? [replicates, document.Errors.ReplicatesLeftOut(0)] : Array.Empty<double>());
        WriteIntervals(json, fit, document.Errors);
        json.WriteParameters("pValues",
            Matrix.Create(fit.Map.TargetCount, fit.Map.InputCount, (t, j) => PValue(document, t, j)),
            [.. Enumerable.Range(0, fit.Map.TargetCount).Select(t => PValue(document, t, fit.Map.InputCount))]);
        json.WriteDigits(document.Accuracy);
        WriteIdentified(json, fit);
        json.WriteNumber("rank", fit.Rank);
        json.WriteNumber("parametersPerTarget", fit.ParametersPerTarget);
        WriteNearRank(json, fit.NearRank);
        WriteDependences(json, fit);
        json.WriteNumber("residualDegreesOfFreedom", fit.ResidualDegreesOfFreedom);
        json.WriteRow("residualStandardDeviation", fit.ResidualStandardDeviation.ToArray());
        if (fit.Settings.NoiseIsKnown)
        {
            json.WriteStartObject("chiSquared");
            json.WriteRow("values", fit.ChiSquared.ToArray());
            json.WriteRow("pValues", [.. Enumerable.Range(0, fit.ChiSquared.Count).Select(fit.ChiSquaredPValue)]);
            json.WriteEndObject();
        }

        json.WriteRow("rSquared", fit.RSquared.ToArray());
        json.WriteBoolean("rSquaredCentred", fit.RSquaredIsCentred);
        json.WriteRow("adjustedRSquared", fit.AdjustedRSquared.ToArray());
        json.WriteNumber("explainedDegreesOfFreedom", fit.ExplainedDegreesOfFreedom);
        json.WriteRow("fStatistic", fit.FStatistic.ToArray());
        json.WriteRow("fPValue", [.. Enumerable.Range(0, fit.FStatistic.Count).Select(fit.FPValue)]);
        InferenceJson.Write(json, document);
        json.WriteFinite("conditionNumber", fit.Spectrum.ConditionNumber);
        WriteLearning(json, fit, document.Loss);
        CollinearityJson.Write(json, fit, document.Errors);
        json.WriteRowTests(document.Rows);
        TruthJson.Write(json, document.Truth);
        json.WriteEvidence(document.Assessment.Evidence);
        json.WriteFindings(document.Findings, document.Assessment.Verdict);
        json.WriteEndObject();
    }

    private static double PValue(FitDocument document, int target, int place)
    {
        var (fit, error) = (document.Fit, document.Errors.At(document.Fit, target, place));
        return double.IsFinite(error)
            ? document.Errors.PValue(target, place, fit.Map.At(target, place), error) : double.NaN;
    }

    private static void WriteEstimates(Utf8JsonWriter json, LinearFit fit)
    {
        // A ridge penalty leaves nothing open.
        bool IsGiven(int input) => fit.Settings.Ridge > 0 || fit.NullSpace.DeterminesWeight(input);
        var hasBias = fit.Settings.Ridge > 0 || fit.NullSpace.DeterminesBias;
        json.WriteMatrix("weights",
            Matrix.Create(fit.Map.TargetCount, fit.Map.InputCount,
                (t, j) => IsGiven(j) ? fit.Map.WeightsOf(t)[j] : double.NaN));
        json.WriteRow("bias", [.. fit.Map.Bias.ToArray().Select(value => hasBias ? value : double.NaN)]);
    }

    private static void WriteIntervals(Utf8JsonWriter json, LinearFit fit, ReportedErrors errors)
    {
        json.WriteStartObject("confidence");
        json.WriteNumber("level", fit.Settings.Level);
        json.WriteStartArray("weights");
        for (var t = 0; t < fit.Map.TargetCount; t++)
        {
            json.WriteStartArray();
            for (var j = 0; j < fit.Map.InputCount; j++)
            {
                json.WriteRow(Interval(errors, t, j));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("bias");
        for (var t = 0; t < fit.Map.TargetCount; t++)
        {
            json.WriteRow(Interval(errors, t, fit.Map.InputCount));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double[] Interval(ReportedErrors errors, int target, int place) =>
        errors.Interval(target, place) is var (low, high) ? [low, high] : [];

    private static void WriteIdentified(Utf8JsonWriter json, LinearFit fit)
    {
        json.WriteStartObject("identified");
        json.WriteRow("weights", [.. Enumerable.Range(0, fit.Map.InputCount).Select(fit.NullSpace.DeterminesWeight)]);
        json.WriteBoolean("bias", fit.NullSpace.DeterminesBias);
        json.WriteBoolean("proved", fit.NullSpace.IsProved);
        json.WriteEndObject();
    }

    private static void WriteNearRank(Utf8JsonWriter json, NearRank near)
    {
        json.WriteStartObject("nearRank");
        json.WriteNumber("tolerance", near.Tolerance);
        json.WriteNumber("rank", near.Rank);
        json.WriteNumber("rankAtTenfoldTolerance", near.AtTenfold);
        json.WriteNumber("rankAtTenthOfTolerance", near.AtTenth);
        json.WriteFinite("gap", near.Gap);
        json.WriteEndObject();
    }

    private static void WriteDependences(Utf8JsonWriter json, LinearFit fit)
    {
        json.WriteObjects("dependencies", fit.Dependences, dependence =>
        {
            json.WriteString("text", dependence.Text);
            json.WriteString("kind", dependence.Kind == DependenceKind.Exact ? "exact" : "near");
            json.WriteStartObject("coefficients");
            json.WriteRow("weights", dependence.Weights.ToArray());
            json.WriteNumber("bias", dependence.Bias);
            json.WriteEndObject();
        });
    }

    private static void WriteLearning(Utf8JsonWriter json, LinearFit fit, Loss loss)
    {
        var plan = new LearningPlan(fit.Spectrum, loss, fit.Rows, fit.Map.TargetCount);
        json.WriteStartObject("learning");
        json.WriteRow("eigenvalues", [.. plan.Eigenvalues, .. new double[fit.NullSpace.Count]]);
        json.WriteFinite("largestStableLearningRate", plan.LargestStableLearningRate);
        json.WriteFinite("bestLearningRate", plan.BestLearningRate);
        json.WriteString("loss", loss.Name);
        json.WriteEndObject();
    }
}
