namespace Plumb.Diagnosis;

/// <summary>
/// A fit beside the true map, where that is known: what the data determine is compared parameter by parameter, and as a
/// whole.
/// </summary>
public sealed class TruthComparison
{
    private TruthComparison(LinearFit fit, AffineMap truth)
    {
        (Fit, Truth, Tests) = (fit, truth, DistanceTest.Of(truth, fit));
        Targets = [.. Enumerable.Range(0, fit.Names.Targets.Count).Select(ParametersOf)];
    }

    /// <summary>The fit.</summary>
    public LinearFit Fit { get; }

    /// <summary>The true map.</summary>
    public AffineMap Truth { get; }

    /// <summary>The parameters of each target: its weights, then its bias, where there is one.</summary>
    public IReadOnlyList<IReadOnlyList<ComparedParameter>> Targets { get; }

    /// <summary>
    /// Whether noise alone moves the best fit as far from the truth as it lies, in all that the data determine at once;
    /// one per target that has noise.
    /// Seber and Lee, Linear Regression Analysis, section 4.3.
    /// </summary>
    public IReadOnlyList<HypothesisTest> Tests { get; }

    /// <summary>How many directions per target cannot be compared, because the data say nothing of them.</summary>
    public int UndeterminedDirections => Fit.Settings.Ridge > 0 ? 0 : Fit.NullSpace.Count;

    /// <summary>Compares a fit with the truth.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="truth">The true map, of the fit's inputs and targets in their order.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a number of the truth is not finite, or it has a bias
    /// and the fit none.</exception>
    public static TruthComparison Of(LinearFit fit, AffineMap truth)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(truth);
        var (inputs, targets) = (fit.Names.Inputs.Count, fit.Names.Targets.Count);
        if (truth.InputCount != inputs || truth.TargetCount != targets)
        {
            var found = FormattableString.Invariant($"{truth.InputCount} inputs and {truth.TargetCount} targets");
            throw new ArgumentException(
                FormattableString.Invariant($"the truth has {found}, but the fit has {inputs} and {targets}."),
                nameof(truth));
        }

        if (!double.IsFinite(truth.Norm))
        {
            throw new ArgumentException("the truth holds a number that is not finite.", nameof(truth));
        }

        return fit.Settings.Bias || !truth.Bias.ContainsAnyExcept(0.0)
            ? new TruthComparison(fit, truth)
            : throw new ArgumentException("the truth has a bias and the fit has none; fit with a bias.", nameof(truth));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Fit} beside the claimed {Truth}";

    private ComparedParameter[] ParametersOf(int target)
    {
        var (errors, ridge) = (Fit.WeightErrors, Fit.Settings.Ridge > 0);
        List<ComparedParameter> parameters = [.. Fit.Names.Inputs.Select((name, j) => new ComparedParameter(
            name,
            Fit.Map.WeightsOf(target)[j],
            Truth.WeightsOf(target)[j],
            errors[target, j],
            Fit.IntervalFactor,
            ridge || (Fit.NullSpace.DeterminesWeight(j) && !Fit.HangsOnLastBit(j))))];
        if (Fit.Settings.Bias)
        {
            var isDetermined = ridge || (Fit.NullSpace.DeterminesBias && !Fit.BiasHangsOnLastBit);
            parameters.Add(new ComparedParameter(
                ComparedParameter.BiasName,
                Fit.Map.Bias[target],
                Truth.Bias[target],
                Fit.BiasErrors[target],
                Fit.IntervalFactor,
                isDetermined));
        }

        return [.. parameters];
    }
}
