using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Least trimmed squares: the coefficients with the least sum of the h smallest squared residuals, which rows that lie
/// far off cannot move, however many of them agree with each other (up to n - h).
/// Seeded small subsets as starts, then concentration steps. Rousseeuw and Van Driessen, Computing LTS regression for
/// large data sets, Data Mining and Knowledge Discovery 12, 2006.
/// </summary>
/// <param name="rows">Coordinates, row after row: rows x rank. In an order of their content, so that the order in which
/// they came does not count.</param>
/// <param name="targets">One a row.</param>
/// <param name="rank">The number of coordinates.</param>
internal sealed class LeastTrimmedSquares(double[] rows, double[] targets, int rank)
{
    private const int StepsAtFirst = 3; // two concentration steps tell good starts from bad ones
    private const int Finalists = 5;
    private const int MostSteps = 100;
    private const int LeastStarts = 50;
    private const int MostStarts = 300;
    private const double MostWork = 1e8; // multiplications, about a tenth of a second
    private const double Contaminated = 0.1; // share of rows for which the starts suffice but once in a thousand
    private const double Missed = 0.001;
    private const int Seed = 20060101;

    private readonly RowProductSums _all = RowProductSums.Of(rows, targets, rank);
    private readonly double[] _squares = new double[targets.Length];
    private readonly double[] _order = new double[targets.Length];

    /// <summary>
    /// The number of rows that count: three in four, and more than half of what is left beside the coefficients.
    /// </summary>
    public int Kept { get; } = Math.Max(targets.Length - targets.Length / 4, (targets.Length + rank + 1) / 2);

    /// <summary>
    /// The best coefficients found and the next best, of different sums of squares; none where every subset is
    /// singular.
    /// </summary>
    public IReadOnlyList<double[]> Solve()
    {
        var starts = new List<Candidate>();
        var random = new RandomSource(Seed);
        Keep(starts, Concentrate(_all.Solve(), StepsAtFirst));
        for (var start = StartCount(); start > 0; start--)
        {
            Keep(starts, Concentrate(OfSubset(random), StepsAtFirst));
        }

        const double Apart = 1e-6; // of a sum of squares: what is closer has come to the same
        var settled = starts.Select(start => Concentrate(start.Coefficients, MostSteps)!)
            .OrderBy(candidate => candidate.SumOfSquares).ToList();
        bool IsAnother(Candidate candidate, int i) =>
            i == 0 || candidate.SumOfSquares > settled[i - 1].SumOfSquares * (1 + Apart);
        return [.. settled.Where(IsAnother).Select(candidate => candidate.Coefficients)];
    }

    /// <summary>The squared residuals of these coefficients, smallest first.</summary>
    public double[] SortedSquares(double[] coefficients)
    {
        Square(coefficients);
        var sorted = (double[])_squares.Clone();
        Array.Sort(sorted);
        return sorted;
    }

    private static void Keep(List<Candidate> candidates, Candidate? candidate)
    {
        if (candidate is null)
        {
            return;
        }

        var place = candidates.FindIndex(other => other.SumOfSquares > candidate.SumOfSquares);
        candidates.Insert(place < 0 ? candidates.Count : place, candidate);
        if (candidates.Count > Finalists)
        {
            candidates.RemoveAt(Finalists);
        }
    }

    private int StartCount()
    {
        var clean = Math.Pow(1 - Contaminated, rank); // a subset's chance to hold none of them
        var needed = clean < 1e-9 ? MostStarts : Math.Log(Missed) / Math.Log(1 - clean);
        var affordable = MostWork / (StepsAtFirst * (double)targets.Length * rank * (rank + 8));
        return (int)Math.Min(affordable, Math.Clamp(needed, LeastStarts, MostStarts));
    }

    /// <summary>The solution of as few random rows as have one.</summary>
    private double[]? OfSubset(RandomSource random)
    {
        var sums = new RowProductSums(rank);
        for (var drawn = 0; drawn < 3 * rank; drawn++)
        {
            var row = random.NextIndex(targets.Length);
            sums.Add(Row(row), targets[row], 1);
            if (drawn >= rank - 1 && sums.Solve() is { } coefficients)
            {
                return coefficients;
            }
        }

        return null;
    }

    /// <summary>Solves for the rows that fit best, again and again: the sum of squares falls each time.</summary>
    private Candidate? Concentrate(double[]? coefficients, int steps)
    {
        Candidate? best = null;
        for (var step = 0; step < steps && coefficients is not null; step++)
        {
            var next = new Candidate(coefficients, TrimmedSum(coefficients, out var limit));
            if (best?.SumOfSquares <= next.SumOfSquares)
            {
                return best;
            }

            best = next;
            coefficients = step + 1 < steps ? OfKept(limit) : null;
        }

        return best;
    }

    private double TrimmedSum(double[] coefficients, out double limit)
    {
        Square(coefficients);
        _squares.CopyTo(_order, 0);
        limit = Selection.Smallest(_order, Kept);
        var (sum, below) = (0.0, 0);
        foreach (var square in _squares)
        {
            (sum, below) = square < limit ? (sum + square, below + 1) : (sum, below);
        }

        return sum + (Kept - below) * limit;
    }

    /// <summary>
    /// The solution of the rows whose squared residuals are at most the limit: all rows but those left out, which are
    /// fewer.
    /// </summary>
    private double[]? OfKept(double limit)
    {
        var below = 0;
        foreach (var square in _squares)
        {
            below += square < limit ? 1 : 0;
        }

        var (sums, equal) = (_all.Clone(), Kept - below); // so many of those at the limit count, the first of them
        for (var i = 0; i < _squares.Length; i++)
        {
            if (_squares[i] > limit || (_squares[i] == limit && --equal < 0))
            {
                sums.Add(Row(i), targets[i], -1);
            }
        }

        return sums.Solve();
    }

    private void Square(double[] coefficients)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            var residual = targets[i];
            var row = Row(i);
            for (var k = 0; k < coefficients.Length; k++)
            {
                residual -= row[k] * coefficients[k];
            }

            _squares[i] = residual * residual;
        }
    }

    private ReadOnlySpan<double> Row(int i) => rows.AsSpan(i * rank, rank);

    private sealed record Candidate(double[] Coefficients, double SumOfSquares);
}
