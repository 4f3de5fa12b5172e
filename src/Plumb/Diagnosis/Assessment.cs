using System.Globalization;

namespace Plumb;

/// <summary>What a user should know about a fit before believing it.</summary>
/// <param name="Findings">The facts, those that matter most first.</param>
/// <param name="Verdict">One sentence.</param>
/// <param name="IsSound">Whether nothing speaks against W and b.</param>
public sealed record Assessment(IReadOnlyList<Finding> Findings, string Verdict, bool IsSound)
{
    private const double RoundingLevel = 1.0 / (1L << 49); // residuals of a few units in the last place of the targets
    private const int MostNames = 8; // more are told by their number

    /// <summary>Assesses a fit of data that are good to the last bit.</summary>
    public static Assessment Of(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Of(fit, fit.Accuracy);
    }

    /// <summary>Assesses a fit of data that may be off by more.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="accuracy">Its digits, as <see cref="LinearFit.AccuracyWith"/> counts them.</param>
    /// <param name="rows">What its rows say, if they have been looked at again.</param>
    public static Assessment Of(LinearFit fit, Accuracy accuracy, RowReport? rows = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(accuracy);
        var shaken = ReferenceEquals(accuracy, fit.Accuracy) ? [] : Shaken(fit, accuracy);
        var (isDetermined, doubt) = (fit.IsIdentified && fit.NearDependences.Count == 0 && shaken.Length == 0, DoubtOf(rows));
        Finding?[] findings = [NotIdentified(fit), NotProved(fit), .. fit.NearDependences.Select((relation, k) => Near(fit, relation, isFirst: k == 0)), Imprecise(shaken), .. Targets(fit), NoFreedom(fit), Ridge(fit), .. rows?.Findings ?? []];
        return new Assessment([.. findings.OfType<Finding>().OrderByDescending(finding => finding.Severity)], isDetermined && doubt is not null ? doubt : VerdictOf(fit, shaken, doubt is not null), isDetermined && doubt is null);
    }

    /// <summary>The inputs whose weights the data do not determine.</summary>
    public static IReadOnlyList<string> FreeInputs(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return [.. fit.Names.Inputs.Where((_, j) => !fit.NullSpace.DeterminesWeight(j))];
    }

    private static Finding? NotIdentified(LinearFit fit)
    {
        if (fit.IsIdentified)
        {
            return null;
        }

        var relations = fit.NullSpace.Dependences;
        var more = relations.Count > 1 ? FormattableString.Invariant($" (and {relations.Count - 1} more)") : "";
        var message = FormattableString.Invariant($"{relations[0].Text} on every row{more}, so the data determine only {fit.Rank} of {fit.ParametersPerTarget} parameters a target; not identified: {Undetermined(fit)}.");
        var remedy = fit.Rows < fit.ParametersPerTarget
            ? FormattableString.Invariant($"Collect more rows: {fit.Rows} cannot determine {fit.ParametersPerTarget} parameters a target.")
            : FormattableString.Invariant($"Leave out one input of the relation, or collect rows where it does not hold; predictions are unaffected wherever it holds.");
        return new Finding(Severity.Error, "not-identified", message, remedy);
    }

    private static Finding? NotProved(LinearFit fit) => fit.NullSpace.IsProved ? null : new(
        Severity.Information,
        "told-by-residues",
        "the relations between the inputs are too long to be checked as fractions: what is identified was told by residues modulo two primes near 2^61 that agree, which is as good as certain, but no proof.",
        "");

    private static Finding Near(LinearFit fit, Dependence relation, bool isFirst) => new(
        Severity.Warning,
        "near-dependence",
        FormattableString.Invariant($"{relation.Text} up to the last bit of the data: the numbers given determine these weights, but changing any input in its last digit would change them altogether.{(isFirst ? " " + AtTolerances(fit.NearRank) : "")}"),
        "Leave out one of these inputs, or read the data with more digits.");

    /// <summary>The inputs with a weight that the uncertainty of the data leaves less than a digit of.</summary>
    private static string[] Shaken(LinearFit fit, Accuracy accuracy) =>
        [.. fit.Names.Inputs.Where((_, j) => Enumerable.Range(0, fit.Names.Targets.Count).Any(t => accuracy.Data.Weights[t, j] < 1))];

    private static Finding? Imprecise(string[] shaken) => shaken.Length == 0 ? null : new(
        Severity.Warning,
        "imprecise-data",
        FormattableString.Invariant($"numbers as precise as these leave less than one digit of the weights of {Listed(shaken)}: others within their rounding may have weights that differ by more than a tenth."),
        "Give the data with more digits; or believe these weights no further than their digits say.");

    private static string AtTolerances(NearRank near) => FormattableString.Invariant($"With numbers off by {near.Tolerance:0.0e0} of themselves the rank is {near.Rank} ({near.AtTenfold} with ten times that, {near.AtTenth} with a tenth){(double.IsFinite(near.Gap) ? FormattableString.Invariant($"; the singular values fall by a factor of {near.Gap:0.0e0} there") : "")}.");

    private static IEnumerable<Finding> Targets(LinearFit fit)
    {
        var (exact, rounded) = (new List<string>(), new List<string>());
        for (var t = 0; t < fit.Names.Targets.Count; t++)
        {
            var target = fit.Names.Targets[t];
            if (double.IsNaN(fit.RSquared[t]))
            {
                yield return new Finding(Severity.Warning, "constant-target", FormattableString.Invariant($"'{target}' does not vary; R-squared does not exist for it."), "Check that this is the target that was meant.");
            }
            else if (fit.HasNoResidual[t] && CopiedInput(fit, t) is { } copy)
            {
                yield return new Finding(Severity.Warning, "target-is-input", FormattableString.Invariant($"'{target}' equals input '{copy}' on every row: the answer is among the questions."), FormattableString.Invariant($"Leave '{copy}' out of the inputs unless that was meant."));
            }
            else if (fit.HasNoResidual[t] && fit.ResidualDegreesOfFreedom > 0)
            {
                exact.Add(target);
            }
            else if (fit.ResidualDegreesOfFreedom > 0 && fit.Settings.Ridge == 0 && !HasNoise(fit, t))
            {
                rounded.Add(target);
            }
        }

        if (exact.Count > 0)
        {
            yield return new Finding(Severity.Information, "exact-fit", FormattableString.Invariant($"{TargetNames.Quoted(exact)} {(exact.Count == 1 ? "is an exact affine function" : "are exact affine functions")} of the inputs: no residual on any row."), "");
        }

        if (rounded.Count > 0)
        {
            yield return new Finding(Severity.Information, "rounding-only", FormattableString.Invariant($"the residuals of {TargetNames.Quoted(rounded)} are no larger than the rounding of the data: {(rounded.Count == 1 ? "its" : "their")} standard errors measure rounding, not noise."), "");
        }
    }

    private static Finding? NoFreedom(LinearFit fit) => fit.ResidualDegreesOfFreedom > 0 || fit.Settings.Ridge > 0 ? null : new(
        Severity.Warning,
        "no-degrees-of-freedom",
        FormattableString.Invariant($"{fit.Rows} {(fit.Rows == 1 ? "row" : "rows")} for {fit.Rank} determined {(fit.Rank == 1 ? "parameter" : "parameters")}: the map passes through every row, and nothing tells how large the noise is."),
        "Collect more rows than parameters; without them there are no standard errors.");

    private static Finding? Ridge(LinearFit fit) => fit.Settings.Ridge == 0 ? null : new(
        Severity.Information,
        "ridge",
        FormattableString.Invariant($"the ridge penalty {fit.Settings.Ridge:G6} draws the weights towards 0; standard errors of such weights would not tell their bias and are not given."),
        "Fit without --ridge for unbiased weights and their standard errors.");

    /// <summary>What the rows say against W and b that the data determine; null where they say nothing.</summary>
    private static string? DoubtOf(RowReport? rows)
    {
        bool Says(params string[] codes) => rows!.Findings.Any(finding => codes.Contains(finding.Code));
        return rows is null ? null
            : Says("influential-row") ? "The data determine every weight, but one row dominates them: believe none before that row has been checked."
            : Says("lack-of-fit", "reset") ? "The data determine every weight, but the truth is not affine in these inputs: W and b sum up these rows, and promise nothing beyond them."
            : Says("breusch-pagan", "durbin-watson") ? "The data determine every weight; believe W and b, but not their standard errors, as the noise is not alike on all rows."
            : null;
    }

    private static string VerdictOf(LinearFit fit, string[] shaken, bool isDoubtful)
    {
        if (fit.Settings.Ridge > 0)
        {
            return fit.IsIdentified
                ? "The weights are those that the ridge penalty prefers: smaller than the best fit's."
                : FormattableString.Invariant($"The data do not determine the weights of {Undetermined(fit)}; the ridge penalty chose them.");
        }

        var near = fit.NearDependences.Count > 0 ? fit.NearDependences[0].Text : null;
        if (fit.IsIdentified)
        {
            return near is not null ? FormattableString.Invariant($"The weights in '{near}' hang on the last bit of the data: do not believe them.")
                : shaken.Length > 0 ? FormattableString.Invariant($"The numbers given determine every weight, but they are not precise enough to believe those of {Listed(shaken)}.")
                : fit.ResidualDegreesOfFreedom > 0 ? FormattableString.Invariant($"The data determine every weight; believe {(fit.Settings.Bias ? "W and b" : "W")}: their standard errors say how far.")
                : "The data determine every weight, but there is no row to spare: nothing tells how far they can be believed.";
        }

        var free = FreeInputs(fit).Count;
        if (free == fit.Names.Inputs.Count && !(fit.Settings.Bias && fit.NullSpace.DeterminesBias))
        {
            return FormattableString.Invariant($"The data determine none of the parameters by themselves ({fit.Rank} of {fit.ParametersPerTarget} combinations): do not believe any weight.");
        }

        var rest = free == fit.Names.Inputs.Count ? "The bias" : near is null ? "The others" : FormattableString.Invariant($"The weights in '{near}' hang on the last bit of the data. The others");
        return FormattableString.Invariant($"The weights of {Undetermined(fit)} cannot be believed: other values fit exactly as well. {rest} can")
            + (shaken.Length > 0 ? ", but no further than their digits say." : isDoubtful ? ", as far as the warnings about the rows allow." : fit.ResidualDegreesOfFreedom > 0 ? ": the standard errors say how far." : ", but there is no row to spare: nothing tells how far.");
    }

    private static string Undetermined(LinearFit fit) =>
        Listed([.. FreeInputs(fit), .. fit.Settings.Bias && !fit.NullSpace.DeterminesBias ? ["(bias)"] : Array.Empty<string>()]);

    private static string Listed(string[] names) => names.Length <= MostNames
        ? string.Join(", ", names)
        : string.Join(", ", names.Take(MostNames)) + string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MostNames} more");

    private static string? CopiedInput(LinearFit fit, int target)
    {
        var weights = fit.Map.WeightsOf(target);
        var only = weights.IndexOfAnyExcept(0.0);
        return only >= 0 && weights[only] == 1 && fit.Map.Bias[target] == 0 && !weights[(only + 1)..].ContainsAnyExcept(0.0) ? fit.Names.Inputs[only] : null;
    }

    /// <summary>Whether there are residuals to judge the noise of a target by, and more than rounding.</summary>
    internal static bool HasNoise(LinearFit fit, int target) =>
        fit.ResidualDegreesOfFreedom > 0 && !fit.HasNoResidual[target] && fit.ResidualStandardDeviation[target] > RoundingLevel * fit.TargetMagnitudes[target];
}
