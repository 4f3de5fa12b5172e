using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// A second look at the rows of a fit: leverage, Cook's distance, outliers, and tests of what least squares takes for granted. Memory does not grow with the rows.
/// Rows are to be given once, in their order.
/// </summary>
public sealed class RowTests
{
    private const double RoundingLevel = 1.0 / (1L << 49); // residuals of a few units in the last place of the targets
    private const double OutlierLevel = 0.05; // of the largest residual of all
    private const double Cancelled = 1e-13; // of the residual sum of squares: what is left of it below that is rounding
    private const int MostOutliers = 10; // a target, told one by one
    private const int MostOutlierRows = 1000; // more are no exceptions

    private readonly LinearFit _fit;
    private readonly RowCoordinates _place;
    private readonly TargetTests[] _targets;
    private readonly Replicates _replicates;
    private readonly Moments _outliers;
    private readonly double[] _coordinates;
    private readonly double[] _predictions;
    private readonly Autocorrelation? _order;
    private readonly double _critical; // studentized residual
    private long _row;
    private long _outlierRows;
    private (double Value, long Row) _leverage;

    /// <summary>Tests of the rows of a fit.</summary>
    /// <param name="fit">The fit, without ridge penalty, of rows without weights.</param>
    /// <param name="moments">The moments that it was made from.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    public RowTests(LinearFit fit, Moments moments, bool inOrder = false)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(moments);
        _fit = fit;
        _place = new RowCoordinates(moments, fit.NullSpace, fit.Settings.Bias);
        _coordinates = new double[_place.Count];
        _predictions = new double[moments.TargetCount];
        _replicates = new Replicates(moments.TargetCount);
        _outliers = new Moments(moments.Names);
        var freedom = fit.ResidualDegreesOfFreedom;
        _critical = freedom > 1 ? StudentT.UpperQuantile(OutlierLevel / (2.0 * fit.Rows), freedom - 1) : double.PositiveInfinity;
        _targets = [.. Enumerable.Range(0, moments.TargetCount).Select(t => new TargetTests(fit, moments, t, _place.Count))];
        _order = inOrder ? new Autocorrelation(_place.Count, moments.TargetCount) : null;
    }

    /// <summary>Makes all tests.</summary>
    /// <param name="fit">The fit, without ridge penalty, of rows without weights.</param>
    /// <param name="moments">The moments that it was made from.</param>
    /// <param name="blocks">The same rows again, in their order.</param>
    /// <param name="inOrder">Whether the order of the rows means something, such as time.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="ArgumentException">There are more or fewer rows than the fit has.</exception>
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
        if (rows.Inputs.Columns != _fit.Names.Inputs.Count || rows.Targets.Columns != _targets.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"found {rows.Inputs.Columns} inputs and {rows.Targets.Columns} targets, but the fit has {_fit.Names.Inputs.Count} and {_targets.Length}."), nameof(rows));
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
        if (_row != _fit.Rows)
        {
            throw new ArgumentException(FormattableString.Invariant($"there are {_row} rows, but the fit has {_fit.Rows}; give the rows that it was made from, each once."));
        }

        List<RowTest> tests = [.. _targets.SelectMany((target, t) => target.Tests(_replicates, t)), .. _order?.Tests(_fit, _targets) ?? []];
        RowInfluence[] influential = [.. _targets.Select(target => target.MostInfluential).OfType<RowInfluence>()];
        RowInfluence[] outliers = [.. _targets.SelectMany(target => target.Outliers.OrderByDescending(row => Math.Abs(row.StudentizedResidual)).ThenBy(row => row.Row))];
        var report = new RowReport(tests, outliers, _outlierRows, influential, _leverage.Value, _leverage.Row)
        {
            Findings = [],
            RowFindings = [],
            OutlierMoments = _outlierRows is > 0 and <= MostOutlierRows ? _outliers : null,
        };
        return report with { Findings = RowFindings.Of(report, _fit), RowFindings = RowFindings.Standing(report, _fit) };
    }

    private void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        _row++;
        _place.Of(x, _coordinates);
        var leverage = 0.0;
        foreach (var o in _coordinates)
        {
            leverage += o * o;
        }

        leverage = Math.Min(leverage, 1);
        if (leverage > _leverage.Value)
        {
            _leverage = (leverage, _row);
        }

        _fit.Map.Apply(x, _predictions);
        var isOutlier = false;
        for (var t = 0; t < _targets.Length; t++)
        {
            isOutlier |= _targets[t].Add(_row, _coordinates, leverage, _predictions[t], y[t] - _predictions[t], _critical);
        }

        _replicates.Add(x, y);
        _order?.Add(_coordinates, y, _predictions);
        if (isOutlier && ++_outlierRows <= MostOutlierRows)
        {
            _outliers.Add(x, y);
        }
    }

    /// <summary>Sums over the rows for one target.</summary>
    internal sealed class TargetTests
    {
        private const int Powers = 2; // of the predictions: their squares and cubes
        private const double Dependent = 1e-10; // of a column's length, squared: what is left of it without the others

        private readonly LinearFit _fit;
        private readonly int _target;
        private readonly double _sumOfSquares;
        private readonly double _centre;
        private readonly double _unit; // of predictions
        private readonly double[] _squares; // coordinates' products with the squared residuals
        private readonly double[,] _mixed; // coordinates x powers
        private readonly double[,] _products = new double[Powers, Powers];
        private readonly double[] _withResidual = new double[Powers];
        private double _sumOfSquaresSquared;
        private double _sumOfFourths;
        private double _worst;

        public TargetTests(LinearFit fit, Moments moments, int target, int rank)
        {
            (_fit, _target, _sumOfSquares) = (fit, target, fit.ResidualSumOfSquares[target]);
            _squares = new double[rank];
            _mixed = new double[rank, Powers];
            var bias = fit.Settings.Bias;
            _centre = bias ? Dyadic.Ratio(moments.TargetSum(target), moments.WeightSum) : 0;
            var sum = bias ? moments.TargetSum(target) : Dyadic.Zero;
            var total = Dyadic.Ratio(moments.WeightSum * moments.TargetProduct(target, target) - sum * sum, moments.WeightSum);
            _unit = Math.Sqrt(Math.Max(0, total - _sumOfSquares) / fit.Rows);
            Name = fit.Names.Targets[target];
            var deviation = fit.ResidualStandardDeviation[target];
            IsNoise = fit.ResidualDegreesOfFreedom > 0 && !fit.HasNoResidual[target] && deviation > RoundingLevel * fit.TargetMagnitudes[target];
        }

        public string Name { get; }

        /// <summary>Whether there are residuals, and more than rounding.</summary>
        public bool IsNoise { get; }

        public List<RowInfluence> Outliers { get; } = [];

        public RowInfluence? MostInfluential { get; private set; }

        /// <returns>Whether the row is an outlier.</returns>
        public bool Add(long row, ReadOnlySpan<double> o, double leverage, double prediction, double residual, double critical)
        {
            if (!IsNoise)
            {
                return false;
            }

            var square = residual * residual;
            _sumOfSquaresSquared += square;
            _sumOfFourths += square * square;
            var u = _unit > 0 ? (prediction - _centre) / _unit : 0;
            ReadOnlySpan<double> powers = [u * u, u * u * u];
            for (var k = 0; k < o.Length; k++)
            {
                _squares[k] += o[k] * square;
                _mixed[k, 0] += o[k] * powers[0];
                _mixed[k, 1] += o[k] * powers[1];
            }

            for (var a = 0; a < Powers; a++)
            {
                _withResidual[a] += powers[a] * residual;
                for (var b = 0; b < Powers; b++)
                {
                    _products[a, b] += powers[a] * powers[b];
                }
            }

            return Judge(row, leverage, residual, critical);
        }

        public IEnumerable<RowTest> Tests(Replicates replicates, int target)
        {
            if (!IsNoise)
            {
                yield break;
            }

            if (LackOfFit(replicates.Freedom, replicates.SumsOfSquares[target]) is { } lack)
            {
                yield return lack;
            }

            if (Reset() is { } reset)
            {
                yield return reset;
            }

            if (BreuschPagan() is { } unequal)
            {
                yield return unequal;
            }
        }

        private bool Judge(long row, double leverage, double residual, double critical)
        {
            var freedom = _fit.ResidualDegreesOfFreedom;
            var rest = 1 - leverage;
            if (rest <= Dependent)
            {
                return false; // it determines a direction alone, and so its own prediction
            }

            var explained = residual * residual / rest;
            var variance = _sumOfSquares / freedom;
            var cook = explained * leverage / (rest * variance * _fit.Rank);
            var without = freedom > 1 ? Math.Max(_sumOfSquares - explained, Cancelled * _sumOfSquares) / (freedom - 1) : double.NaN;
            var studentized = residual / Math.Sqrt(without * rest);
            var isOutlier = Math.Abs(studentized) > critical;
            var isWorst = MostInfluential is null || cook > MostInfluential.CooksDistance;
            if (!isWorst && !isOutlier)
            {
                return false;
            }

            var p = freedom > 1 ? Math.Min(1, 2.0 * _fit.Rows * StudentT.UpperTail(Math.Abs(studentized), freedom - 1)) : double.NaN;
            var influence = new RowInfluence(row, Name, leverage, cook, studentized, p);
            MostInfluential = isWorst ? influence : MostInfluential;
            if (isOutlier && (Outliers.Count < MostOutliers || Math.Abs(studentized) > _worst))
            {
                Outliers.Add(influence);
                if (Outliers.Count > MostOutliers)
                {
                    Outliers.Remove(Outliers.MinBy(outlier => Math.Abs(outlier.StudentizedResidual))!);
                }

                _worst = Outliers.Min(outlier => Math.Abs(outlier.StudentizedResidual));
            }

            return isOutlier;
        }

        // Draper and Smith, Applied Regression Analysis, section 2.1.
        private RowTest? LackOfFit(long freedomWithin, double within)
        {
            var freedom = _fit.ResidualDegreesOfFreedom - freedomWithin;
            return freedomWithin > 0 && freedom > 0 && within > 0
                ? TestOfF("lack-of-fit", "lack of fit, from replicates", Math.Max(0, _sumOfSquares - within) / freedom / (within / freedomWithin), freedom, freedomWithin)
                : null;
        }

        // Ramsey, J. Royal Statistical Society B 31, 1969: squares and cubes of the predictions must add nothing.
        private RowTest? Reset()
        {
            var s = new double[Powers, Powers];
            for (var a = 0; a < Powers; a++)
            {
                for (var b = 0; b < Powers; b++)
                {
                    s[a, b] = _products[a, b];
                    for (var k = 0; k < _squares.Length; k++)
                    {
                        s[a, b] -= _mixed[k, a] * _mixed[k, b];
                    }
                }
            }

            // Elimination of the square, then the cube; what is no longer independent adds nothing.
            var (gain, added, ofCubes) = (0.0, 0L, _withResidual[1]);
            if (s[0, 0] > Dependent * _products[0, 0])
            {
                gain += _withResidual[0] * _withResidual[0] / s[0, 0];
                added++;
                s[1, 1] -= s[0, 1] * s[0, 1] / s[0, 0];
                ofCubes -= s[0, 1] / s[0, 0] * _withResidual[0];
            }

            if (s[1, 1] > Dependent * _products[1, 1])
            {
                gain += ofCubes * ofCubes / s[1, 1];
                added++;
            }

            var freedom = _fit.ResidualDegreesOfFreedom - added;
            return added > 0 && freedom > 0 && _unit > 0
                ? TestOfF("reset", "Ramsey's RESET", gain / added / (Math.Max(_sumOfSquares - gain, Cancelled * _sumOfSquares) / freedom), added, freedom)
                : null;
        }

        // Koenker, J. Econometrics 17, 1981: n R^2 of the squared residuals on the inputs.
        private RowTest? BreuschPagan()
        {
            var about = _sumOfSquaresSquared * _sumOfSquaresSquared / _fit.Rows;
            var total = _sumOfFourths - about;
            var first = _fit.Settings.Bias ? 1 : 0;
            var explained = _squares.Skip(first).Sum(value => value * value);
            var freedom = _squares.Length - first;
            if (!_fit.Settings.Bias || freedom < 1 || !(total > Dependent * about))
            {
                return null; // it is made for maps with a bias
            }

            var statistic = _fit.Rows * explained / total;
            return new RowTest("breusch-pagan", "Breusch-Pagan, Koenker's form", Name, statistic, [freedom], ChiSquared.UpperTail(statistic, freedom));
        }

        private RowTest TestOfF(string code, string name, double f, long numerator, long denominator) =>
            new(code, name, Name, f, [numerator, denominator], FisherF.UpperTail(f, numerator, denominator));
    }

    /// <summary>
    /// Durbin and Watson's statistic, the sum of squared differences of neighbouring residuals over the sum of their squares, about 2 where neighbours have nothing in common;
    /// with the normal approximation by its exact mean and variance. Durbin and Watson, Biometrika 37, 1950.
    /// </summary>
    private sealed class Autocorrelation(int rank, int targets)
    {
        private readonly double[,] _products = new double[rank, rank]; // of differences of coordinates
        private readonly double[] _differences = new double[targets]; // of residuals, squared
        private readonly double[] _previousResidual = new double[targets];
        private double[] _previous = new double[rank];
        private double[] _beforeThat = new double[rank];
        private double _second; // squared lengths of second differences
        private long _count;

        public void Add(ReadOnlySpan<double> o, ReadOnlySpan<double> y, ReadOnlySpan<double> predictions)
        {
            _count++;
            for (var t = 0; t < targets; t++)
            {
                var residual = y[t] - predictions[t];
                var step = residual - _previousResidual[t];
                _differences[t] += _count > 1 ? step * step : 0;
                _previousResidual[t] = residual;
            }

            for (var i = 0; i < rank && _count > 1; i++)
            {
                var step = o[i] - _previous[i];
                var bend = _count > 2 ? step - (_previous[i] - _beforeThat[i]) : step;
                _second += bend * bend;
                for (var j = 0; j < rank; j++)
                {
                    _products[i, j] += step * (o[j] - _previous[j]);
                }
            }

            (_previous, _beforeThat) = (_beforeThat, _previous);
            o.CopyTo(_previous);
        }

        public IEnumerable<RowTest> Tests(LinearFit fit, TargetTests[] tests)
        {
            const int Fewest = 3;
            var (n, freedom) = (fit.Rows, (double)fit.ResidualDegreesOfFreedom);
            if (freedom < Fewest)
            {
                yield break;
            }

            var (trace, squares, second) = (0.0, 0.0, _second);
            for (var i = 0; i < rank; i++)
            {
                var last = _previous[i] - _beforeThat[i];
                second += last * last;
                trace += _products[i, i];
                for (var j = 0; j < rank; j++)
                {
                    squares += _products[i, j] * _products[i, j];
                }
            }

            var p = 2.0 * (n - 1) - trace;
            var q = 6.0 * n - 8 - 2 * second + squares;
            var mean = p / freedom;
            var variance = 2 * (q - p * mean) / (freedom * (freedom + 2));
            for (var t = 0; t < targets; t++)
            {
                if (tests[t].IsNoise && variance > 0)
                {
                    var statistic = _differences[t] / fit.ResidualSumOfSquares[t];
                    var z = (statistic - mean) / Math.Sqrt(variance);
                    yield return new RowTest("durbin-watson", "Durbin-Watson", tests[t].Name, statistic, [], ChiSquared.UpperTail(z * z, 1));
                }
            }
        }
    }
}
