using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// M^-1 B M^-1 in the coordinates of rows, where M is 1: B the sums of products of scores, which a second look at the
/// rows adds up, target by target.
/// </summary>
/// <param name="method">How the errors are estimated.</param>
/// <param name="parameters">Each parameter in coordinates: the inputs, and then the bias.</param>
/// <param name="middles">B of each target, coordinates x coordinates.</param>
/// <param name="units">What B's root is in units of, by target.</param>
/// <param name="freedom">The degrees of freedom of Student's t that goes with them.</param>
/// <param name="clusters">Groups of rows that tell the degrees of freedom of each combination; null for the same of
/// all.</param>
internal sealed class SandwichCovariance(ErrorMethod method, double[][] parameters, double[][][] middles,
    double[] units, long freedom, BiasReducedClusters? clusters = null) : CovarianceForm
{
    public override ErrorMethod Method => method;

    public override double DegreesOfFreedom(ParameterCombination combination) =>
        clusters is null ? freedom : Satterthwaite([combination]);

    public override double DegreesOfFreedom(IReadOnlyList<ParameterCombination> combinations)
    {
        if (clusters is null)
        {
            return freedom;
        }

        var left = Satterthwaite(combinations) - combinations.Count + 1;
        return left > 0 ? left : throw new InvalidOperationException(FormattableString.Invariant(
            $"there are too few groups to test {combinations.Count} equations at once by {method.Name} errors."));
    }

    public override double FactorOf(IReadOnlyList<ParameterCombination> combinations) => clusters is null ? 1
        : 1 - (combinations.Count - 1) / Satterthwaite(combinations);

    // Of one target's parameters, as all combinations here are.
    private double Satterthwaite(IReadOnlyList<ParameterCombination> combinations) =>
        clusters!.Freedom([.. combinations.Select(combination =>
            CoordinatesOf(combination.Of(combination.Targets.FirstOrDefault())))]);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Parameters of several targets are combined.</exception>
    public override Dyadic[,] Of(IReadOnlyList<ParameterCombination> combinations)
    {
        var count = combinations.Count;
        int[] targets = [.. combinations.SelectMany(combination => combination.Targets).Distinct()];
        if (targets.Length > 1)
        {
            throw new InvalidOperationException($"{method.Name} errors are known target by target, and this compares "
                + "targets; classical errors do.");
        }

        var products = new Dyadic[count, count];
        if (targets is [var target])
        {
            var rows = combinations.Select(combination => CoordinatesOf(combination.Of(target))).ToArray();
            var unit = (Dyadic)units[target] * units[target];
            for (var a = 0; a < count; a++)
            {
                for (var b = a; b < count; b++)
                {
                    products[a, b] = products[b, a] = unit * Product(rows[a], middles[target], rows[b]);
                }
            }
        }

        return products;
    }

    private double[] CoordinatesOf(ReadOnlySpan<Dyadic> combination)
    {
        var coordinates = new double[parameters[0].Length];
        for (var k = 0; k < coordinates.Length; k++)
        {
            var sum = combination[0].IsZero ? Dyadic.Zero : combination[0] * parameters[^1][k];
            for (var j = 1; j < combination.Length; j++)
            {
                sum += combination[j].IsZero ? Dyadic.Zero : combination[j] * parameters[j - 1][k];
            }

            coordinates[k] = sum.ToDouble();
        }

        return coordinates;
    }

    private static double Product(double[] left, double[][] middle, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
            {
                sum += left[i] * right[j] * middle[i][j];
            }
        }

        return sum;
    }
}
