using System.Text.Json;

namespace Plumb.Studio;

/// <summary>
/// What the spectrum says of training: its error along each direction, and the rates that shrink it. With these the
/// page draws loss(k) = least + sum of e l^2 (1 - rate e)^(2k) / 2, over the Hessian's eigenvalues e and lengths l.
/// </summary>
internal static class PlanView
{
    private const int MostDirections = 2000;

    public static void Write(Utf8JsonWriter json, FittedFile fitted)
    {
        var fit = fitted.Fit;
        if (fit.TooLarge.Count > 0 || fit.ParametersPerTarget > MostDirections)
        {
            json.WriteNull("training");
            return;
        }

        var scale = TrainingGround.Loss.Scale(fit.Rows, fit.Names.Targets.Count);
        json.WriteStartObject("training");
        json.WriteString("loss", TrainingGround.Loss.Formula);
        json.WriteFinite("startLoss", scale * fit.Moments.SquaredResiduals(fitted.Start).Sum());
        json.WriteFinite("leastLoss", scale * fit.ResidualSumOfSquares.Sum());
        Write(json, "plain", fitted.Ground(isStandardized: false));
        Write(json, "standardized", fitted.Ground(isStandardized: true));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TrainingGround ground)
    {
        json.WriteStartObject(name);
        json.WriteFinite("stableRate", ground.Plan.LargestStableLearningRate);
        json.WriteFinite("bestRate", ground.Plan.BestLearningRate);
        json.WriteRow("eigenvalues", [.. ground.Plan.Eigenvalues]);
        json.WriteRow("lengths", ground.Plan.LengthsOf(ground.Start - ground.Limit));
        json.WriteEndObject();
    }
}
