using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Keeps the rows of a short data set in their order, for Durbin and Watson's statistic with its exact probability.
/// </summary>
/// <param name="rank">The number of coordinates.</param>
/// <param name="targets">The number of targets.</param>
internal sealed class DurbinWatsonRows(int rank, int targets)
{
    /// <summary>
    /// With more, the normal approximation is good to two digits of any probability worth reading, and this takes time
    /// that grows with their cube.
    /// </summary>
    public const int MostRows = 99;

    private const int FewestDegreesOfFreedom = 3;

    private readonly List<double[]> _coordinates = [];
    private readonly List<double[]> _residuals = [];
    private long _rows;

    /// <summary>
    /// Looks at a row: the next in order. Of weighted rows both are to be multiplied by the weight's root, and rows of
    /// weight 0 left out.
    /// </summary>
    public void Add(ReadOnlySpan<double> coordinates, ReadOnlySpan<double> residuals)
    {
        _rows++;
        if (_rows <= MostRows)
        {
            _coordinates.Add(coordinates[..rank].ToArray());
            _residuals.Add(residuals[..targets].ToArray());
        }
    }

    /// <summary>
    /// The statistic of each target and its probability, twice that of the smaller tail; NaN for a target without
    /// residual. Null where there are more rows, too few degrees of freedom, or numbers too far apart for coordinates.
    /// </summary>
    public IReadOnlyList<(double Statistic, double PValue)>? Tests()
    {
        if (_rows > MostRows || _rows < rank + FewestDegreesOfFreedom || !AreOrthonormal())
        {
            return null;
        }

        var tail = new DurbinWatsonTail(_coordinates);
        return [.. Enumerable.Range(0, targets).Select(Statistic)
            .Select(d => (d, double.IsNaN(d) ? double.NaN : BothTails(tail, d)))];
    }

    /// <summary>
    /// Whether each coordinate has length 1, roughly: not where inputs depend on each other to within rounding.
    /// </summary>
    private bool AreOrthonormal() => Enumerable.Range(0, rank)
        .All(k => Math.Abs(_coordinates.Sum(row => row[k] * row[k]) - 1) < 0.5);

    /// <summary>Never 0: what lies below the range of doubles is its smallest number.</summary>
    private static double BothTails(DurbinWatsonTail tail, double statistic) =>
        Math.Clamp(2 * Math.Min(tail.Lower(statistic), tail.Upper(statistic)), double.Epsilon, 1);

    private double Statistic(int target)
    {
        // In units of the largest, so that no square leaves the range of doubles.
        var largest = _residuals.Max(row => Math.Abs(row[target]));
        var (differences, squares) = (0.0, 0.0);
        for (var i = 0; i < _residuals.Count && largest > 0; i++)
        {
            var own = _residuals[i][target] / largest;
            var step = i == 0 ? 0 : own - _residuals[i - 1][target] / largest;
            (differences, squares) = (differences + step * step, squares + own * own);
        }

        return differences / squares;
    }
}
