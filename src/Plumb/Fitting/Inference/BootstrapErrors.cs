namespace Plumb.Fitting;

/// <summary>
/// Errors of fits to resampled rows: in each replicate a row counts as often as a Poisson number of mean 1 says, drawn
/// by a hash of seed, row and replicate, so that any number of threads gives the same bits. They hold where noise is
/// uneven. Intervals are percentiles of the replicates. Efron, Annals of Statistics 7, 1979; Chamandy, Muralidharan,
/// Najmi and Naidu, Estimating uncertainty for massive data streams, 2012.
/// </summary>
/// <param name="Resamples">How many fits, 100 to 100 000.</param>
/// <param name="Seed">What the numbers are drawn from.</param>
public sealed record BootstrapErrors(int Resamples = 1000, long Seed = 1) : ErrorMethod
{
    /// <summary>The fewest replicates.</summary>
    public const int Fewest = 100;

    /// <summary>The most.</summary>
    public const int Most = 100_000;

    private const long MostBytes = 1L << 30; // of a thread's sums
    private const string Expected = "expected 100 to 100000 replicates.";

    /// <summary>How many fits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 100, or above 100 000.</exception>
    public int Resamples
    {
        get;
        init => field = value is >= Fewest and <= Most ? value
            : throw new ArgumentOutOfRangeException(nameof(Resamples), value, Expected);
    } = Resamples is >= Fewest and <= Most ? Resamples
        : throw new ArgumentOutOfRangeException(nameof(Resamples), Resamples, Expected);

    /// <inheritdoc/>
    public override string Name => "bootstrap";

    /// <summary>
    /// How many replicates of a fit there is memory for: each keeps sums of products of all pairs of parameters.
    /// </summary>
    public static int MostFor(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return (int)Math.Min(Most, MostBytes / BytesOf(fit.Rank, fit.Names.Targets.Count));
    }

    /// <summary>The bytes that a replicate of so many parameters takes.</summary>
    internal static long BytesOf(int parameters, int targets) =>
        sizeof(long) * ((long)parameters * (parameters + 1) / 2 + (long)parameters * targets);
}
