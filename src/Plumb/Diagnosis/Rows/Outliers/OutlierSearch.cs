using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Starts from the rows that a robust fit finds odd, and takes back each that a fit without the others does not, until
/// what is left out is what the fit without it finds odd.
/// </summary>
internal sealed class OutlierSearch
{
    private const double Level = 0.001; // of the farthest row of all
    private const double SetLevel = 1e-4; // of the farthest set of all, whatever its size
    private const double RestLevel = 0.001; // of the tests that the rest must pass
    // Robust standard deviations, as Rousseeuw and Leroy do; only where the search starts.
    private const double Suspect = 2.5;
    private const double MostShare = 0.15; // more are no exceptions but another relation
    private const int MostRounds = 50;
    private const double Gap = 1.5; // times as far off as the farthest of the rest

    private readonly List<CoordinateRow> _rows;
    private readonly int _rank;
    private readonly double[] _coordinates; // row after row
    private readonly double[] _targets;
    private readonly RowProductSums _all;
    private readonly double _leastVariance;

    private OutlierSearch(List<CoordinateRow> rows, int rank)
    {
        (_rows, _rank) = (rows, rank);
        _coordinates = [.. rows.SelectMany(row => row.Coordinates)];
        _targets = [.. rows.Select(row => row.Residual)];
        _all = RowProductSums.Of(_coordinates, _targets, rank);
        _leastVariance = LeastVariance();
    }

    /// <summary>
    /// The set of rows that lie off; null where there is none, or where the rest is not as it should be either.
    /// </summary>
    /// <param name="rows">In an order of their content.</param>
    /// <param name="rank">The number of coordinates.</param>
    public static OutlierSet? Of(List<CoordinateRow> rows, int rank)
    {
        var search = new OutlierSearch(rows, rank);
        var (best, seen) = ((OutlierSet?)null, new List<bool[]>());
        foreach (var suspects in search.Proposals())
        {
            if (seen.Exists(other => other.SequenceEqual(suspects)))
            {
                continue;
            }

            seen.Add(suspects);
            var found = search.Settle(suspects) is { } rest && rest.Count < rows.Count ? search.Judge(rest) : null;
            best = found is not null && !(best?.LogOfPValue <= found.LogOfPValue) ? found : best;
        }

        return best;
    }

    /// <summary>
    /// What noise varies by at least: the rounding of numbers of this size, and of targets that take few values, such
    /// as whole numbers, that of the step between them. Where most of these are met exactly, the others are no
    /// outliers.
    /// </summary>
    private double LeastVariance()
    {
        const double Rounding = 1.0 / (1L << 44);
        const double Equal = 1.0 / (1L << 30); // of the range: values that are closer are one
        double[] values = [.. _rows.Select(row => row.Prediction + row.Residual / row.Root).Order()];
        var (size, range) = (Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])), values[^1] - values[0]);
        var (rounding, step, distinct) = (Rounding * size, range, 1);
        for (var i = 1; i < values.Length; i++)
        {
            var gap = values[i] - values[i - 1];
            if (gap > Math.Max(Equal * range, rounding))
            {
                (step, distinct) = (Math.Min(step, gap), distinct + 1);
            }
        }

        step = 2 * distinct <= values.Length ? step : 0; // otherwise it is that of the inputs
        return Math.Max(rounding * rounding, step * step / 12) * _rows.Average(row => row.Root * row.Root);
    }

    /// <summary>Sets of rows that are odd to a fit which some of the rows, perhaps those, do not count in.</summary>
    private IEnumerable<bool[]> Proposals()
    {
        var trimmed = new LeastTrimmedSquares(_coordinates, _targets, _rank);
        var subsets = new OutlierSubsets(_rows, _all);
        foreach (var coefficients in trimmed.Solve().Concat(subsets.Fits()))
        {
            yield return Suspects(trimmed, coefficients);
        }
    }

    private bool[] Suspects(LeastTrimmedSquares trimmed, double[] coefficients)
    {
        // The smallest squares of normal noise are this much smaller than all. Rousseeuw and Leroy, Robust Regression
        // and Outlier Detection, section 4.4.
        var (kept, share) = (trimmed.Kept, (double)trimmed.Kept / _rows.Count);
        var q = StudentT.UpperQuantile((1 - share) / 2, double.PositiveInfinity);
        var part = share - 2 * q * Math.Exp(-q * q / 2) / Math.Sqrt(2 * Math.PI);
        var variance = trimmed.SortedSquares(coefficients).Take(kept).Sum() / (part * (_rows.Count - _rank));
        var limit = Suspect * Suspect * Math.Max(variance, _leastVariance);
        return [.. _rows.Select(row =>
            RestFit.Square(row.Residual - RestFit.Dot(row.Coordinates, coefficients)) > limit)];
    }

    /// <summary>
    /// The fit of the rest once nothing changes any more; null where it does not come to that, or where too many rows
    /// are left out.
    /// </summary>
    private RestFit? Settle(bool[] isOut)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (RestFit.Of(_rows, isOut, _all, _rank, _leastVariance) is not { } rest)
            {
                return null;
            }

            var critical = rest.Freedom > 1 ? StudentT.UpperQuantile(Level / (2.0 * _rows.Count), rest.Freedom)
                : double.PositiveInfinity;
            var next = _rows.Select((row, i) => Math.Abs(rest.Studentized(row, isOut[i])) > critical).ToArray();
            if (next.SequenceEqual(isOut))
            {
                return _rows.Count - rest.Count <= Math.Max(2, MostShare * _rows.Count) ? rest : null;
            }

            isOut = next;
        }

        return null;
    }

    private OutlierSet? Judge(RestFit rest)
    {
        var logarithm = LogOfProbability(rest);
        if (logarithm > Math.Log(SetLevel) || !rest.IsAffine(RestLevel) || !rest.IsEven(RestLevel))
        {
            return null;
        }

        RobustOutlier[] outliers = [.. _rows.Where((_, i) => rest.IsOut[i]).Select(row =>
        {
            var t = rest.Studentized(row, isOut: true);
            return new RobustOutlier(row.Number, t,
                Math.Min(1, 2.0 * _rows.Count * StudentT.UpperTail(Math.Abs(t), rest.Freedom)));
        })];
        var nearest = outliers.Min(row => Math.Abs(row.Residual));
        var farthestOfRest = _rows.Where((_, i) => !rest.IsOut[i]).Max(row => Math.Abs(rest.Studentized(row, false)));
        return new OutlierSet(
            [.. outliers.OrderByDescending(row => Math.Abs(row.Residual)).ThenBy(row => row.Row)],
            logarithm,
            rest.Coefficients,
            Math.Sqrt(rest.Variance))
        { AreApart = nearest >= Gap * farthestOfRest };
    }

    /// <summary>
    /// Of the F test of shifts of the k rows left out, times the number of such sets, times k (k + 1), of which the
    /// inverses add up to 1 over all k.
    /// </summary>
    private double LogOfProbability(RestFit rest)
    {
        var (n, k) = (_rows.Count, _rows.Count - rest.Count);
        var (own, sum) = (_all.Solve(), 0.0);
        if (own is null)
        {
            return 0;
        }

        foreach (var row in _rows)
        {
            sum += RestFit.Square(row.Residual - RestFit.Dot(row.Coordinates, own));
        }

        var (v, left) = ((double)rest.Freedom, rest.Variance * rest.Freedom);
        var tail = FisherF.UpperTail((sum - left) / k / rest.Variance, k, v);
        // A bound, beyond the range of doubles.
        var logarithm = tail > 0 ? Math.Log(tail) : v / 2 * Math.Log(left / sum) + k / 2.0 * Math.Log((v + k) / 2) + 1;
        for (var i = 1; i <= k; i++)
        {
            logarithm += Math.Log((n - k + i) / (double)i);
        }

        return Math.Min(0, logarithm + Math.Log((double)k * (k + 1)));
    }
}
