namespace Plumb;

/// <summary>
/// Full-batch steps on moments, taken in the error E = [W b] - limit: E -= rate 2c E S, S the sum of z z' over the rows, c the loss's scale.
/// The limit is the certified minimiser closest to the start, so no digit of it is lost in S's rounding.
/// </summary>
internal sealed class MomentTraining
{
    private const int MostRises = 5; // a stable rate never lets the loss of a full batch rise; rounding may, near the minimum
    private const double Rounding = 1e-9;

    private readonly GradientDescent _settings;
    private readonly AffineMap _limit;
    private readonly Matrix _error; // targets x parameters
    private readonly Matrix _sums; // parameters x parameters
    private readonly double _scale;
    private readonly double _leastSum;
    private readonly double[] _product;

    public MomentTraining(GradientDescent settings, AffineMap initial, Moments moments, LinearFit fit)
    {
        _settings = settings;
        _limit = fit.ClosestTo(initial);
        _scale = settings.Loss.Scale(moments.Rows, moments.TargetCount);
        _leastSum = fit.ResidualSumOfSquares.Sum();
        var (inputs, error) = (moments.InputCount, initial - _limit);
        var parameters = inputs + (settings.Bias ? 1 : 0);
        _error = Matrix.Create(error.TargetCount, parameters, (t, j) => j < inputs ? error.WeightsOf(t)[j] : error.Bias[t]);
        _sums = Matrix.Create(parameters, parameters, (i, j) => moments.ParameterProduct(i, j).ToDouble());
        _product = new double[parameters];
    }

    public IEnumerable<Epoch> Epochs(long steps)
    {
        var initial = Loss();
        var previous = initial;
        var rises = 0;
        var last = Map();
        for (var step = 1L; step <= steps; step++)
        {
            Step();
            var loss = Loss();
            rises = loss > previous || double.IsNaN(loss) ? rises + 1 : 0;
            previous = loss;
            var diverged = !double.IsFinite(loss) || (rises >= MostRises && loss > initial * (1 + Rounding));
            var map = Map();
            last = double.IsFinite(map.Norm) ? map : last;
            yield return new Epoch(step, loss, last, diverged);
            if (diverged)
            {
                yield break;
            }
        }
    }

    private void Step()
    {
        var rate = 2 * _scale * _settings.LearningRate;
        for (var t = 0; t < _error.Rows; t++)
        {
            var error = _error.Row(t);
            MultiplySums(error);
            for (var j = 0; j < error.Length; j++)
            {
                error[j] -= rate * _product[j];
            }
        }
    }

    private double Loss()
    {
        var sum = _leastSum;
        for (var t = 0; t < _error.Rows; t++)
        {
            var error = _error.Row(t);
            MultiplySums(error);
            for (var j = 0; j < error.Length; j++)
            {
                sum += error[j] * _product[j];
            }
        }

        return _scale * Math.Max(sum, 0); // near an exact fit, rounding
    }

    private void MultiplySums(ReadOnlySpan<double> error)
    {
        for (var i = 0; i < error.Length; i++)
        {
            var row = _sums.Row(i);
            var sum = 0.0;
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[j] * error[j];
            }

            _product[i] = sum;
        }
    }

    private AffineMap Map()
    {
        var inputs = _limit.InputCount;
        var weights = Matrix.Create(_error.Rows, inputs, (t, j) => _limit.WeightsOf(t)[j] + _error[t, j]);
        var bias = new double[_error.Rows];
        for (var t = 0; t < bias.Length; t++)
        {
            bias[t] = _limit.Bias[t] + (_settings.Bias ? _error[t, inputs] : 0);
        }

        return new AffineMap(weights, bias, _limit.Names);
    }
}
