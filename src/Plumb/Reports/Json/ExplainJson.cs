using System.Text.Json;

namespace Plumb.Reports;

/// <summary>An explanation, for machines: schema plumb.explain/1.</summary>
internal static class ExplainJson
{
    public static void Write(Utf8JsonWriter json, ExplainedMap explained)
    {
        var explanation = explained.Explanation;
        json.WriteStartObject();
        json.WriteString("schema", "plumb.explain/1");
        json.WriteNumber("rows", explanation.Fit.Rows);
        json.WriteRow("inputs", explanation.Candidate.Names.Inputs);
        json.WriteRow("targets", explanation.Candidate.Names.Targets);
        json.WriteNumber("freeDirections", explanation.FreeDirections);
        json.WriteNumber("identifiedDirections", explanation.IdentifiedDirections);
        json.WriteString("reference", explanation.Truth is null ? "limit" : "truth");
        WriteGap(json, explanation);
        WriteCauses(json, explanation);
        json.WriteConvergence(explanation.Convergence);
        json.WriteString("metric", Explanation.Metric);
        json.WriteMap("limit", explanation.Limit);
        json.WriteParameters("standardErrors", explanation.Fit.WeightErrors, explanation.Fit.BiasErrors.ToArray());
        json.WriteDigits(explanation.Fit.Accuracy);
        json.WriteRow("residualStandardDeviation", explanation.Fit.ResidualStandardDeviation.ToArray());
        if (explanation.Twin is { } twin)
        {
            json.WriteStartObject("twin");
            json.WriteMatrix("weights", twin.Map.Weights);
            json.WriteRow("bias", twin.Map.Bias);
            json.WriteNumber("largestPredictionDifference", twin.LargestPredictionDifference);
            json.WriteNumber("distance", (twin.Map - explanation.Candidate).Norm);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("twin");
        }

        WriteMistake(json, explanation.Mistake);
        WriteOrigin(json, explanation);
        WriteCorrected(json, explained.Corrected);
        json.WriteRowTests(explanation.Background.Rows);
        json.WriteStartArray("noiseTests");
        foreach (var test in explanation.NoiseTests)
        {
            json.WriteTest(test);
        }

        json.WriteEndArray();
        json.WriteEvidence(explanation.Evidence);
        json.WriteString("next", explained.Next);
        json.WriteFindings(explained.Findings, explanation.Verdict);
        json.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject("gap");
        json.WriteMatrix("weights", explanation.Gap.Weights);
        json.WriteRow("bias", explanation.Gap.Bias);
        json.WriteNumber("norm", explanation.Gap.Norm);
        json.WriteEndObject();
    }

    private static void WriteCauses(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteObjects("causes", explanation.Causes, cause =>
        {
            json.WriteString("code", cause.Code switch
            {
                CauseCode.NotIdentified => "not-identified",
                CauseCode.NotConverged => "not-converged",
                CauseCode.Objective => "objective",
                CauseCode.Misfit => "misfit",
                CauseCode.Noise => "noise",
                _ => "arithmetic",
            });
            json.WriteMatrix("weights", cause.Part.Weights);
            json.WriteRow("bias", cause.Part.Bias);
            json.WriteNumber("norm", cause.Norm);
        });
    }

    private static void WriteMistake(Utf8JsonWriter json, Mistake? mistake)
    {
        if (mistake is null)
        {
            json.WriteNull("mistake");
            return;
        }

        json.WriteStartObject("mistake");
        json.WriteString("code", mistake.Code);
        json.WriteMap("repaired", mistake.Repaired);
        json.WriteNumber("unexplainedBefore", mistake.UnexplainedBefore);
        json.WriteNumber("unexplainedAfter", mistake.UnexplainedAfter);
        json.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter json, Explanation explanation)
    {
        if (explanation.Origin is { } origin)
        {
            json.WriteStartObject("origin");
            json.WriteString("code", origin.Code);
            json.WriteString("text", origin.Text);
            json.WriteBoolean("claimed", origin.IsClaimed);
            json.WriteStartObject("parameters");
            foreach (var parameter in origin.Parameters)
            {
                json.WriteFinite(parameter.Name, parameter.Value);
            }

            json.WriteEndObject();
            json.WriteRow("others", origin.Others);
            json.WriteFinite("leaves", origin.Leaves);
            json.WriteFinite("share", origin.Share);
            json.WriteMap("goal", origin.Goal);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("origin");
        }

        if (explanation.OriginEvidence is not { } evidence)
        {
            json.WriteNull("originEvidence");
            return;
        }

        json.WriteStartObject("originEvidence");
        json.WriteString("answer",
            evidence.Answer switch { Answer.Holds => "holds", Answer.Fails => "fails", _ => "not-looked-at" });
        json.WriteString("method", evidence.Method);
        json.WriteFinite("number", evidence.Number);
        json.WriteEndObject();
    }

    private static void WriteCorrected(Utf8JsonWriter json, CorrectedFit? corrected)
    {
        if (corrected is null)
        {
            json.WriteNull("corrected");
            return;
        }

        json.WriteStartObject("corrected");
        json.WriteMatrix("weights", corrected.Map.Weights);
        json.WriteRow("bias", corrected.Map.Bias);
        json.WriteParameters("standardErrors", corrected.WeightErrors, [.. corrected.BiasErrors]);
        json.WriteRow("reliability", [.. corrected.Reliability]);
        json.WriteEndObject();
    }
}
