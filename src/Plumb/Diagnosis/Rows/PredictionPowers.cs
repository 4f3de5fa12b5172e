namespace Plumb;

/// <summary>
/// Ramsey's RESET: squares and cubes of the predictions must add nothing to a fit. Ramsey, J. Royal Statistical Society B 31, 1969.
/// Sums over the rows with the predictions in units of their own spread about their mean.
/// </summary>
internal sealed class PredictionPowers(int rank, double centre, double unit)
{
    private const int Powers = 2; // squares and cubes
    private const double Dependent = 1e-10; // of a column's length, squared: what is left of it without the others

    private readonly double[,] _withCoordinates = new double[rank, Powers];
    private readonly double[,] _products = new double[Powers, Powers];
    private readonly double[] _withResidual = new double[Powers];

    public void Add(ReadOnlySpan<double> coordinates, double prediction, double residual)
    {
        var u = unit > 0 ? (prediction - centre) / unit : 0;
        ReadOnlySpan<double> powers = [u * u, u * u * u];
        for (var k = 0; k < coordinates.Length; k++)
        {
            for (var a = 0; a < Powers; a++)
            {
                _withCoordinates[k, a] += coordinates[k] * powers[a];
            }
        }

        for (var a = 0; a < Powers; a++)
        {
            _withResidual[a] += powers[a] * residual;
            for (var b = 0; b < Powers; b++)
            {
                _products[a, b] += powers[a] * powers[b];
            }
        }
    }

    /// <summary>By how much the powers would lower the residual sum of squares, and how many of them are independent of the inputs: elimination of the square, then of the cube.</summary>
    public (double Gain, int Count) Gain()
    {
        var s = Remainder();
        var (gain, count, ofCubes, cubes) = (0.0, 0, _withResidual[1], s[1, 1]);
        if (s[0, 0] > Dependent * _products[0, 0])
        {
            gain += _withResidual[0] * _withResidual[0] / s[0, 0];
            cubes -= s[0, 1] * s[0, 1] / s[0, 0];
            ofCubes -= s[0, 1] / s[0, 0] * _withResidual[0];
            count++;
        }

        if (cubes > Dependent * _products[1, 1])
        {
            gain += ofCubes * ofCubes / cubes;
            count++;
        }

        return (gain, unit > 0 ? count : 0);
    }

    /// <summary>Products of what is left of the powers once the inputs have explained what they can.</summary>
    private double[,] Remainder()
    {
        var s = (double[,])_products.Clone();
        for (var a = 0; a < Powers; a++)
        {
            for (var b = 0; b < Powers; b++)
            {
                for (var k = 0; k < rank; k++)
                {
                    s[a, b] -= _withCoordinates[k, a] * _withCoordinates[k, b];
                }
            }
        }

        return s;
    }
}
