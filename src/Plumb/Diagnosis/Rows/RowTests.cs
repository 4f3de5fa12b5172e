namespace Plumb;

/// <summary>
/// A second look at the rows of a fit: leverage, Cook's distance, outliers, and tests of what least squares takes for granted. Memory does not grow with the rows.
/// Rows are to be given once, in their order.
/// </summary>
public sealed class RowTests
{
    private const int MostOutlierRows = 1000; // more are no exceptions

    private readonly LinearFit _fit;
    private readonly RowCoordinates _place;
    private readonly bool[] _hasNoise; // a target
    private readonly RowSearch[] _searches;
    private readonly ResidualTests[] _tests;
    private readonly Autocorrelation? _order;
    private readonly Replicates _replicates;
    private readonly Moments _outliers;
    private readonly double[] _coordinates;
    private readonly double[] _predictions;
    private readonly double[] _residuals;
    private long _rows;
    private long _outlierRows;
    private (double Value, long Row) _leverage;

    /// <summary>Tests of the rows of a fit.</summary>
    /// <param name="fit">The fit, without ridge penalty, of rows without weights.</param>
    /// <param name="moments">The moments that it was made from.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    /// <exception cref="ArgumentException">The fit has a ridge penalty.</exception>
    public RowTests(LinearFit fit, Moments moments, bool inOrder = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(moments);
        if (fit.Settings.Ridge > 0)
        {
            throw new ArgumentException("the fit has a ridge penalty, and these tests are made for fits without one; fit without it.", nameof(fit));
        }

        var targets = Enumerable.Range(0, moments.TargetCount).ToArray();
        _fit = fit;
        _place = new RowCoordinates(moments, fit.NullSpace, fit.Settings.Bias);
        _coordinates = new double[_place.Count];
        (_predictions, _residuals) = (new double[targets.Length], new double[targets.Length]);
        _hasNoise = [.. targets.Select(t => Assessment.HasNoise(fit, t))];
        _searches = [.. targets.Select(t => new RowSearch(fit, t))];
        _tests = [.. targets.Select(t => new ResidualTests(fit, moments, t, _place.Count))];
        _order = inOrder ? new Autocorrelation(_place.Count, targets.Length) : null;
        _replicates = new Replicates(targets.Length);
        _outliers = new Moments(moments.Names);
    }

    /// <summary>Makes all tests.</summary>
    /// <param name="fit">The fit, without ridge penalty, of rows without weights.</param>
    /// <param name="moments">The moments that it was made from.</param>
    /// <param name="blocks">The same rows again, in their order.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="ArgumentException">There are more or fewer rows than the fit has, or the fit has a ridge penalty.</exception>
    public static async Task<RowReport> OfAsync(LinearFit fit, Moments moments, IAsyncEnumerable<Dataset> blocks, bool inOrder = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var tests = new RowTests(fit, moments, inOrder);
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            tests.Add(block);
        }

        return tests.Report();
    }

    /// <summary>Looks at rows.</summary>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public void Add(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Inputs.Columns != _fit.Names.Inputs.Count || rows.Targets.Columns != _residuals.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"found {rows.Inputs.Columns} inputs and {rows.Targets.Columns} targets, but the fit has {_fit.Names.Inputs.Count} and {_residuals.Length}."), nameof(rows));
        }

        for (var i = 0; i < rows.Rows; i++)
        {
            Add(rows.Inputs.Row(i), rows.Targets.Row(i));
        }
    }

    /// <summary>What the rows say.</summary>
    /// <exception cref="ArgumentException">There were more or fewer rows than the fit has.</exception>
    public RowReport Report()
    {
        if (_rows != _fit.Rows)
        {
            throw new ArgumentException(FormattableString.Invariant($"there are {_rows} rows, but the fit has {_fit.Rows}; give the rows that it was made from, each once."));
        }

        int[] noisy = [.. Enumerable.Range(0, _hasNoise.Length).Where(t => _hasNoise[t])];
        var report = new RowReport(
            [.. noisy.SelectMany(t => _tests[t].Report(_replicates.Freedom, _replicates.SumsOfSquares[t])), .. noisy.Select(t => _order?.Test(_fit, t)).OfType<HypothesisTest>()],
            [.. _searches.SelectMany(search => search.Outliers)],
            _outlierRows,
            [.. _searches.Select(search => search.MostInfluential).OfType<RowInfluence>()],
            _leverage.Value,
            _leverage.Row)
        {
            OutlierMoments = _outlierRows is > 0 and <= MostOutlierRows ? _outliers : null,
        };
        var findings = RowFindings.Of(report, _fit);
        Evidence For(Question question, params string[] codes) => new(question, findings.Any(finding => codes.Contains(finding.Code)) ? Answer.Fails : Answer.Holds, string.Join(", ", codes), double.NaN);
        return report with
        {
            Findings = findings,
            Evidence = [For(Question.Rows, "influential-row"), For(Question.Affine, "reset", "lack-of-fit"), For(Question.Errors, "breusch-pagan"), For(Question.Order, "durbin-watson")],
            DecidingRow = findings.Any(finding => finding.Code == "influential-row") ? report.Influential[0].Row : null,
        };
    }

    private void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        _rows++;
        _place.Of(x, _coordinates);
        var leverage = Leverage();
        if (leverage > _leverage.Value)
        {
            _leverage = (leverage, _rows);
        }

        _fit.Map.Apply(x, _predictions);
        var isOutlier = false;
        for (var t = 0; t < _residuals.Length; t++)
        {
            _residuals[t] = y[t] - _predictions[t];
            if (_hasNoise[t])
            {
                isOutlier |= _searches[t].Add(_rows, leverage, _residuals[t]);
                _tests[t].Add(_coordinates, _predictions[t], _residuals[t]);
            }
        }

        _replicates.Add(x, y);
        _order?.Add(_coordinates, _residuals);
        if (isOutlier && ++_outlierRows <= MostOutlierRows)
        {
            _outliers.Add(x, y);
        }
    }

    private double Leverage()
    {
        var sum = 0.0;
        foreach (var coordinate in _coordinates)
        {
            sum += coordinate * coordinate;
        }

        return Math.Min(sum, 1);
    }
}
