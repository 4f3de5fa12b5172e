using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// What a combination of the weights of independent inputs needs to be determined where other inputs depend on those
/// exactly: where c is b,
/// a + b is not determined, but a + b + c is. A weight c[d] of what depends on them counts as K[j, d] c[d] of each.
/// </summary>
internal sealed class DependentTerms(LinearFit fit, InputPrecision precision)
{
    private const double Negligible = 1e-20; // of what makes up a dependent input: rounding of double-double

    /// <summary>
    /// The inputs of a combination, those that depend on them behind them, and the combination over all of them.
    /// </summary>
    /// <param name="combination">Over independent inputs.</param>
    /// <param name="places">Their places in the precision.</param>
    public (int[] Inputs, LinearCombination Combination) AddTo(LinearCombination combination, int[] places)
    {
        var split = fit.NullSpace.SplitOfWeights;
        int[] inputs = [.. places.Select(place => precision.Inputs[place])];
        double[] terms =
            [.. Enumerable.Range(0, split.Dependent.Length)
                .Select(d => places.Select((place, k) => combination.Coefficients[k] * Share(split, place, d)).Sum())];
        int[] needed = [.. Enumerable.Range(0, terms.Length).Where(d => terms[d] != 0)];
        inputs = [.. inputs, .. needed.Select(d => split.Dependent[d])];
        return (inputs,
            new LinearCombination([.. inputs.Select(input => fit.Names.Inputs[input])],
                [.. combination.Coefficients, .. needed.Select(d => terms[d])]));
    }

    /// <summary>The same combination over more inputs, which take no part in it.</summary>
    public LinearCombination Widen(LinearCombination combination, int[] inputs) => new(
        [.. inputs.Select(input => fit.Names.Inputs[input])],
        [.. combination.Coefficients, .. Enumerable.Repeat(0.0, inputs.Length - combination.Coefficients.Count)]);

    /// <summary>How much of an independent input is in a dependent one; 0 for what is only rounding.</summary>
    private double Share(OrthogonalSplit split, int place, int dependent)
    {
        double Part(int k) => Math.Abs(split.Factor(k, dependent).High) * precision.Lengths[k];
        var largest = Enumerable.Range(0, precision.Inputs.Length).Max(Part);
        return Part(place) <= Negligible * largest ? 0 : split.Factor(place, dependent).High;
    }
}
