namespace Plumb.Fitting;

/// <summary>
/// Errors that hold where rows stand in order, such as of time, and neighbours are correlated, and where noise is
/// uneven: Bartlett's weighted sum of autocovariances of x r, n / (n - k) times. Newey and West, Econometrica 55, 1987.
/// Rows of weight 0 are left out, and rows that stand for several have no order.
/// </summary>
/// <param name="Lags">Up to how many rows apart rows may be correlated; null to choose it from the rows, by Andrews'
/// rule (Econometrica 59, 1991), for which they are seen once more.</param>
public sealed record AutocorrelatedErrors(int? Lags = null) : ErrorMethod
{
    /// <summary>The most lags: that many rows are kept where blocks of rows meet.</summary>
    public const int MostLags = 10_000;

    /// <summary>
    /// Up to how many rows apart rows may be correlated; null to choose it from the rows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or above <see cref="MostLags"/>.</exception>
    public int? Lags
    {
        get;
        init => field = value is null or (>= 0 and <= MostLags) ? value
            : throw new ArgumentOutOfRangeException(nameof(Lags), value,
                FormattableString.Invariant($"expected 0 to {MostLags} lags, or null."));
    } = Lags is null or (>= 0 and <= MostLags) ? Lags
        : throw new ArgumentOutOfRangeException(nameof(Lags), Lags,
            FormattableString.Invariant($"expected 0 to {MostLags} lags, or null."));

    /// <inheritdoc/>
    public override string Name => "HAC";
}
