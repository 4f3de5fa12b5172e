using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether a target is curved along an input: the F test of the input's square, added to the fit alone. It is made from
/// moments that keep squares, without the rows.
/// Draper and Smith, Applied Regression Analysis, 3rd ed., section 6.1 (extra sums of squares).
/// </summary>
/// <param name="Input">The input.</param>
/// <param name="Target">The target.</param>
/// <param name="F">The squared quotient of the square's weight and its standard error; infinite where the square leaves
/// no residual.</param>
/// <param name="PValue">How probable so large an F would be, were the target affine in this input; 0 where F is
/// infinite, or below every double.</param>
public sealed record Curvature(string Input, string Target, double F, double PValue)
{
    private const int MostInputs = 100; // each takes a fit of its own

    /// <summary>
    /// The tests of all inputs whose square is kept, of all targets that have noise to judge by. A square that is a
    /// combination of the inputs, as of a column of two values, says nothing.
    /// </summary>
    /// <param name="moments">Moments that keep squares, of the fit's columns or of more.</param>
    /// <param name="fit">The fit of the inputs, without ridge penalty.</param>
    /// <returns>None with a ridge penalty, without rows to spare, or with more than 100 inputs.</returns>
    /// <exception cref="ArgumentException">The moments lack a column of the fit.</exception>
    public static IReadOnlyList<Curvature> Of(Moments moments, LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(fit);
        int[] noisy = [.. Enumerable.Range(0, fit.Names.Targets.Count).Where(t => fit.HasNoise(t))];
        if (fit.Settings.Ridge > 0 || noisy.Length == 0 || fit.Names.Inputs.Count > MostInputs)
        {
            return [];
        }

        var columns = fit.Names.Inputs.Concat(fit.Names.Targets).ToHashSet(StringComparer.Ordinal);
        bool IsAsked(KeptSquare square) =>
            fit.Names.Inputs.Contains(square.Input, StringComparer.Ordinal) && !columns.Contains(square.Name);
        return [.. moments.Squares.Where(IsAsked).SelectMany(square => Test(moments, fit, square, noisy))];
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Curvature), PrintMembers);

    private static IEnumerable<Curvature> Test(Moments moments, LinearFit fit, KeptSquare square, int[] noisy)
    {
        var last = fit.Names.Inputs.Count;
        var names = new VariableNames([.. fit.Names.Inputs, square.Name], fit.Names.Targets);
        var wider = fit.Settings.Fit(moments.Select(names));
        if (wider.ResidualDegreesOfFreedom < 1 || !wider.NullSpace.DeterminesWeight(last) || wider.HangsOnLastBit(last))
        {
            yield break;
        }

        foreach (var t in noisy)
        {
            var (target, ratio) = (fit.Names.Targets[t], wider.Map.WeightsOf(t)[last] / wider.WeightErrors[t, last]);
            var f = ratio * ratio;
            yield return wider.HasNoResidual[t]
                ? new Curvature(square.Input, target, double.PositiveInfinity, 0)
                : new Curvature(square.Input, target, f, FisherF.UpperTail(f, 1, wider.ResidualDegreesOfFreedom));
        }
    }
}
