using System.Text.Json;
using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>A training run, for machines: schema plumb.train/1.</summary>
internal static class TrainJson
{
    public static void Write(Utf8JsonWriter json, TrainingResult result, TrainingText sentences,
        Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("schema", "plumb.train/1");
        json.WriteNumber("rows", result.Moments.Rows);
        json.WriteRow("inputs", result.Moments.Names.Inputs);
        json.WriteRow("targets", result.Moments.Names.Targets);
        json.WriteString("optimizer", result.Method.Optimizer?.ToString() ?? result.Method.Name);
        json.WriteString("schedule", result.Method.Schedule.ToString());
        json.WriteBoolean("standardized", result.Task.IsStandardized);
        json.WriteNumber("steps", result.Steps);
        json.WriteString("outcome", result.Outcome switch
        {
            TrainingOutcome.Converged => "converged",
            TrainingOutcome.StepLimit => "stepLimit",
            TrainingOutcome.TimeLimit => "timeLimit",
            TrainingOutcome.EarlyStopped => "earlyStopped",
            _ => "diverged",
        });
        json.WriteString("lossName", result.Loss.Name);
        json.WriteFinite("initialLoss", result.InitialLoss);
        json.WriteFinite("loss", result.FinalLoss);
        json.WriteFinite("leastLoss", result.LeastLoss);
        if (result.HeldOutLoss is { } heldOut)
        {
            json.WriteFinite("initialHeldOutLoss", result.InitialHeldOutLoss!.Value);
            json.WriteFinite("heldOutLoss", heldOut);
        }

        json.WriteMap("initial", result.Initial);
        json.WriteMap("learned", result.Learned);
        json.WriteMap("limit", result.Limit);
        json.WriteMap("leastSquares", result.Fit.Map);
        if (result.Truth is { } truth)
        {
            json.WriteMap("truth", truth);
            json.WriteStartObject("distanceToTruth");
            json.WriteFinite("start", (result.Initial - truth).Norm);
            json.WriteFinite("now", (result.Learned - truth).Norm);
            json.WriteFinite("limit", (result.Limit - truth).Norm);
            json.WriteEndObject();
        }

        json.WriteFinite("learningRate", result.Settings?.LearningRate ?? double.NaN);
        json.WriteFinite("largestStableLearningRate", result.Task.LargestStableRate);
        json.WriteStartObject("predicted");
        json.WriteFinite("distanceToLimit", result.PredictedDistance);
        json.WriteFinite("stepsToTolerance", result.StepsToTolerance);
        json.WriteEndObject();
        json.WriteFinite("initialDistanceToLimit", result.InitialDistance);
        json.WriteFinite("distanceToLimit", result.DistanceToLimit);
        json.WriteFinite("freeMovement", result.FreeMovement);
        WriteDirections(json, result);
        json.WriteConvergence(result.Convergence);
        json.WriteEvidence([.. result.Assessment.Evidence, result.Convergence.ToEvidence()]);
        json.WriteString("next", sentences.Next(explanation));
        json.WriteFindings(RemedyFlags.AddTo([.. result.Assessment.Findings, .. result.DataFindings]),
            sentences.Verdict);
        json.WriteEndObject();
    }

    /// <summary>"directions": what the spectrum says of each, as the report tells it.</summary>
    private static void WriteDirections(Utf8JsonWriter json, TrainingResult result)
    {
        var directions = Directions.Of(result);
        json.WriteStartObject("directions");
        json.WriteRow("eigenvalues", [.. result.Plan.Eigenvalues]);
        json.WriteRow("keptPerStep", [.. directions?.Kept ?? []]);
        json.WriteRow("stepsToConverge", [.. directions?.Needed ?? []]);
        json.WriteFinite("bestLearningRate", directions?.BestRate ?? double.NaN);
        json.WriteRow("stepsToConvergeAtBestRate", [.. directions?.NeededAtBestRate ?? []]);
        json.WriteEndObject();
    }
}
