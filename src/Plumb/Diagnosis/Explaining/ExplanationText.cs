using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>Puts an explanation's numbers into sentences.</summary>
internal sealed class ExplanationText(Explanation explanation)
{
    private const double Same = 1e-12; // of the truth's length: a candidate this close is the truth
    // Of the gap: causes this small are in the numbers, but not worth a sentence.
    private const double Negligible = 1e-6;
    private const int MostNames = 8; // more are told by their number

    private readonly OriginText _origin = new(explanation);
    private readonly IReadOnlyList<Cause> _causes =
        [.. explanation.Causes.OrderByDescending(cause => cause.Norm).ThenByDescending(cause => cause.Code)];

    /// <summary>What follows, the largest cause first.</summary>
    public IEnumerable<Finding> Findings()
    {
        if (explanation.Mistake is { } mistake)
        {
            yield return mistake.ToFinding();
        }

        if (explanation.Truth is null && explanation.FreeDirections > 0)
        {
            yield return new Finding(Severity.Error, "not-identified", FreeDirections(), Sentence(CollectRows()));
        }

        foreach (var finding in Inseparable)
        {
            yield return finding;
        }

        foreach (var finding in _origin.Findings())
        {
            yield return finding;
        }

        foreach (var cause in _causes.Where(cause => IsWorthTelling(cause) && !_origin.Covers(cause)))
        {
            yield return Describe(cause);
        }

        if (explanation.Truth is not null
            && explanation.NoiseTests.Where(test => test.PValue < HypothesisTest.Level)
                .MinBy(test => test.PValue) is { } test)
        {
            yield return new Finding(
                Severity.Warning,
                "not-noise",
                string.Create(CultureInfo.InvariantCulture,
                    $"The best fit of '{test.Target}' lies farther from the truth than noise explains (F = "
                        + $"{Statistic(test.Statistic)}, p = {test.PValue:g2}): the targets hold something else, or "
                            + $"the truth is another."),
                "Look for misfit: inputs that are missing, outliers, or noise in the inputs; "
                    + $"{Remedies.GiveInputNoise} to correct for that.");
        }

        foreach (var finding in explanation.Background.Rows?.Findings ?? [])
        {
            yield return finding;
        }
    }

    /// <summary>One sentence.</summary>
    public string Verdict()
    {
        if (explanation.Mistake is { } mistake)
        {
            return _origin.Slipped
                ?? Invariant($"The weights appear to be stored or used wrongly: the map fits once {mistake.Text}.");
        }

        var largest = _causes[0];
        if (explanation.Truth is null)
        {
            var arrival = _origin.Verdict(largest) ?? largest.Code switch
            {
                CauseCode.Arithmetic => "Your W and b are the best fit, to rounding",
                CauseCode.Objective =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"Your W and b are {Statistic(largest.Norm)} away from the best fit because of "
                            + $"{explanation.Background.Objective!.Name}"),
                _ when HasConverged(largest) =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"Your W and b are the best fit, as far as anyone can tell: {Statistic(largest.Norm)} away, "
                            + $"within a hundredth of its standard errors"),
                _ when IsWithinNoise(largest) =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"Your W and b are {Statistic(largest.Norm)} away from the best fit, within sampling noise of "
                            + $"it: these "
                            + $"rows cannot distinguish the two"),
                _ when _origin.IsOfUnknownMaking =>
                    Invariant($"Your W and b are {Statistic(largest.Norm)} away from the best fit, and Plumb does ")
                        + "not know where they come from",
                _ =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"Your W and b are {Statistic(largest.Norm)} away from the best fit: training has not converged"
                            + $"{Unfinished()}"),
            };
            return explanation.FreeDirections == 0 ? arrival + "."
                : string.Create(CultureInfo.InvariantCulture,
                    $"{explanation.FreeDirections} of {explanation.Fit.ParametersPerTarget} directions per target "
                        + $"{Are(explanation.FreeDirections)} undetermined and "
                            + $"{(explanation.FreeDirections == 1 ? "stays as it" : "stay as they")} started. For the "
                                + $"rest: {char.ToLowerInvariant(arrival[0])}{arrival[1..]}.");
        }

        return IsTruth
            ? "Your W and b are the true ones, to rounding."
            : $"Your W and b are {Statistic(explanation.Gap.Norm)} away from the truth, mostly because "
                + $"{Reason(largest)}.";
    }

    private string Reason(Cause cause) => cause.Code switch
    {
        CauseCode.NotIdentified =>
            string.Create(CultureInfo.InvariantCulture,
                $"the data determine only {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} "
                    + $"directions per target, and the rest stays where training started: more steps will not help, "
                        + $"more varied rows will"),
        CauseCode.NotConverged
            when HasConverged(cause) =>
            "training has stopped short of it, though within a hundredth of the standard errors of the best fit",
        CauseCode.NotConverged when _origin.IsOfUnknownMaking =>
            "they are not the best fit, and Plumb does not know where they come from",
        CauseCode.NotConverged => "training has not converged: more steps or a better learning rate will help",
        CauseCode.Objective => $"of {explanation.Background.Objective!.Name}",
        CauseCode.Misfit =>
            "the rows do not follow an affine map alone: while that is so, neither more rows nor more training will "
                + "help",
        CauseCode.Noise =>
            "noise (or misfit) moves the best fit itself away from the truth: more rows will help, more training will "
                + "not",
        _ => "of rounding",
    };

    /// <summary>The one thing to do next.</summary>
    public string Next()
    {
        if (explanation.Mistake is not null)
        {
            return Remedies.TakeRepaired + ".";
        }

        if (_origin.Next is { } next)
        {
            return next;
        }

        var largest = IsTruth ? CauseCode.Arithmetic
            : explanation.Truth is null && explanation.FreeDirections > 0 ? CauseCode.NotIdentified
            : HasConverged(_causes[0]) || IsWithinNoise(_causes[0]) ? CauseCode.Arithmetic
            : _causes[0].Code;
        return largest switch
        {
            CauseCode.NotIdentified => CollectRows(),
            CauseCode.NotConverged => TrainOn(),
            CauseCode.Objective =>
                $"train without {explanation.Background.Objective!.Name}, if unbiased weights are wanted.",
            CauseCode.Misfit or CauseCode.Arithmetic when explanation.Background.Rows?.Findings is [var first, ..] =>
                char.ToLowerInvariant(first.Remedy[0]) + first.Remedy[1..],
            CauseCode.Misfit => "take the corrected fit, or collect rows without what was corrected for.",
            CauseCode.Noise => "collect more rows: four times as many halve what noise does.",
            _ when IsTruth => "nothing: W and b are the true ones.",
            _ when Inseparable.FirstOrDefault() is { } finding => char.ToLowerInvariant(finding.Remedy[0])
                + finding.Remedy[1..],
            _ when IsWithinNoise(_causes[0])
                && !HasConverged(_causes[0]) => "nothing: these rows cannot distinguish W and b from the best fit.",
            _ => "nothing: W and b have converged.",
        };
    }

    /// <summary>
    /// Inputs whose weights the best fit itself cannot tell apart: a map that has come to it has no more to say of
    /// them.
    /// </summary>
    private IEnumerable<Finding> Inseparable =>
        FitFindings.Of(explanation.Fit, []).Where(finding => finding.Code is "entangled" or "near-dependence");

    private bool IsWorthTelling(Cause cause) =>
        cause.Norm > Negligible * explanation.Gap.Norm
            && !(IsTruth && (cause.Code != CauseCode.Noise || cause.Norm <= Same * explanation.Truth!.Norm));

    private bool IsTruth => explanation.Truth is { } truth && explanation.Gap.Norm <= Same * truth.Norm;

    /// <summary>Whether what is left of the distance is no reason to train on.</summary>
    private bool HasConverged(Cause cause) =>
        cause.Code == CauseCode.NotConverged && explanation.TrainingConvergence.IsConverged;

    /// <summary>
    /// Whether training left no more than noise may well put between the best fit and the truth: the data cannot tell
    /// the candidate from either.
    /// </summary>
    private bool IsWithinNoise(Cause cause) =>
        explanation.Truth is null && cause.Code == CauseCode.NotConverged && explanation.Convergence.IsWithinNoise;

    /// <summary>Which targets have not converged, where others have.</summary>
    private string Unfinished()
    {
        var targets = explanation.Convergence.Targets;
        string[] unfinished = [.. targets.Where(target => !target.IsConverged).Select(target => target.Target)];
        return unfinished.Length == 0 || unfinished.Length == targets.Count ? ""
            : " for " + TargetNames.Quoted(unfinished);
    }

    private Finding Describe(Cause cause) => cause.Code switch
    {
        CauseCode.NotIdentified =>
            new(Severity.Error, "not-identified",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Statistic(cause.Norm)} of the gap lies along directions in which the inputs never vary. "
                        + $"{FreeDirections()}"), Sentence(CollectRows())),
        CauseCode.NotConverged
            when HasConverged(cause) =>
            new(Severity.Information, "converged",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Statistic(cause.Norm)} is left between your W and b and {Goal()}, less than a hundredth of the "
                        + $"standard error of every parameter."), ""),
        CauseCode.NotConverged
            when IsWithinNoise(cause) =>
            new(Severity.Information, "not-converged",
                Invariant($"{Statistic(cause.Norm)} is left between your W and b and {Goal()}, within sampling noise: ")
                    + "more training gains nothing.", ""),
        CauseCode.NotConverged =>
            new(Severity.Warning, "not-converged",
                Invariant($"{Statistic(cause.Norm)} is left between your W and b and {Goal()}."), Sentence(TrainOn())),
        CauseCode.Objective =>
            new(Severity.Warning, "objective",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Statistic(cause.Norm)} is due to {explanation.Background.Objective!.Name}: training minimised "
                        + $"something other than the squared residuals."),
                $"Train without {explanation.Background.Objective.Name}, if unbiased weights are wanted."),
        CauseCode.Misfit =>
            new(Severity.Warning, "misfit",
                Invariant($"{Statistic(cause.Norm)} is due to what is not affine in the rows: {Misfits()}."),
                explanation.Background.Corrected is null
                    ? "Check these rows; leave out what is wrong, not what is inconvenient."
                    : "Take the corrected fit."),
        CauseCode.Noise =>
            new(Severity.Information, "noise",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Statistic(cause.Norm)} separates the "
                        + $"{(explanation.Causes.Any(other => other.Code == CauseCode.Misfit) ? "corrected" : "best")} "
                            + $"fit from the truth: noise in the targets, or a truth that is not affine."),
                "Collect more rows: noise falls with the square root of their number."),
        _ => new(Severity.Information, "arithmetic", Invariant($"{Statistic(cause.Norm)} of the gap is rounding."), ""),
    };

    private string Goal() => explanation.Background.Objective is { } goal ? $"where {goal.Name} leads"
        : explanation.FreeDirections > 0 ? "the nearest of the equally good fits" : "the best fit";

    private string Misfits() => explanation.Background.Corrected is null
        ? "those too far from the others to be noise"
        : "what the corrected fit takes out";

    private string FreeDirections()
    {
        var more = explanation.FreeDirections > 1 ? Invariant($" (and {explanation.FreeDirections - 1} more)") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"The data determine {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} "
                + $"directions per target; {explanation.FreeDirections} {Are(explanation.FreeDirections)} "
                + $"undetermined: "
                + $"{explanation.Fit.NullSpace.Dependences[0].Text} on every row{more}.");
    }

    private string TrainOn() => _origin.IsOfUnknownMaking ? OriginText.Ask
        : explanation.Background.TrainOn ?? "train on, or take the best fit itself (plumb fit).";

    private string CollectRows()
    {
        var fit = explanation.Fit;
        var free = Assessment.FreeInputs(fit);
        var inputs = free.Count == 0 ? "the inputs" : free.Count <= MostNames ? string.Join(", ", free)
            : Invariant($"{string.Join(", ", free.Take(MostNames))} and {free.Count - MostNames} more");
        return fit.Rows < fit.ParametersPerTarget
            ? string.Create(CultureInfo.InvariantCulture,
                $"collect rows in which {inputs} vary, such as 'plumb next' proposes: {fit.Rows} "
                    + $"{(fit.Rows == 1 ? "row" : "rows")} cannot determine {fit.ParametersPerTarget} parameters per "
                        + $"target.")
            : $"collect rows where '{fit.NullSpace.Dependences[0].Text}' does not hold, such as 'plumb next' proposes, "
                + $"or leave out one of its inputs.";
    }

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
