namespace Plumb.Fitting;

/// <summary>A count of decimal digits for each parameter; NaN where there is none.</summary>
/// <param name="Weights">Targets x inputs.</param>
/// <param name="Bias">One per target.</param>
public sealed record ParameterDigits(Matrix Weights, IReadOnlyList<double> Bias)
{
    /// <summary>One per target.</summary>
    public IReadOnlyList<double> Bias { get; init => field = ValueList.Of(value); } = ValueList.Of(Bias);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ParameterDigits), PrintMembers);
}
