namespace Plumb.Numerics;

/// <summary>
/// <see cref="ErrorBounds"/> in doubles: what an inverse factor in doubles makes of a residual that is 2^Magnitude
/// times numbers below 1. Bounds are rounded up.
/// </summary>
/// <param name="Reach">In units of 2^Magnitude.</param>
/// <param name="Errors">Likewise.</param>
/// <param name="Square">In units of 2^(2 Magnitude).</param>
/// <param name="Step">Whole numbers of at most <see cref="PackedMatrix.StepBits"/> bits, in units of 2^Grid.</param>
/// <param name="Grid">The power of two of the step.</param>
/// <param name="Magnitude">That of the bounds.</param>
internal sealed record Judgement(double[] Reach, double[] Errors, double Square, long[] Step, int Grid, int Magnitude)
{
    /// <summary>
    /// A judgement with a step on a grid that gives its largest number <see cref="PackedMatrix.StepBits"/> bits: more
    /// than a step gains.
    /// </summary>
    public static Judgement Of(double[] reach, double[] errors, double square, ReadOnlySpan<double> step,
        int magnitude)
    {
        var largest = 0.0;
        foreach (var value in step)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        var grid = largest == 0 ? 0 : Math.ILogB(largest) + 1 - PackedMatrix.StepBits;
        var whole = new long[step.Length];
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] = (long)Math.ScaleB(step[i], -grid);
        }

        return new Judgement(reach, errors, square, whole, grid + magnitude, magnitude);
    }

    /// <summary>The least e with a bound on an error below 2^e; null for 0.</summary>
    public int? MagnitudeOfError(int element) =>
        Errors[element] == 0 ? null : Math.ILogB(Errors[element]) + 1 + Magnitude;

    /// <summary>The same bounds as exact numbers.</summary>
    public ErrorBounds ToBounds()
    {
        Dyadic[] Scaled(double[] bounds) => Array.ConvertAll(bounds, value => ((Dyadic)value).Scale(Magnitude));
        return new ErrorBounds(Scaled(Reach), Scaled(Errors), ((Dyadic)Square).Scale(2 * Magnitude),
            Array.ConvertAll(Step, value => new Dyadic(value, Grid)));
    }
}
