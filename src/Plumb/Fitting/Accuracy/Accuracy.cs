namespace Plumb.Fitting;

/// <summary>
/// How many decimal digits of a fit's numbers to trust, by each of three measures; the smallest counts. NaN
/// where there is none, such as for a weight that is undetermined.
/// </summary>
public sealed record Accuracy
{
    /// <summary>The most digits that are claimed: a double has no more.</summary>
    public const double MostDigits = 17;

    /// <summary>
    /// Proved: -log10 of a bound on the relative error of each parameter as given, a double; 0 where nothing is proved,
    /// 17 where it is exact.
    /// Rump, Accurate solution of dense linear systems, SIAM J. Matrix Anal. Appl. 33, 2012. Where the inputs are
    /// dependent and the relations are long, which of them are dependent was decided by computations modulo two primes.
    /// </summary>
    public required ParameterDigits Arithmetic { get; init; }

    /// <summary>
    /// What the uncertainty of the data leaves, to first order: no data within it have parameters that differ in these
    /// digits. Between 0 and 17.
    /// Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 20.1, with lengths of columns in place
    /// of their elements.
    /// </summary>
    public required ParameterDigits Data { get; init; }

    /// <summary>
    /// log10 of the parameter's magnitude over its standard error, not below 0; NaN without a standard error or a
    /// residual.
    /// </summary>
    public required ParameterDigits Statistical { get; init; }

    /// <summary>Of the standard errors, proved in the same way as <see cref="Arithmetic"/>.</summary>
    public required ParameterDigits StandardErrors { get; init; }

    /// <summary>Of the residual sums of squares, proved likewise; one per target.</summary>
    public required IReadOnlyList<double> ResidualSumOfSquares { get; init => field = ValueList.Of(value); }

    /// <summary>How many digits of a weight to trust; null where it is undetermined.</summary>
    public BelievableDigits? OfWeight(int target, int input) =>
        BelievableDigits.Of(Arithmetic.Weights[target, input], Data.Weights[target, input],
            Statistical.Weights[target, input]);

    /// <summary>How many digits of a bias to trust; null where it is undetermined, or there is none.</summary>
    public BelievableDigits? OfBias(int target) =>
        BelievableDigits.Of(Arithmetic.Bias[target], Data.Bias[target], Statistical.Bias[target]);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Accuracy), PrintMembers);
}
