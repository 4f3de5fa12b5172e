namespace Plumb.Diagnosis;

/// <summary>
/// A map beside the best fit, direction by direction, in lengths of predictions over the target's: how far the best fit
/// lies from the start, how far the map still lies from the best fit, and how far it has come. After k steps of
/// gradient descent the second is the first times <see cref="DescentFilter.Left"/>.
/// </summary>
internal sealed class DescentProblem
{
    private readonly double[][] _whole; // targets x directions, as all here
    private readonly double[][] _left; // by the gradient at the map, which tells it where little is left
    private readonly double[][] _gone; // by the map itself, which tells it where little is gone
    private readonly double[] _roots; // of the eigenvalues

    /// <summary>A map as it lies along these directions.</summary>
    /// <param name="modes">The directions.</param>
    /// <param name="at">The gradient at the map.</param>
    /// <param name="start">The gradient at the start.</param>
    public DescentProblem(DescentModes modes, GradientAtMap at, GradientAtMap start)
    {
        Modes = modes;
        Eigenvalues = [.. modes.Eigenvalues.Select(value => value / modes.Eigenvalues[0])];
        _roots = [.. modes.Eigenvalues.Select(Math.Sqrt)];
        double[][] Along(Func<int, double[]> of, Func<double, double, double> scaled) =>
            [.. Enumerable.Range(0, at.Map.TargetCount).Select(t =>
                of(t).Select((part, i) => scaled(part, _roots[i])).ToArray())];
        _whole = Along(t => modes.OfGradient(start.Gradients[t]), (part, root) => part / root);
        _left = Along(t => modes.OfGradient(at.Gradients[t]), (part, root) => part / root);
        _gone = Along(t => modes.OfWeights([.. at.Weights[t].Zip(start.Weights[t], (own, first) => own - first)]),
            (part, root) => part * root);
    }

    /// <summary>The directions.</summary>
    public DescentModes Modes { get; }

    /// <summary>Their eigenvalues over the largest, descending.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>The number of targets.</summary>
    public int Targets => _whole.Length;

    /// <summary>How far the best fit lies from the start.</summary>
    public double Whole(int target, int direction) => _whole[target][direction];

    /// <summary>The map less where a descent stands, along one direction.</summary>
    public double Misfit(int target, int direction, double left, double gone) =>
        Math.Abs(left) < 0.5 ? _whole[target][direction] * left - _left[target][direction]
        : _gone[target][direction] - _whole[target][direction] * gone;

    /// <summary>What no descent can bring less: how far directions have gone the wrong way, or farther than twice the
    /// whole of it.</summary>
    public double LeastMisfit() => Yardstick.Norm([.. _whole.SelectMany((parts, t) => parts.Select((part, i) =>
        _gone[t][i] - Math.Clamp(_gone[t][i], Math.Min(0, 2 * part), Math.Max(0, 2 * part))))]);

    /// <summary>The sum of squares of <see cref="Misfit"/>.</summary>
    public double SquareOf(DescentFilter filter)
    {
        var sum = 0.0;
        for (var i = 0; i < Eigenvalues.Length; i++)
        {
            var (left, gone) = (filter.Left(Eigenvalues[i]), filter.Gone(Eigenvalues[i]));
            for (var t = 0; t < Targets; t++)
            {
                var misfit = Misfit(t, i, left, gone);
                sum += misfit * misfit;
            }
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }

    /// <summary>The map less where a descent stands, as <see cref="GradientAtMap.Step"/> takes it; one array for each
    /// target.</summary>
    public double[][] Distance(DescentFilter filter) => [.. Enumerable.Range(0, Targets).Select(t =>
        Modes.ToWeights([.. Eigenvalues.Select((value, i) =>
            Misfit(t, i, filter.Left(value), filter.Gone(value)) / _roots[i])]))];

    /// <summary>How far the map has come from the start, one for each target.</summary>
    public double[] Moved() => [.. _gone.Select(parts => Yardstick.Norm(parts))];

    /// <summary>How far the start lies from the best fit, or a map that has come so far, one for each target.</summary>
    public double[] Apart(DescentFilter filter) => [.. _whole.Select(parts =>
        Yardstick.Norm([.. parts.Select((part, i) => part * filter.Left(Eigenvalues[i]))]))];

    /// <summary>The same where nothing but one common factor has been taken of every direction's way.</summary>
    public double SquareOfCommonFactor()
    {
        var (cross, square) = (0.0, 0.0);
        for (var t = 0; t < Targets; t++)
        {
            for (var i = 0; i < Eigenvalues.Length; i++)
            {
                cross += _whole[t][i] * _gone[t][i];
                square += _whole[t][i] * _whole[t][i];
            }
        }

        var factor = cross / square;
        return _whole.SelectMany((parts, t) => parts.Select((part, i) => _gone[t][i] - factor * part))
            .Sum(misfit => misfit * misfit);
    }
}
