using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The products of a fit's independent inputs, each (about its mean, where there is a bias) scaled to length 1, and
/// their inverse,
/// in double-double: the inverse's diagonal are the variance inflations. Belsley, Kuh and Welsch, Regression
/// Diagnostics, section 3.1.
/// </summary>
internal sealed class InputPrecision
{
    private InputPrecision(int[] inputs, double[] lengths, DoubleDouble[,] products, DoubleDouble[,] inverse) =>
        (Inputs, Lengths, Products, Inverse) = (inputs, lengths, products, inverse);

    /// <summary>The inputs that these are of.</summary>
    public int[] Inputs { get; }

    /// <summary>
    /// The root of each input's sum of squares, in the units of the data; 0 or infinite where no double holds it.
    /// </summary>
    public double[] Lengths { get; }

    /// <summary>The correlations of the inputs.</summary>
    public DoubleDouble[,] Products { get; }

    /// <summary>The inverse of <see cref="Products"/>.</summary>
    public DoubleDouble[,] Inverse { get; }

    /// <summary>Null where the inputs are so nearly dependent that double-double does not tell.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="inputs">Independent inputs.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public static InputPrecision? Of(Moments moments, int[] inputs, bool bias)
    {
        var matrix = NormalEquations.Of(moments, bias, ridge: 0).Matrix.Submatrix(inputs);
        var factor = Cholesky.Of(matrix);
        if (!factor.IsComplete)
        {
            return null;
        }

        var size = inputs.Length;
        var unit = bias ? moments.WeightSum * moments.Unit : moments.Unit; // the scale of the equations
        var roots = new DoubleDouble[size]; // of the diagonal, scaled by powers of two
        for (var i = 0; i < size; i++)
        {
            roots[i] = DoubleDouble.Sqrt(DoubleDouble.Of(matrix[i, i].Scale(-2 * factor.Scales[i])));
        }

        var products = new DoubleDouble[size, size];
        var inverse = new DoubleDouble[size, size];
        var lower = factor.InvertLower();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = DoubleDouble.Of(matrix[i, j].Scale(-factor.Scales[i] - factor.Scales[j]));
                products[i, j] = products[j, i] = product / (roots[i] * roots[j]);
                DoubleDouble sum = 0;
                for (var k = i; k < size; k++)
                {
                    sum += lower[k][i] * lower[k][j];
                }

                inverse[i, j] = inverse[j, i] = sum * (roots[i] * roots[j]);
            }
        }

        double[] lengths = [.. Enumerable.Range(0, size).Select(i => Dyadic.SquareRootOfRatio(matrix[i, i], unit))];
        return new InputPrecision(inputs, lengths, products, inverse);
    }
}
