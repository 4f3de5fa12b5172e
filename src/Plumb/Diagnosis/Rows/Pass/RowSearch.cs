using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Looks for rows that stand out: those too far from where the others put them, the one that moves each target's fit
/// most, and those that decide alone.
/// </summary>
internal sealed class RowSearch
{
    /// <summary>Of leverage: above it a row may decide a direction nearly alone.</summary>
    public const double LargeLeverage = 0.9;

    /// <summary>How many rows are told one by one.</summary>
    public const int MostRows = 10;

    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly double[] _thresholds; // of residual^2 / (1 - leverage): an outlier, one per target
    private readonly RowRanking[] _outliers;
    private readonly RowRanking[] _influential;
    private readonly long[] _outlierCounts;
    private readonly double[][] _explained; // residual^2 / (1 - leverage), one column per target
    private readonly double[][] _influence; // that times leverage / (1 - leverage)

    /// <summary>No rows yet.</summary>
    public RowSearch(RowFrame frame, RowColumns columns)
    {
        (_frame, _columns) = (frame, columns);
        _outliers = [.. frame.Targets.Select(_ => new RowRanking(MostRows))];
        _influential = [.. frame.Targets.Select(_ => new RowRanking(1))];
        _outlierCounts = new long[frame.Targets.Length];
        (_explained, _influence) =
            (RowColumns.NewColumns(frame.Targets.Length), RowColumns.NewColumns(frame.Targets.Length));
        var freedom = frame.Fit.ResidualDegreesOfFreedom;
        var critical = freedom > 1 ? CriticalValue(frame) : double.PositiveInfinity;
        _thresholds = [.. frame.Targets.Select(target => target.HasResidual && double.IsFinite(critical)
            ? target.SumOfSquares / (1 + (freedom - 1) / (critical * critical))
            : double.PositiveInfinity)];
    }

    /// <summary>The rows with the largest leverages, above <see cref="LargeLeverage"/>.</summary>
    public RowRanking Deciding { get; } = new(MostRows);

    /// <summary>The row with the largest leverage.</summary>
    public RowRanking Largest { get; } = new(1);

    /// <summary>How many rows are too far from the fit, on one target or more.</summary>
    public long OutlierRows { get; private set; }

    /// <summary>The studentized residual that no row exceeds by chance, on any target.</summary>
    public static double CriticalValue(RowFrame frame) =>
        StudentT.UpperQuantile(HypothesisTest.Level / (2.0 * frame.Fit.Rows * frame.Targets.Length),
            frame.Fit.ResidualDegreesOfFreedom - 1);

    /// <summary>A target's outliers, the farthest first.</summary>
    public IReadOnlyList<RowCandidate> Outliers(int target) => _outliers[target].Rows;

    /// <summary>How many rows are too far from a target's fit.</summary>
    public long OutlierCount(int target) => _outlierCounts[target];

    /// <summary>The row that moves a target's fit most.</summary>
    public RowCandidate? Influential(int target) => _influential[target].Rows is [var first] ? first : null;

    /// <summary>Looks at the rows that the columns hold.</summary>
    /// <param name="first">Where their block begins.</param>
    /// <param name="isOutlier">Is told each row that is an outlier.</param>
    public void Add(RowPosition first, Action<int> isOutlier)
    {
        var leverages = _columns.Leverages;
        if (!FindInfluence())
        {
            return;
        }

        for (var i = 0; i < _columns.Count; i++)
        {
            var leverage = leverages[i];
            if (Largest.Takes(leverage, first, _columns.Places[i]))
            {
                Largest.Add(Candidate(first, i, -1, leverage));
            }

            if (leverage > LargeLeverage && Deciding.Takes(leverage, first, _columns.Places[i]))
            {
                Deciding.Add(Candidate(first, i, -1, leverage));
            }

            var rest = 1 - leverage;
            if (rest <= RowFrame.Alone)
            {
                continue; // it determines a direction alone, and so its own prediction
            }

            var isOne = false;
            for (var t = 0; t < _thresholds.Length; t++)
            {
                isOne |= Add(first, i, t);
            }

            if (isOne)
            {
                OutlierRows += (long)_columns.Frequencies[i];
                isOutlier(i);
            }
        }
    }

    /// <summary>Adds what another has found.</summary>
    public void Add(RowSearch other)
    {
        OutlierRows += other.OutlierRows;
        Deciding.Add(other.Deciding);
        Largest.Add(other.Largest);
        for (var t = 0; t < _outliers.Length; t++)
        {
            _outliers[t].Add(other._outliers[t]);
            _influential[t].Add(other._influential[t]);
            _outlierCounts[t] += other._outlierCounts[t];
        }
    }

    // Of all targets; whether any of the rows may stand out.
    private bool FindInfluence()
    {
        var (length, most) = (_columns.Length, _columns.LargestLeverage);
        var mayStandOut = !(most < Largest.Least && most <= LargeLeverage);
        for (var t = 0; t < _thresholds.Length; t++)
        {
            var explained = _explained[t].AsSpan(0, length);
            var influence = _influence[t].AsSpan(0, length);
            ColumnKernels.FindInfluence(_columns.Residuals(t), _columns.Leverages, explained, influence);
            mayStandOut |= !(ColumnKernels.Largest(explained) <= _thresholds[t]);
            mayStandOut |= _frame.Targets[t].HasResidual && !(ColumnKernels.Largest(influence) < _influential[t].Least);
        }

        return mayStandOut;
    }

    private bool Add(RowPosition first, int row, int target)
    {
        var (explained, influence) = (_explained[target][row], _influence[target][row]);
        if (_frame.Targets[target].HasResidual && _influential[target].Takes(influence, first, _columns.Places[row]))
        {
            _influential[target].Add(Candidate(first, row, target, influence));
        }

        if (!(explained > _thresholds[target]))
        {
            return false;
        }

        _outlierCounts[target] += (long)_columns.Frequencies[row];
        if (_outliers[target].Takes(explained, first, _columns.Places[row]))
        {
            _outliers[target].Add(Candidate(first, row, target, explained));
        }

        return true;
    }

    private RowCandidate Candidate(RowPosition start, int row, int target, double size)
    {
        var first = _columns.Columns[_frame.PlaceOfConstant][row] * _frame.Constant;
        return new RowCandidate(
            start with { Row = start.Row + _columns.Places[row] },
            target,
            size,
            _columns.Leverages[row],
            target < 0 ? 0 : _columns.Residuals(target)[row],
            [.. _columns.Coordinates.Select(column => column[row])],
            first * first * Math.ScaleB(1, -2 * _frame.Power),
            (long)_columns.Frequencies[row]);
    }
}
