using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// A second fit of one target that a quarter of the rows cannot move, for rows that lie far off together and hide each
/// other. It only proposes them: what is told rests on the classical tests
/// of a fit without them. Hadi and Simonoff, Procedures for the identification of multiple outliers in linear models,
/// JASA 88, 1993.
/// Keeps a bounded number of rows; of more, a sample told by their content, so that their order does not count.
/// </summary>
/// <param name="rank">The number of coordinates.</param>
/// <param name="mostNumbers">How many numbers are kept.</param>
internal sealed class RobustSecondFit(int rank, int mostNumbers = 1 << 16)
{
    private const int MostRows = 2000;
    private const int RowsPerCoordinate = 2;
    private const int MoreRows = 5; // besides: with fewer, any row can be made to look odd

    private readonly int _most =
        Math.Clamp(mostNumbers / (rank + 2), Math.Min(MostRows, RowsNeeded(rank) * 2), MostRows);
    private List<CoordinateRow> _rows = [];
    private ulong _limit = ulong.MaxValue; // of the hashes kept
    private long _seen;

    /// <summary>Looks at a row.</summary>
    /// <param name="row">Its number among the rows of data.</param>
    /// <param name="coordinates">Its coordinates.</param>
    /// <param name="prediction">What the first fit predicts.</param>
    /// <param name="residual">What that lacks.</param>
    /// <param name="weight">The inverse of its noise's variance, up to a common factor; a row of weight 0 does not
    /// count.</param>
    public void Add(long row, ReadOnlySpan<double> coordinates, double prediction, double residual, double weight = 1)
    {
        if (!(weight > 0))
        {
            return;
        }

        _seen++;
        var hash = new RowHash();
        hash.Add(coordinates);
        hash.Add([residual, weight]);
        if (hash.Value > _limit)
        {
            return;
        }

        _rows.Add(CoordinateRow.Of(row, coordinates, prediction, residual, weight, hash.Value));
        while (_rows.Count > _most)
        {
            _limit >>= 1;
            _rows = [.. _rows.Where(kept => kept.Hash <= _limit)];
        }
    }

    /// <summary>The rows that lie off, if any; null where there are none, or too few rows to tell.</summary>
    public OutlierSet? Find()
    {
        if (_rows.Count < RowsNeeded(rank))
        {
            return null;
        }

        // By content: the same bits whatever the order in which they came.
        _rows.Sort(CoordinateRow.Compare);
        var found = OutlierSearch.Of(_rows, rank);
        return found is null ? null : found with { RowsLookedAt = _rows.Count, IsSample = _rows.Count < _seen };
    }

    private static int RowsNeeded(int rank) => RowsPerCoordinate * rank + MoreRows;
}
