namespace Plumb.Training;

/// <summary>
/// The loss of maps over all rows of some data, from their moments: the cost of one does not depend on the number of
/// rows. Held-out rows are judged with this.
/// </summary>
/// <remarks>One thread at a time: the gradient has one place to be worked out in.</remarks>
public sealed class LossFunction
{
    private readonly Loss _loss;
    private readonly MomentProblem _problem;
    private readonly AffineMap _best;
    private readonly ParameterBlock _gradient;

    /// <summary>The loss over these data.</summary>
    /// <param name="loss">The convention.</param>
    /// <param name="moments">The data, one row or more.</param>
    public LossFunction(Loss loss, Moments moments)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(moments);
        var fit = new LeastSquares().Fit(moments);
        (_loss, _best) = (loss, fit.Map);
        _problem = new MomentProblem(loss, bias: true, _best, fit);
        _gradient = new ParameterBlock(moments.InputCount, moments.TargetCount);
    }

    /// <summary>The loss of a map.</summary>
    /// <exception cref="ArgumentException">Its shape is not the data's.</exception>
    public double Of(AffineMap map)
    {
        var error = ParameterBlock.Of(map - _best);
        _problem.Gradient(error, _gradient);
        return _problem.Loss(error, _gradient);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_loss}, least at {_best}";
}
