using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Training;

/// <summary>
/// Training in progress: W and b, readable at any moment, moved a step at a time by the rows that are fed in.
/// </summary>
/// <remarks>One thread at a time; its maps may be shared.</remarks>
public sealed class Trainer
{
    private readonly GradientDescent _settings;
    private readonly VariableNames _names;
    private readonly ParameterBlock _parameters;
    private readonly ParameterBlock _gradient;
    private readonly BatchGradient _batch;
    private readonly Descent _descent;
    private readonly double _rowScale; // of the loss of one row
    private readonly double _rowStep;
    private readonly double _bias; // what the bias is multiplied by in z = [x; 1]: 0 where there is none
    private int[] _all = []; // 0, 1, 2, ...

    internal Trainer(GradientDescent settings, AffineMap initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        if (!settings.Bias && initial.Bias.ContainsAnyExcept(0.0))
        {
            throw new ArgumentException(
                "the map is trained without bias, but its start has one; start from a bias of 0.", nameof(initial));
        }

        _settings = settings;
        _names = initial.Names;
        _parameters = ParameterBlock.Of(initial);
        _gradient = new ParameterBlock(initial.InputCount, initial.TargetCount);
        _batch = new BatchGradient(_parameters.Stride);
        _descent = new Descent(settings, _parameters.Length);
        _rowScale = settings.Loss.Scale(1, initial.TargetCount);
        _rowStep = -2 * _rowScale * settings.LearningRate;
        _bias = settings.Bias ? 1 : 0;
    }

    /// <summary>The steps taken.</summary>
    public long Steps => _descent.Steps;

    /// <summary>W and b as they are now.</summary>
    public AffineMap Map => _parameters.ToMap(_names);

    /// <summary>The loss at one row as W and b are now.</summary>
    /// <exception cref="ArgumentException">A length is not the map's.</exception>
    public double LossAt(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Require(x.Length, y.Length);
        return _rowScale * RowKernel.SumOfSquares(_parameters.Values, _parameters.Stride, x, y);
    }

    /// <summary>One step on one row.</summary>
    /// <param name="x">One number per input.</param>
    /// <param name="y">One number per target.</param>
    /// <returns>The loss at the row before the step.</returns>
    /// <exception cref="ArgumentException">A length is not the map's.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a first training is not to run in unoptimized code
    public double Step(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!_descent.IsPlain || x.Length != _parameters.Inputs || y.Length != _parameters.Targets)
        {
            return StepByStages(x, y);
        }

        _descent.Steps++;
        return _rowScale * RowKernel.Step(_parameters.Values, _parameters.Stride, x, y, _rowStep, _bias);
    }

    /// <summary>One step on a batch of rows.</summary>
    /// <returns>The loss over the batch before the step.</returns>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, or rows have weights.</exception>
    public double Step(Dataset batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Require(batch);
        ArgumentOutOfRangeException.ThrowIfZero(batch.Rows, nameof(batch));
        if (_all.Length < batch.Rows)
        {
            _all = [.. Enumerable.Range(0, batch.Rows)];
        }

        return Step(batch, _all.AsSpan(0, batch.Rows));
    }

    /// <summary>
    /// Everything that this training needs to continue to the same bits, but for the rows that are fed in.
    /// </summary>
    public Checkpoint ToCheckpoint() => Capture(_settings.Describe());

    /// <inheritdoc/>
    public override string ToString() => $"{_settings.Optimizer}, after {Shown.Count(Steps, "step")}: {Map}";

    internal Checkpoint Capture(IReadOnlyList<KeyValuePair<string, string>> settings) =>
        new(settings, Steps) { Parts = [new("parameters", _parameters.Values.ToArray()), .. _descent.Parts] };

    internal void Restore(Checkpoint checkpoint)
    {
        checkpoint.CopyTo("parameters", _parameters.Values);
        _descent.Restore(checkpoint);
    }

    internal double Step(Dataset data, ReadOnlySpan<int> rows)
    {
        if (rows.Length == 1)
        {
            return Step(data.Inputs.Row(rows[0]), data.Targets.Row(rows[0]));
        }

        var squares = _batch.Of(_parameters, data, rows, _gradient);
        if (!_settings.Bias)
        {
            _gradient.Bias.Clear();
        }

        var scale = _settings.Loss.Scale(rows.Length, _names.Targets.Count);
        foreach (ref var value in _gradient.Values)
        {
            value *= 2 * scale;
        }

        _descent.Move(_parameters.Values, _gradient.Values, _parameters.Values);
        return scale * squares;
    }

    internal void Require(Dataset rows)
    {
        Require(rows.Inputs.Columns, rows.Targets.Columns);
        if (rows.Weights is not null)
        {
            throw new ArgumentException(
                "weighted rows are not supported in mini-batches; train with full batches, on moments.", nameof(rows));
        }
    }

    internal void Require(int inputs, int targets)
    {
        if (inputs != _parameters.Inputs || targets != _parameters.Targets)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {inputs} inputs and {targets} targets, but the map has {_parameters.Inputs} and "
                        + $"{_parameters.Targets}."));
        }
    }

    internal double SumOfSquares(Dataset data, int row) =>
        RowKernel.SumOfSquares(_parameters.Values, _parameters.Stride, data.Inputs.Row(row),
            data.Targets.Row(row));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double StepByStages(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Require(x.Length, y.Length);
        var squares = RowKernel.Gradient(_parameters.Values, _parameters.Stride, x, y, 2 * _rowScale, _bias,
            _gradient.Values);
        _descent.Move(_parameters.Values, _gradient.Values, _parameters.Values);
        return _rowScale * squares;
    }
}
