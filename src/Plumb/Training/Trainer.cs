namespace Plumb;

/// <summary>Training in progress: W and b, readable at any moment, moved a step at a time by the rows that are fed in.</summary>
public sealed class Trainer
{
    private readonly GradientDescent _settings;
    private readonly VariableNames _names;
    private readonly Matrix _weights; // targets x inputs
    private readonly double[] _bias;
    private readonly Matrix _gradient; // targets x (inputs + 1): sums of r [x; 1]'
    private readonly double[] _residual;

    internal Trainer(GradientDescent settings, AffineMap initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        if (!(settings.LearningRate > 0 && double.IsFinite(settings.LearningRate)))
        {
            throw new ArgumentException(FormattableString.Invariant($"the learning rate is {settings.LearningRate}; it must be a positive number."));
        }

        if (!settings.Bias && initial.Bias.ContainsAnyExcept(0.0))
        {
            throw new ArgumentException("the map is trained without bias, but its start has one; start from a bias of 0.", nameof(initial));
        }

        _settings = settings;
        _names = initial.Names;
        _weights = initial.Weights;
        _bias = initial.Bias.ToArray();
        _gradient = new Matrix(initial.TargetCount, initial.InputCount + 1);
        _residual = new double[initial.TargetCount];
    }

    /// <summary>The steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>W and b as they are now.</summary>
    public AffineMap Map => new(_weights, _bias, _names);

    /// <summary>The loss at one row as W and b are now.</summary>
    /// <exception cref="ArgumentException">A length is not the map's.</exception>
    public double LossAt(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Require(x.Length, y.Length);
        return _settings.Loss.Scale(1, y.Length) * Residual(x, y);
    }

    /// <summary>One step on one row.</summary>
    /// <param name="x">One number an input.</param>
    /// <param name="y">One number a target.</param>
    /// <returns>The loss at the row before the step.</returns>
    /// <exception cref="ArgumentException">A length is not the map's.</exception>
    public double Step(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Require(x.Length, y.Length);
        _gradient.Values.Clear();
        var sum = Accumulate(x, y);
        return Move(sum, 1);
    }

    /// <summary>One step on a batch of rows.</summary>
    /// <returns>The loss over the batch before the step.</returns>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, or rows have weights.</exception>
    public double Step(Dataset batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Require(batch);
        ArgumentOutOfRangeException.ThrowIfZero(batch.Rows, nameof(batch));
        return Step(batch, Enumerable.Range(0, batch.Rows).ToArray());
    }

    internal double Step(Dataset data, ReadOnlySpan<int> rows)
    {
        _gradient.Values.Clear();
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += Accumulate(data.Inputs.Row(row), data.Targets.Row(row));
        }

        return Move(sum, rows.Length);
    }

    internal void Require(Dataset rows)
    {
        Require(rows.Inputs.Columns, rows.Targets.Columns);
        if (rows.Weights is not null)
        {
            throw new ArgumentException("the rows have weights, which batches do not heed; train with full batches, on moments.", nameof(rows));
        }
    }

    internal void Require(int inputs, int targets)
    {
        if (inputs != _weights.Columns || targets != _weights.Rows)
        {
            throw new ArgumentException(FormattableString.Invariant($"found {inputs} inputs and {targets} targets, but the map has {_weights.Columns} and {_weights.Rows}."));
        }
    }

    internal double SumOfSquares(Dataset data, int row) => Residual(data.Inputs.Row(row), data.Targets.Row(row));

    /// <summary>r = W x + b - y into the buffer; |r|^2 is returned.</summary>
    private double Residual(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var t = 0; t < y.Length; t++)
        {
            var weights = _weights.Row(t);
            var residual = _bias[t] - y[t];
            for (var j = 0; j < weights.Length; j++)
            {
                residual += weights[j] * x[j];
            }

            _residual[t] = residual;
            sum += residual * residual;
        }

        return sum;
    }

    private double Accumulate(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = Residual(x, y);
        for (var t = 0; t < y.Length; t++)
        {
            var gradient = _gradient.Row(t);
            var residual = _residual[t];
            for (var j = 0; j < x.Length; j++)
            {
                gradient[j] += residual * x[j];
            }

            gradient[^1] += residual;
        }

        return sum;
    }

    private double Move(double sum, int rows)
    {
        var scale = _settings.Loss.Scale(rows, _bias.Length);
        var step = 2 * scale * _settings.LearningRate;
        for (var t = 0; t < _bias.Length; t++)
        {
            var weights = _weights.Row(t);
            var gradient = _gradient.Row(t);
            for (var j = 0; j < weights.Length; j++)
            {
                weights[j] -= step * gradient[j];
            }

            _bias[t] -= _settings.Bias ? step * gradient[^1] : 0;
        }

        Steps++;
        return scale * sum;
    }
}
