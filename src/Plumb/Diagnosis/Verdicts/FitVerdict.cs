using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>Puts the answers about a fit into the one or two sentences that matter most.</summary>
internal sealed partial class FitVerdict(LinearFit fit, string[] imprecise, IReadOnlyList<Evidence> evidence,
    RowReport? rows)
{
    /// <summary>What to make of W and b.</summary>
    public string Text()
    {
        if (fit.Settings.Ridge > 0)
        {
            return fit.IsIdentified
                ? "The ridge penalty chose these weights: they are smaller than those of the best fit."
                : $"The data leave the weights of {Undetermined()} undetermined; the ridge penalty chose them.";
        }

        var doubt = Doubt();
        var main = Main();
        return main is null ? doubt ?? NotLookedAt() ?? Trust() : main + Rest(doubt);
    }

    private bool HasNoRowToSpare => fit.NoiseDegreesOfFreedom < 1 || rows is { HasRowToSpare: false };

    private string Parameters => fit.Settings.Bias ? "W and b" : "W";

    /// <summary>What the inputs of the rows say against the weights; null where that is nothing.</summary>
    private string? Main()
    {
        if (!fit.IsIdentified)
        {
            return OnlyOneRow() ?? (NoneIsDetermined
                ? string.Create(CultureInfo.InvariantCulture,
                    $"No single weight is determined, only {fit.Rank} "
                        + $"{(fit.Rank == 1 ? "combination" : "combinations")} of {fit.ParametersPerTarget} "
                            + $"parameters: don't trust any of them.")
                : $"Don't trust {TheWeightsOf(UndeterminedInputs(), HasFreeBias)}: other values fit exactly as well."
                    + $"{(AmongDetermined() is { } more ? " " + more : "")}");
        }

        return AmongDetermined();
    }

    /// <summary>All that is wrong with weights that the data do determine; null where nothing is.</summary>
    private string? AmongDetermined()
    {
        string[] near = [.. fit.NearDependences.Select(relation => $"'{relation.Text}'")];
        string[] wrong =
        [
            .. near.Length > 0
                ? [$"The weights in {Listing.Of(near)} depend on the last bit of the data: don't trust them."]
                : Array.Empty<string>(),
            .. fit.TooLarge.Count > 0 ? [$"Beyond the range of doubles: {TheWeightsOf(TooLarge, IsBiasTooLarge)}."]
                : Array.Empty<string>(),
            .. fit.ErrorsTooLarge.Count > 0
                ? ["Some standard errors are beyond the range of doubles: there is no way to say how accurate those "
                    + "weights are."]
                : Array.Empty<string>(),
            .. imprecise.Length > 0
                ? [$"The data are not precise enough to trust {TheWeightsOf(imprecise, bias: false)}."]
                : Array.Empty<string>(),
            .. fit.Collinearity.Groups.Select(Entangled),
        ];
        return wrong.Length > 0 ? string.Join(' ', wrong) : null;
    }

    private string[] TooLarge =>
        [.. fit.TooLarge.Select(weight => weight.Input).Where(fit.Names.Inputs.Contains)
            .Distinct(StringComparer.Ordinal)];

    private bool IsBiasTooLarge => fit.TooLarge.Any(weight => weight.Input == "bias");

    private string? OnlyOneRow() => fit.Rows > 1 || fit.Names.Inputs.Count == 0 ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"There is only one row: {Inputs()}{(fit.Settings.Bias ? " and a bias" : "")} need at least "
                + $"{fit.ParametersPerTarget} different rows. Don't trust any weight.");

    private string Inputs() =>
        FormattableString.Invariant($"{fit.Names.Inputs.Count} {(fit.Names.Inputs.Count == 1 ? "input" : "inputs")}");

    private string Entangled(EntangledGroup group)
    {
        const double BeyondDoubt = 0.001;
        var (targets, target) = (group.Targets, group.Targets[0]);
        var of = fit.Names.Targets.Count > 1
            ? " for " + TargetNames.Quoted([.. targets.Select(t => fit.Names.Targets[t])]) : "";
        string[] names = [.. EntangledNames(fit, group)];
        var apart = names.Length > 1 ? $"{Listing.Of(names)} cannot be told apart{of}"
            : $"{names[0]} cannot be told apart from {Listing.Of([.. group.Names.Except(names)])}{of}";
        if (!group.Determined.IsReadable || !group.Determined.Terms.All(names.Contains)
            || !targets.All(t => IsKnown(group, t)))
        {
            var (known, unknown) = group.Inputs.Any(input => targets.Any(t => IsEntangledWithSign(t, input)))
                ? ("is known beyond doubt", "is not known beyond doubt") : ("has a known sign", "has no known sign");

            // F is that of the whole group, in which one whose weight stands may be all that matters.
            return names.Length == 1 ? $"{apart}: its weight {unknown}."
                : names.Length == group.Names.Count && targets.All(t => group.PValues[t] < BeyondDoubt)
                ? $"{apart}: together they matter, but none of their weights {known}."
                : $"{apart}: none of their weights {known}.";
        }

        var determined = targets.Count > 1 ? ""
            : ErrorText.Estimate(group.Estimates[target], group.Errors[target] * fit.SignFactor);
        var widest = group.Inputs.Max(input => fit.WeightErrors[target, input] * fit.SignFactor);
        if (determined.Length > 0 && group.Determined.IsSumOfTwo && names.Length == 2 && double.IsFinite(widest))
        {
            return $"{apart}: the sum of their weights is {determined}, but each alone is known only to within ± "
                + $"{ErrorText.Measure(widest)}.";
        }

        return $"{apart}: only combinations of their weights are determined, such as {group.Determined.Text}"
            + $"{(determined.Length > 0 ? $" = {determined}" : "")}.";
    }

    private bool IsEntangledWithSign(int target, int input) =>
        fit.Collinearity.OfWeight(target, input) == ParameterStatus.Entangled
        && Math.Abs(fit.Map.WeightsOf(target)[input]) > fit.SignFactor * fit.WeightErrors[target, input];

    private bool IsKnown(EntangledGroup group, int target) => double.IsFinite(group.Estimates[target])
        && Math.Abs(group.Estimates[target]) > fit.SignFactor * group.Errors[target];

    /// <summary>The names of a group's inputs whose own weights are entangled, for one target or more.</summary>
    internal static IEnumerable<string> EntangledNames(LinearFit fit, EntangledGroup group) => group.Inputs
        .Where(input =>
            group.Targets.Any(target => fit.Collinearity.OfWeight(target, input) == ParameterStatus.Entangled))
        .Select(input => fit.Names.Inputs[input]);

    /// <summary>What holds of the other parameters, once some have been called off.</summary>
    private string Rest(string? doubt)
    {
        if (doubt is not null)
        {
            return " And " + char.ToLowerInvariant(doubt[0]) + doubt[1..];
        }

        if (!fit.IsIdentified && (NoneIsDetermined || fit.Rows == 1))
        {
            return "";
        }

        var others = Others();
        return HasNoRowToSpare ? " There is no row to spare, so there is no way to say how accurate the others are."
            : NotLookedAt() is { } unseen
            ? (others.Length > 0 ? others + ", as far as was looked. " : " ")
                + unseen[(unseen.IndexOf('.', StringComparison.Ordinal) + 2)..]
            : others.Length > 0 ? others + "." : "";
    }

    private string Others()
    {
        var isAny = Enumerable.Range(0, fit.Names.Inputs.Count).Any(IsOther);
        if (fit.Collinearity.Groups.Count > 0)
        {
            var isAllElse = fit.IsIdentified && fit.NearDependences.Count == 0 && imprecise.Length == 0
                && fit.TooLarge.Count == 0;
            return isAny ? " You can trust the other weights to within their standard errors"
                : isAllElse ? " Predictions are good wherever these inputs keep moving together"
                : "";
        }

        return isAny ? " You can trust the others to within their standard errors"
            : fit.Settings.Bias && fit.DeterminesBias && !IsBiasTooLarge
            ? " You can trust the bias to within its standard error"
            : "";
    }

    /// <summary>Whether nothing is wrong with the weights of an input.</summary>
    private bool IsOther(int input) => !imprecise.Contains(fit.Names.Inputs[input])
        && !TooLarge.Contains(fit.Names.Inputs[input])
        && Enumerable.Range(0, fit.Names.Targets.Count)
            .All(t =>
                fit.Collinearity.OfWeight(t, input) is not (ParameterStatus.Entangled or ParameterStatus.Undetermined));

    private bool NoneIsDetermined => UndeterminedInputs().Count == fit.Names.Inputs.Count
        && !(fit.Settings.Bias && fit.DeterminesBias);

    private bool HasFreeBias => fit.Settings.Bias && !fit.NullSpace.DeterminesBias;

    private IReadOnlyList<string> UndeterminedInputs() => Assessment.FreeInputs(fit);

    private string Undetermined() =>
        Listing.Of([.. UndeterminedInputs(), .. HasFreeBias ? ["(bias)"] : Array.Empty<string>()]);

    private static string TheWeightsOf(IReadOnlyList<string> inputs, bool bias) =>
        (inputs.Count == 0 ? "" : $"the {(inputs.Count == 1 ? "weight" : "weights")} of {Listing.Of(inputs)}")
            + (bias ? (inputs.Count == 0 ? "" : ", nor ") + "the bias" : "");

    /// <summary>What the rows say against W and b; null where they say nothing.</summary>
    private string? Doubt()
    {
        bool Fails(Question question) => evidence.Any(item => item.Question == question && item.Answer == Answer.Fails);
        if (Fails(Question.Rows) && rows is { SuspectCodes: [var code, ..] })
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"First see to missing values: while '{code.Column}' is {code.Value:R} in {code.Rows} rows, don't "
                    + $"trust {Parameters}.");
        }

        if (Fails(Question.Rows))
        {
            return rows?.Masked is [{ Rows.Count: > 1 } masked, ..]
                ? $"Rows {masked.Numbers} lie far from the others: don't trust {Parameters} before they have been "
                    + $"checked."
                : RowThatDecides() is { } row
                ? FormattableString.Invariant(
                    $"One row decides: don't trust {Parameters} before row {row} has been checked.")
                : $"Some rows lie too far from the others: don't trust {Parameters} before they have been checked.";
        }

        if (Fails(Question.Order))
        {
            var certainty = rows?.AskedErrors is { Groups.Count: > 0 }
                ? "the clustered errors given allow for that only where these rows are of one group"
                : rows?.AskedErrors is { Lags: { Count: > 0 } lags }
                ? string.Create(CultureInfo.InvariantCulture, $"the HAC errors given allow for that up to {lags.Max()} "
                    + $"{(lags.Max() == 1 ? "row" : "rows")} apart")
                : $"{Parameters} are less certain than their standard errors show";
            return $"Neighbouring rows depend on each other: {certainty}."
                + $"{(Fails(Question.Affine) ? " Nor is the relationship affine." : "")}";
        }

        var errors = Fails(Question.Errors);
        return Fails(Question.Affine) && DoOnlyReplicatesSpeak
            ? $"Rows with equal inputs agree better with each other than with {Parameters}: either the relationship is "
                + "not affine, or such rows share more than their inputs."
            : Fails(Question.Affine)
            ? $"The relationship is not affine: {Parameters} {(fit.Settings.Bias ? "summarise" : "summarises")} these "
                + $"rows and {(fit.Settings.Bias ? "promise" : "promises")} nothing beyond them"
                    + $"{(errors && !fit.Settings.NoiseIsKnown ? "; nor is the noise the same on all rows" : "")}."
            : errors ? ErrorsOff() : null;
    }

    private bool DoOnlyReplicatesSpeak =>
        rows is not null && rows.Findings.Any(finding => finding.Code == "lack-of-fit")
            && !rows.Findings.Any(finding => finding.Code is "reset" or "bends");

    private long? RowThatDecides() =>
        rows?.Deciding is [var deciding, ..] ? deciding.Row
        : rows?.Influential.MaxBy(row => row.CooksDistance)?.Row;

    /// <summary>What was not looked at, and why; null where everything was.</summary>
    private string? NotLookedAt()
    {
        Evidence[] unseen = [.. evidence.Where(item => item.Answer == Answer.NotLookedAt)];
        if (unseen.Length == 0)
        {
            return null;
        }

        if (HasNoRowToSpare)
        {
            return $"The data determine {Parameters}. There is no row to spare, so there is no way to say how accurate "
                + $"they are.";
        }

        var reasons = unseen.GroupBy(item => item.Method, StringComparer.Ordinal)
            .Select(group => $"{Listing.Of([.. group.Select(item => Name(item.Question))])} ({group.Key})");
        return $"Nothing that was looked at speaks against {Parameters}. Not looked at: {string.Join("; ", reasons)}.";
    }

    private static string Name(Question question) => question switch
    {
        Question.Determined => "rank",
        Question.ToldApart => "collinearity",
        Question.Digits => "digits",
        Question.Rows => "outliers",
        Question.Affine => "curvature",
        Question.Errors => "uneven noise",
        Question.Order => "the order of the rows",
        Question.Converged => "convergence",
        _ => "origin",
    };

    private string Trust()
    {
        if (Enumerable.Range(0, fit.Names.Targets.Count).All(t => fit.HasNoResidual[t]))
        {
            return $"You can trust {Parameters}: they fit every row exactly.";
        }

        var isAnythingKnown = Enumerable.Range(0, fit.Names.Targets.Count)
            .Any(t =>
                Enumerable.Range(0, fit.Names.Inputs.Count)
                    .Any(j => fit.Collinearity.OfWeight(t, j) == ParameterStatus.Stands));
        return $"You can trust {Parameters} to within their standard errors."
            + (isAnythingKnown || fit.Names.Inputs.Count == 0 ? ""
                : $" No weight differs from 0 by more than noise explains.");
    }
}
