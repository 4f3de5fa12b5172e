using System.Globalization;

namespace Plumb;

/// <summary>Puts an explanation's numbers into sentences.</summary>
internal static class Story
{
    private const double Same = 1e-12; // of the truth's length: a candidate this close is the truth
    private const double Negligible = 1e-6; // of the gap: causes this small are in the numbers, but not worth a sentence

    public static (IReadOnlyList<Finding> Findings, string Verdict) Tell(Explanation explanation)
    {
        var causes = explanation.Causes.OrderByDescending(cause => cause.Norm).ThenByDescending(cause => cause.Code).ToList();
        var findings = causes.Where(cause => cause.Norm > Negligible * explanation.Gap.Norm && !(IsTruth(explanation) && cause.Code != CauseCode.Noise)).Select(cause => Describe(explanation, cause)).ToList();
        if (explanation.Truth is null && explanation.FreeDirections > 0)
        {
            findings.Insert(0, new Finding(Severity.Error, "not-identified", FreeDirections(explanation), CollectRows(explanation)));
        }

        return (findings, Verdict(explanation, causes[0]));
    }

    private static string Verdict(Explanation explanation, Cause largest)
    {
        if (explanation.Truth is null)
        {
            var arrival = largest.Code switch
            {
                CauseCode.Arithmetic => "The candidate is the best fit, to rounding",
                CauseCode.Objective => Invariant($"The candidate is {largest.Norm:g3} away from the best fit because it minimises something else"),
                _ => Invariant($"The candidate is {largest.Norm:g3} away from the best fit: training has not arrived"),
            };
            return explanation.FreeDirections == 0 ? arrival + "." : arrival + Invariant($"; {explanation.FreeDirections} of {explanation.Fit.ParametersPerTarget} directions a target are not determined by the data and stay as they started.");
        }

        if (IsTruth(explanation))
        {
            return "The candidate is the truth, to rounding.";
        }

        var reason = largest.Code switch
        {
            CauseCode.NotIdentified => Invariant($"the data determine only {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} directions a target, and the rest stays where training started: more steps will not help, more varied rows will"),
            CauseCode.NotConverged => "training has not arrived: more steps or a better learning rate will help",
            CauseCode.Objective => "it minimises something else than the squared residuals",
            CauseCode.Noise => "noise (or misfit) moves the best fit itself away from the truth: more rows will help, more training will not",
            _ => "of rounding",
        };
        return Invariant($"The candidate is {explanation.Gap.Norm:g3} away from the truth, mostly because {reason}.");
    }

    private static bool IsTruth(Explanation explanation) => explanation.Truth is { } truth && explanation.Gap.Norm <= Same * truth.Norm;

    private static Finding Describe(Explanation explanation, Cause cause) => cause.Code switch
    {
        CauseCode.NotIdentified => new(Severity.Error, "not-identified", Invariant($"{cause.Norm:g3} of the gap lies along directions that no row excites. {FreeDirections(explanation)}"), CollectRows(explanation)),
        CauseCode.NotConverged => new(Severity.Warning, "not-converged", Invariant($"{cause.Norm:g3} is left between the candidate and the closest best fit."), "Train on, or take the best fit itself: plumb fit."),
        CauseCode.Objective => new(Severity.Warning, "objective", Invariant($"{cause.Norm:g3} comes of the penalty: the candidate minimises something else than the squared residuals."), "Lower the penalty, if unbiased weights are wanted."),
        CauseCode.Noise => new(Severity.Information, "noise", Invariant($"{cause.Norm:g3} separates the best fit from the truth: noise in the targets, or a truth that is not affine."), "Collect more rows: noise falls with the square root of their number."),
        _ => new(Severity.Information, "arithmetic", Invariant($"{cause.Norm:g3} is rounding."), ""),
    };

    private static string FreeDirections(Explanation explanation) => Invariant(
        $"The data determine {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} directions a target; {explanation.FreeDirections} are free: {explanation.Fit.NullSpace.Dependences[0].Text} on every row{(explanation.FreeDirections > 1 ? Invariant($" (and {explanation.FreeDirections - 1} more relations)") : "")}.");

    private static string CollectRows(Explanation explanation) => explanation.Fit.Rows < explanation.Fit.ParametersPerTarget
        ? Invariant($"Collect rows with other inputs: {explanation.Fit.Rows} cannot determine {explanation.Fit.ParametersPerTarget} parameters a target.")
        : "Collect rows where the relation does not hold, or leave out one of its inputs.";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
