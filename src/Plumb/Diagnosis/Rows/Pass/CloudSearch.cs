namespace Plumb.Diagnosis;

/// <summary>Gathers the cloud of one target. The ends of every axis are known from the fit alone.</summary>
internal sealed class CloudSearch
{
    private const int LeverageCells = 160;
    private const int ScaleCells = 120;
    private const double MostMeans = 16; // leverages are counted up to so many times their mean
    private const int MostErrors = 8; // standardized residuals are, up to so many standard errors
    private const int CellsAnError = 64; // a quantile is off by less than 1/64 of one

    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly int _target;
    private readonly double _deviation;
    private readonly bool _keepsAll;
    private readonly List<(RowPosition Position, RowPoint Point)> _points = [];
    private readonly CloudRanking _residuals = new();
    private readonly CloudRanking _leverages = new();
    private readonly CloudRanking _distances = new();
    private readonly CloudGrid _byResidual;
    private readonly CloudGrid _byMeasured;
    private readonly CloudGrid _byScale;
    private readonly CloudGrid _byLeverage;
    private readonly CloudHistogram _standardized;
    private long _rows;
    private long _withoutStandardized;
    private (double Least, double Most) _roots = (double.PositiveInfinity, 0); // of weights

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="target">The target.</param>
    public CloudSearch(RowFrame frame, RowColumns columns, int target)
    {
        (_frame, _columns, _target) = (frame, columns, target);
        var (fit, own) = (frame.Fit, frame.Targets[target]);
        _deviation = fit.ResidualStandardDeviation[target];
        _keepsAll = fit.Rows <= RowCloud.MostPoints;
        var fitted = CloudAxis.About(own.Centre.High, own.Unit);
        var standardized = CloudAxis.About(0, 1);
        _byResidual = new CloudGrid(fitted, CloudAxis.About(0, own.ResidualSpread));
        _byMeasured = new CloudGrid(fitted,
            CloudAxis.About(own.Centre.High, double.Hypot(own.Unit, own.ResidualSpread)));
        _byScale = new CloudGrid(fitted, new CloudAxis(0, Math.Sqrt(MostErrors), ScaleCells));
        _byLeverage = new CloudGrid(
            new CloudAxis(0, fit.Rank > 0 ? Math.Min(1, MostMeans * frame.MeanLeverage) : 1, LeverageCells),
            standardized);
        _standardized = new CloudHistogram(new CloudAxis(-MostErrors, MostErrors, 2 * MostErrors * CellsAnError));
    }

    /// <summary>Looks at the rows that the columns hold.</summary>
    /// <param name="first">Where their block begins.</param>
    public void Add(RowPosition first)
    {
        var (fitted, residuals) = (_columns.Fitted[_target], _columns.Unweighted[_target]);
        var measured = _columns.Target(_target);
        var hasResidual = _frame.Targets[_target].HasResidual;
        for (var i = 0; i < _columns.Count; i++)
        {
            var leverage = _columns.Leverages[i];
            var rest = 1 - leverage;
            var isDefined = hasResidual && rest > RowFrame.Alone;
            var root = _columns.RootOfWeight(i);
            _roots = (Math.Min(_roots.Least, root), Math.Max(_roots.Most, root));
            var standardized = isDefined ? residuals[i] * root / (_deviation * Math.Sqrt(rest)) : double.NaN;
            var distance = standardized * standardized * leverage / (rest * _frame.Fit.Rank);
            Count((long)_columns.Frequencies[i], fitted[i], measured[i], residuals[i], leverage, standardized);
            var place = _columns.Places[i];
            var isLarge = _leverages.Takes(leverage, first, place) || (isDefined
                && (_residuals.Takes(Math.Abs(standardized), first, place)
                    || _distances.Takes(distance, first, place)));
            if (!_keepsAll && !isLarge)
            {
                continue;
            }

            var position = first with { Row = first.Row + place };
            var point = new RowPoint(0, fitted[i], measured[i], residuals[i], leverage, standardized, distance)
            {
                Count = (long)_columns.Frequencies[i],
            };
            if (_keepsAll)
            {
                _points.Add((position, point));
            }

            _leverages.Add(leverage, position, point);
            if (isDefined)
            {
                _residuals.Add(Math.Abs(standardized), position, point);
                _distances.Add(distance, position, point);
            }
        }
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(CloudSearch other)
    {
        _rows += other._rows;
        _withoutStandardized += other._withoutStandardized;
        _roots = (Math.Min(_roots.Least, other._roots.Least), Math.Max(_roots.Most, other._roots.Most));
        _points.AddRange(other._points);
        _residuals.Add(other._residuals);
        _leverages.Add(other._leverages);
        _distances.Add(other._distances);
        _byResidual.Add(other._byResidual);
        _byMeasured.Add(other._byMeasured);
        _byScale.Add(other._byScale);
        _byLeverage.Add(other._byLeverage);
        _standardized.Add(other._standardized);
    }

    /// <summary>The cloud.</summary>
    /// <param name="numberOf">A row's number.</param>
    public RowCloud ToCloud(Func<RowPosition, long> numberOf) => new(_frame.Targets[_target].Name)
    {
        Rows = _rows,
        RowsWithoutStandardized = _withoutStandardized,
        ResidualStandardDeviation = _deviation,
        HasWeights = _roots.Least < _roots.Most,
        MeanLeverage = _frame.MeanLeverage,
        Points = [.. _points.Select(row => row.Point with { Row = numberOf(row.Position) })
            .OrderBy(point => point.Row)],
        FittedAndResidual = _keepsAll ? null : _byResidual,
        FittedAndMeasured = _keepsAll ? null : _byMeasured,
        FittedAndScale = _keepsAll ? null : _byScale,
        LeverageAndStandardized = _keepsAll ? null : _byLeverage,
        Standardized = _keepsAll ? null : _standardized,
        LargestResiduals = _residuals.Points(numberOf),
        LargestLeverages = _leverages.Points(numberOf),
        LargestDistances = _distances.Points(numberOf),
    };

    private void Count(long count, double fitted, double measured, double residual, double leverage,
        double standardized)
    {
        _rows += count;
        _withoutStandardized += double.IsNaN(standardized) ? count : 0;
        if (_keepsAll)
        {
            return;
        }

        _byResidual.Add(fitted, residual, count);
        _byMeasured.Add(fitted, measured, count);
        if (!double.IsNaN(standardized))
        {
            _byScale.Add(fitted, Math.Sqrt(Math.Abs(standardized)), count);
            _byLeverage.Add(leverage, standardized, count);
            _standardized.Add(standardized, count);
        }
    }
}
