namespace Plumb;

/// <summary>Puts the answers about a fit into the one or two sentences that matter most.</summary>
internal sealed class FitVerdict(LinearFit fit, string[] imprecise, IReadOnlyList<Evidence> evidence, RowReport? rows)
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

    private string Parameters => fit.Settings.Bias ? "W and b" : "W";

    /// <summary>What the inputs of the rows say against the weights; null where that is nothing.</summary>
    private string? Main()
    {
        var last = fit.NearDependences.Count > 0 ? $"The weights in '{fit.NearDependences[0].Text}' depend on the last bit of the data: don't trust them." : null;
        if (!fit.IsIdentified)
        {
            return OnlyOneRow() ?? (NoneIsDetermined
                ? FormattableString.Invariant($"No single weight is determined, only {fit.Rank} {(fit.Rank == 1 ? "combination" : "combinations")} of {fit.ParametersPerTarget} parameters: don't trust any of them.")
                : $"Don't trust {TheWeightsOf(UndeterminedInputs(), HasFreeBias)}: other values fit exactly as well.{(AmongDetermined(last) is { } more ? " " + more : "")}");
        }

        return AmongDetermined(last);
    }

    /// <summary>What is wrong with weights that the data do determine; null where nothing is.</summary>
    private string? AmongDetermined(string? last)
    {
        return last
            ?? (fit.TooLarge.Count > 0 ? $"No double holds {TheWeightsOf([.. fit.TooLarge.Select(weight => weight.Input).Where(fit.Names.Inputs.Contains).Distinct(StringComparer.Ordinal)], fit.TooLarge.Any(weight => weight.Input == "bias"))}." : null)
            ?? (fit.ErrorsTooLarge.Count > 0
                ? "No double holds some standard errors: nothing tells how far those weights can be trusted." : null)
            ?? (imprecise.Length > 0 ? $"The data are not precise enough to trust {TheWeightsOf(imprecise, bias: false)}." : null)
            ?? (fit.Collinearity.Groups.Count > 0 ? string.Join(' ', fit.Collinearity.Groups.Select(Entangled)) : null);
    }

    private string? OnlyOneRow() => fit.Rows > 1 || fit.Names.Inputs.Count == 0 ? null
        : FormattableString.Invariant($"There is only one row: {Inputs()}{(fit.Settings.Bias ? " and a bias" : "")} need at least {fit.ParametersPerTarget} different rows. Don't trust any weight.");

    private string Inputs() => FormattableString.Invariant($"{fit.Names.Inputs.Count} {(fit.Names.Inputs.Count == 1 ? "input" : "inputs")}");

    private string Entangled(EntangledGroup group)
    {
        const double BeyondDoubt = 0.001;
        var target = group.Targets[0];
        var of = fit.Names.Targets.Count > 1 ? $" for '{fit.Names.Targets[target]}'" : "";
        string[] names = [.. EntangledNames(fit, group, target)];
        var apart = names.Length > 1 ? $"{Listing.Of(names)} cannot be told apart{of}" : $"{names[0]} cannot be told apart from {Listing.Of([.. group.Names.Except(names)])}{of}";
        var (terms, half) = (group.Determined.Terms, group.Errors[target] * fit.SignFactor);
        var isHeld = double.IsFinite(half) && double.IsFinite(group.Estimates[target]);
        var isReadable = isHeld && group.Determined.IsReadable && terms.All(names.Contains) && IsKnown(group, target);
        var determined = ErrorText.Estimate(group.Estimates[target], half);
        var widest = group.Inputs.Max(input => fit.WeightError(target, input) * fit.SignFactor);
        if (isReadable && group.Determined.IsSumOfTwo && names.Length == 2 && double.IsFinite(widest))
        {
            return $"{apart}: the sum of their weights is {determined}, but each alone is known only to within ± {ErrorText.Measure(widest)}.";
        }

        return isReadable ? $"{apart}: only combinations of their weights are determined, such as {group.Determined.Text} = {determined}."
            : group.PValues[target] < BeyondDoubt ? $"{apart}: together they matter, but none of their weights has a known sign."
            : $"{apart}: none of their weights has a known sign.";
    }

    private bool IsKnown(EntangledGroup group, int target) => Math.Abs(group.Estimates[target]) > fit.SignFactor * group.Errors[target];

    /// <summary>The names of a group's inputs whose own weights are entangled.</summary>
    internal static IEnumerable<string> EntangledNames(LinearFit fit, EntangledGroup group, int target) =>
        group.Inputs.Where(input => fit.Collinearity.OfWeight(target, input) == ParameterStatus.Entangled).Select(input => fit.Names.Inputs[input]);

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

        var others = fit.Collinearity.Groups.Count > 0 && fit.NearDependences.Count == 0 && imprecise.Length == 0
            ? AreThereOthers() ? " The other weights stand to within their standard errors" : !fit.IsIdentified ? "" : " Predictions are good wherever these inputs keep moving together"
            : UndeterminedInputs().Count == fit.Names.Inputs.Count ? " The bias stands to within its standard error" : " The others stand to within their standard errors";
        return fit.ResidualDegreesOfFreedom < 1 ? " There is no row to spare, so nothing tells how far to trust the others."
            : NotLookedAt() is { } unseen ? (others.Length > 0 ? others + ", as far as was looked. " : " ") + unseen[(unseen.IndexOf('.', StringComparison.Ordinal) + 2)..]
            : others.Length > 0 ? others + "." : "";
    }

    private bool AreThereOthers() => Enumerable.Range(0, fit.Names.Inputs.Count)
        .Any(j => Enumerable.Range(0, fit.Names.Targets.Count).All(t => fit.Collinearity.OfWeight(t, j) is not (ParameterStatus.Entangled or ParameterStatus.Undetermined)));

    private bool NoneIsDetermined => UndeterminedInputs().Count == fit.Names.Inputs.Count && !(fit.Settings.Bias && fit.DeterminesBias);

    private bool HasFreeBias => fit.Settings.Bias && !fit.NullSpace.DeterminesBias;

    private IReadOnlyList<string> UndeterminedInputs() => Assessment.FreeInputs(fit);

    private string Undetermined() => Listing.Of([.. UndeterminedInputs(), .. HasFreeBias ? ["(bias)"] : Array.Empty<string>()]);

    private static string TheWeightsOf(IReadOnlyList<string> inputs, bool bias) =>
        (inputs.Count == 0 ? "" : $"the {(inputs.Count == 1 ? "weight" : "weights")} of {Listing.Of(inputs)}") + (bias ? (inputs.Count == 0 ? "" : ", nor ") + "the bias" : "");

    /// <summary>What the rows say against W and b; null where they say nothing.</summary>
    private string? Doubt()
    {
        bool Fails(Question question) => evidence.Any(item => item.Question == question && item.Answer == Answer.Fails);
        if (Fails(Question.Rows))
        {
            return rows?.Masked is [{ Rows.Count: > 1 } masked, ..]
                ? $"Rows {masked.Numbers} lie far from the others: don't trust {Parameters} before they have been checked."
                : RowThatDecides() is { } row
                ? FormattableString.Invariant($"One row decides: don't trust {Parameters} before row {row} has been checked.")
                : $"Some rows lie too far from the others: don't trust {Parameters} before they have been checked.";
        }

        if (Fails(Question.Order))
        {
            return $"Neighbouring rows depend on each other: {Parameters} are less certain than their standard errors show.{(Fails(Question.Affine) ? " Nor is the relationship affine." : "")}";
        }

        var errors = Fails(Question.Errors);
        return Fails(Question.Affine) ? $"The relationship is not affine: {Parameters} {(fit.Settings.Bias ? "summarise" : "summarises")} these rows and {(fit.Settings.Bias ? "promise" : "promises")} nothing beyond them{(errors ? "; nor is the noise alike on all rows" : "")}."
            : errors ? ErrorsOff() : null;
    }

    private long? RowThatDecides() =>
        rows?.Deciding is [var deciding, ..] ? deciding.Row
        : rows?.Influential.MaxBy(row => row.CooksDistance)?.Row;

    private string ErrorsOff() => rows?.Copied is not null ? $"Rows are copied: {Parameters} {(fit.Settings.Bias ? "stand" : "stands")}, but their standard errors are too small."
        : rows?.RobustErrors is not null ? $"You can trust {Parameters} to within the standard errors given, which allow for noise that is not alike on all rows."
        : $"You can trust {Parameters}, but not their standard errors, as the noise is not alike on all rows.";

    /// <summary>What was not looked at, and why; null where everything was.</summary>
    private string? NotLookedAt()
    {
        Evidence[] unseen = [.. evidence.Where(item => item.Answer == Answer.NotLookedAt)];
        if (unseen.Length == 0)
        {
            return null;
        }

        if (fit.ResidualDegreesOfFreedom < 1)
        {
            return $"The data determine {Parameters}. There is no row to spare, so nothing tells how far to trust them.";
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

        var isAnythingKnown = Enumerable.Range(0, fit.Names.Targets.Count).Any(t => Enumerable.Range(0, fit.Names.Inputs.Count).Any(j => fit.Collinearity.OfWeight(t, j) == ParameterStatus.Stands));
        return $"You can trust {Parameters} to within their standard errors."
            + (isAnythingKnown || fit.Names.Inputs.Count == 0 ? "" : $" No weight differs from 0 by more than noise explains.");
    }
}
