using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>What a fit itself has to say, apart from its rows.</summary>
internal static class FitFindings
{
    /// <summary>The findings, in the order of their importance within one severity.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="imprecise">The inputs that the precision of the data leaves without a digit.</param>
    public static IEnumerable<Finding> Of(LinearFit fit, string[] imprecise)
    {
        Finding?[] findings =
        [
            Undetermined(fit),
            ByResidues(fit),
            .. fit.NearDependences.Select((relation, k) => Near(fit, relation, isFirst: k == 0)),
            Imprecise(imprecise),
            .. fit.TooLarge.Select(TooLarge),
            ErrorsTooLarge(fit),
            .. fit.Collinearity.Groups.Select(group => Entangled(fit, group)),
            .. fit.Rows == 1 ? [] : Targets(fit), // of one row, that there is only one says it all
            .. GivenNoise.Findings(fit),
            fit.Rows == 1 ? null : NoFreedom(fit),
            Ridge(fit),
        ];
        return findings.OfType<Finding>();
    }

    private static Finding? Undetermined(LinearFit fit)
    {
        if (fit.IsIdentified)
        {
            return null;
        }

        if (fit.Rows == 1)
        {
            return new Finding(
                Severity.Error,
                "not-identified",
                string.Create(CultureInfo.InvariantCulture,
                    $"There is only one row: it determines 1 combination of the {fit.ParametersPerTarget} parameters "
                        + $"per target."),
                string.Create(CultureInfo.InvariantCulture,
                    $"Collect at least {fit.ParametersPerTarget} rows whose inputs vary independently, and more to "
                        + $"estimate the noise."));
        }

        var relations = fit.NullSpace.Dependences;
        var more = relations.Count > 1
            ? Invariant($" (and {relations.Count - 1} more {(relations.Count == 2 ? "relation" : "relations")})") : "";
        string[] free = [.. Assessment.FreeInputs(fit),
            .. fit.Settings.Bias && !fit.NullSpace.DeterminesBias ? ["(bias)"] : Array.Empty<string>()];
        return new Finding(
            Severity.Error,
            "not-identified",
            string.Create(CultureInfo.InvariantCulture,
                $"{relations[0].Text} on every row{more}, so only {fit.Rank} "
                    + $"{(fit.Rank == 1 ? "combination" : "combinations")} of the {fit.ParametersPerTarget} "
                    + $"parameters per target {(fit.Rank == 1 ? "is" : "are")} determined. Undetermined: "
                        + $"{Listing.Of(free)}."),
            fit.Rows < fit.ParametersPerTarget
                ? string.Create(CultureInfo.InvariantCulture,
                    $"Collect more rows: {fit.Rows} cannot determine {fit.ParametersPerTarget} parameters per target.")
                : "Leave out one input of the relation, or collect rows where it does not hold; this does not affect "
                    + "predictions wherever it holds.");
    }

    private static Finding? ByResidues(LinearFit fit) => fit.NullSpace.IsProved ? null : new(
        Severity.Information,
        "told-by-residues",
        "The relations between the inputs are too long to be checked as fractions: the rank was decided by "
            + "computations modulo two primes near 2^61 that agree, which is practically certain, but not a proof.",
        "");

    private static Finding Near(LinearFit fit, Dependence relation, bool isFirst) => new(
        Severity.Warning,
        "near-dependence",
        string.Create(CultureInfo.InvariantCulture,
            $"{relation.Text} holds to within rounding. The exact numbers determine these weights, but a change in the "
                + $"last digit of any input would change them completely."
                    + $"{(isFirst ? " " + AtTolerances(fit.NearRank) : "")}"),
        "Leave out one of these inputs, or read the data with more digits.");

    private static string AtTolerances(NearRank near)
    {
        var gap = double.IsFinite(near.Gap)
            ? Invariant($"; the singular values fall by a factor of {near.Gap:0.0e0} there") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"With numbers off by {near.Tolerance:0.0e0} of themselves the rank is {near.Rank} ({near.AtTenfold} with "
                + $"ten times that, {near.AtTenth} with a tenth){gap}.");
    }

    private static Finding? Imprecise(string[] imprecise) => imprecise.Length == 0 ? null : new(
        Severity.Warning,
        "imprecise-data",
        $"The data are too coarse for the weights of {Listing.Of(imprecise)}: other numbers that round to the same "
            + $"digits may have weights that differ by more than a tenth.",
        "Give the data with more digits, or trust these weights no further than their digits show.");

    private static Finding TooLarge(CoefficientTooLarge weight) => new(
        Severity.Warning,
        "too-large",
        $"The {(weight.Input == "bias" ? "bias" : $"weight of '{weight.Input}'")} for '{weight.Target}' is about "
            + $"{weight.Text}, beyond the range of doubles; the others are given.",
        $"Give '{(weight.Input == "bias" ? weight.Target : weight.Input)}' in other units, such as divided by a power "
            + $"of ten.");

    private static Finding? ErrorsTooLarge(LinearFit fit)
    {
        string Of(StandardErrorTooLarge error) =>
            $"{(error.Input == "bias" ? "the bias" : $"the weight of '{error.Input}'")} for '{error.Target}' (about "
                + $"{error.Text})";
        bool IsGiven(StandardErrorTooLarge error) =>
            !fit.TooLarge.Any(weight => weight.Target == error.Target && weight.Input == error.Input);
        string[] errors = [.. fit.ErrorsTooLarge.Where(IsGiven).Select(Of)];
        return errors.Length == 0 ? null : new Finding(
            Severity.Warning,
            "error-too-large",
            $"Beyond the range of doubles: the standard {(errors.Length == 1 ? "error" : "errors")} of "
                + $"{Listing.Of(errors)}; everything else is given.",
            "Give these columns, or the targets, in other units, such as divided by a power of ten.");
    }

    /// <summary>Inputs that cannot be told apart.</summary>
    private static Finding Entangled(LinearFit fit, EntangledGroup group)
    {
        string[] inflated = [.. FitVerdict.EntangledNames(fit, group)];
        var inflation = group.Inputs.Max(input => fit.Collinearity.VarianceInflation[input]);
        var others = group.Names.Except(inflated).ToArray();
        var together =
            $"{Listing.Of(inflated)} {(inflated.Length == 1 ? "moves" : "move")} together"
                + $"{(others.Length > 0 ? $" with {Listing.Of(others)}" : "")}";
        var of = fit.Names.Targets.Count > 1
            ? $" for {TargetNames.Quoted([.. group.Targets.Select(t => fit.Names.Targets[t])])}" : "";
        var along = group.Direction.IsReadable ? group.Direction.Text : "one combination of them";
        return new Finding(
            Severity.Warning,
            "entangled",
            $"{together}{of} (variance inflation {ErrorText.Measure(inflation)}): the rows hardly vary along {along}.",
            $"Collect rows in which "
                + $"{(group.Direction.IsReadable ? group.Direction.Text + " varies" : "they vary apart")}; or leave "
                    + $"out one of these inputs; or add a ridge penalty, if predictions are all that is wanted.");
    }

    private static IEnumerable<Finding> Targets(LinearFit fit)
    {
        var (exact, rounded) = (new List<string>(), new List<string>());
        for (var t = 0; t < fit.Names.Targets.Count; t++)
        {
            var target = fit.Names.Targets[t];
            if (double.IsNaN(fit.RSquared[t]))
            {
                yield return new Finding(Severity.Warning, "constant-target",
                    FormattableString.Invariant($"'{target}' does not vary; R-squared does not exist for it."),
                    "Check that this is the target that was meant.");
            }
            else if (fit.HasNoResidual[t] && CopiedInput(fit, t) is { } copy)
            {
                yield return new Finding(Severity.Warning, "target-is-input",
                    string.Create(CultureInfo.InvariantCulture,
                        $"'{target}' equals input '{copy}' on every row: the target is among the inputs."),
                    FormattableString.Invariant($"Leave '{copy}' out of the inputs unless that was meant."));
            }
            else if (fit.HasNoResidual[t] && fit.ResidualDegreesOfFreedom > 0)
            {
                exact.Add(target);
            }
            else if (fit.ResidualDegreesOfFreedom > 0 && fit.Settings is { Ridge: 0, NoiseIsKnown: false }
                && !fit.HasNoise(t))
            {
                rounded.Add(target);
            }
        }

        if (exact.Count > 0)
        {
            yield return new Finding(Severity.Information, "exact-fit",
                string.Create(CultureInfo.InvariantCulture,
                    $"{TargetNames.Quoted(exact)} "
                        + $"{(exact.Count == 1 ? "is an exact affine function" : "are exact affine functions")} of the "
                            + $"inputs: no residual on any row."), "");
        }

        if (rounded.Count > 0)
        {
            yield return new Finding(Severity.Information, "rounding-only",
                string.Create(CultureInfo.InvariantCulture,
                    $"The residuals of {TargetNames.Quoted(rounded)} are no larger than the rounding of the data: "
                        + $"{(rounded.Count == 1 ? "its" : "their")} standard errors measure rounding, not noise."),
                "");
        }
    }

    private static Finding? NoFreedom(LinearFit fit) => fit.ResidualDegreesOfFreedom > 0 || fit.Settings.Ridge > 0
        ? null : new(
        Severity.Warning,
        "no-degrees-of-freedom",
        string.Create(CultureInfo.InvariantCulture,
            $"{fit.Rows} {(fit.Rows == 1 ? "row" : "rows")} for {fit.Rank} determined "
                + $"{(fit.Rank == 1 ? "parameter" : "parameters")}: the map passes through every row, so there is no "
                    + $"way to {(fit.Settings.NoiseIsKnown ? "test the noise given" : "estimate the noise")}."),
        "Collect more rows than parameters: without them "
            + (fit.Settings.NoiseIsKnown ? "nothing can speak against the fit." : "there are no standard errors."));

    private static Finding? Ridge(LinearFit fit) => fit.Settings.Ridge == 0 ? null : new(
        Severity.Information,
        "ridge",
        $"The ridge penalty shrinks the weights towards 0 ({RidgeConvention.Describe(fit.Settings.Ridge, fit.Rows)}). "
            + $"Standard errors of such weights would not show that bias, so none are given.",
        "Fit without the penalty for unbiased weights and their standard errors.");

    private static string? CopiedInput(LinearFit fit, int target)
    {
        var weights = fit.Map.WeightsOf(target);
        var only = weights.IndexOfAnyExcept(0.0);
        return only >= 0 && weights[only] == 1 && fit.Map.Bias[target] == 0
            && !weights[(only + 1)..].ContainsAnyExcept(0.0) ? fit.Names.Inputs[only] : null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
