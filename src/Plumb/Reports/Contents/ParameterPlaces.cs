namespace Plumb.Reports;

/// <summary>Parameters of a target by their place in tables: weights, and after the last the bias.</summary>
internal static class ParameterPlaces
{
    /// <summary>The value of a parameter.</summary>
    public static double At(this AffineMap map, int target, int place) =>
        place < map.InputCount ? map.WeightsOf(target)[place] : map.Bias[target];

    /// <summary>Whether the data determine a parameter.</summary>
    public static bool DeterminesAt(this LinearFit fit, int place) =>
        place < fit.Names.Inputs.Count ? fit.Determines(place) : fit.DeterminesBias;

    /// <summary>The standard error to report of a parameter; NaN where there is none.</summary>
    public static double At(this ReportedErrors errors, LinearFit fit, int target, int place) =>
        place < fit.Names.Inputs.Count ? errors.OfWeight(target, place) : errors.OfBias(target);

    /// <summary>The digits of a parameter by these errors.</summary>
    public static BelievableDigits? DigitsAt(this ReportedErrors errors, Accuracy accuracy, LinearFit fit, int target,
        int place) => place < fit.Names.Inputs.Count
        ? errors.DigitsOfWeight(accuracy, target, place) : errors.DigitsOfBias(accuracy, target);
}
