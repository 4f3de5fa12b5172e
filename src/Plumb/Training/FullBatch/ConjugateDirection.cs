namespace Plumb.Training;

/// <summary>
/// d = -g + max(0, g . (g - last g) / |last g|^2) d: Polak and Ribiere's choice, which mends itself when rounding has
/// spoilt conjugacy. Nocedal and Wright, Numerical Optimization, 2nd ed., section 5.2.
/// </summary>
internal sealed class ConjugateDirection(int length) : SearchDirection
{
    private readonly double[] _last = new double[length];
    private double _square; // |last g|^2

    public override void Choose(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        var square = MomentProblem.Dot(gradient, gradient);
        var share = _square > 0 ? Math.Max(0, (square - MomentProblem.Dot(gradient, _last)) / _square) : 0;
        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] = share * direction[i] - gradient[i];
        }

        gradient.CopyTo(_last);
        _square = square;
    }
}
