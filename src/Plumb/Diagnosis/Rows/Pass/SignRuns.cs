namespace Plumb.Diagnosis;

/// <summary>
/// How often neighbouring residuals have the same sign. Two outliers side by side make any statistic of squares small,
/// in one
/// shuffled order of n / 2; of signs they make one pair.
/// </summary>
internal sealed class SignRuns(int targets)
{
    private readonly long[] _above = new long[targets];
    private readonly long[] _below = new long[targets];
    private readonly long[] _aboveTwice = new long[targets]; // neighbours that are both above 0
    private readonly long[] _belowTwice = new long[targets];

    /// <summary>Adds rows that follow each other.</summary>
    /// <param name="target">The target.</param>
    /// <param name="residuals">Its residuals.</param>
    /// <param name="frequencies">How many rows each stands for.</param>
    public void Add(int target, ReadOnlySpan<double> residuals, ReadOnlySpan<double> frequencies)
    {
        var (above, below, aboveTwice, belowTwice) = (0L, 0L, 0L, 0L);
        var (wasAbove, wasBelow) = (0L, 0L);
        for (var i = 0; i < residuals.Length; i++)
        {
            var count = (long)frequencies[i];
            var (isAbove, isBelow) = (residuals[i] > 0 ? 1L : 0, residuals[i] < 0 ? 1L : 0);
            above += isAbove * count;
            below += isBelow * count;
            aboveTwice += isAbove * (wasAbove + count - 1);
            belowTwice += isBelow * (wasBelow + count - 1);
            (wasAbove, wasBelow) = (isAbove, isBelow);
        }

        _above[target] += above;
        _below[target] += below;
        _aboveTwice[target] += aboveTwice;
        _belowTwice[target] += belowTwice;
    }

    /// <summary>Adds what is between two rows.</summary>
    public void AddPair(int target, double first, double second)
    {
        _aboveTwice[target] += first > 0 && second > 0 ? 1 : 0;
        _belowTwice[target] += first < 0 && second < 0 ? 1 : 0;
    }

    /// <summary>Adds another's rows.</summary>
    public void Add(SignRuns other)
    {
        for (var t = 0; t < targets; t++)
        {
            _above[t] += other._above[t];
            _below[t] += other._below[t];
            _aboveTwice[t] += other._aboveTwice[t];
            _belowTwice[t] += other._belowTwice[t];
        }
    }

    /// <summary>
    /// A bound on how probable it is, in shuffled rows, that so many (or so few) rows of the rarer sign are followed by
    /// another:
    /// Chernoff's for the binomial distribution, Annals of Mathematical Statistics 23, 1952.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="areAlike">Whether neighbours are alike more often than by chance, or less.</param>
    public double Bound(int target, bool areAlike)
    {
        var isAboveRarer = _above[target] <= _below[target];
        var (rarer, twice) = isAboveRarer ? (_above[target], _aboveTwice[target])
            : (_below[target], _belowTwice[target]);
        var all = _above[target] + _below[target];
        if (rarer == 0)
        {
            return 1;
        }

        var (expected, found) = ((double)rarer / all, (double)twice / rarer);
        return found > expected == areAlike ? Math.Exp(-rarer * (Term(found, expected) + Term(1 - found, 1 - expected)))
            : 1;
    }

    private static double Term(double found, double expected) => found > 0 ? found * Math.Log(found / expected) : 0;
}
