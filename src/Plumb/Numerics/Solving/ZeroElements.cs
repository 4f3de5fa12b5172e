using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// Tells which elements of the solution of A x = b are exactly 0: those whose residues modulo two primes are 0. A
/// residue that is not 0 proves an element not 0;
/// that one is 0 twice by chance has a probability below 2^-120.
/// </summary>
internal static class ZeroElements
{
    private const int Primes = 2;

    /// <summary>Whether each element is 0.</summary>
    /// <param name="matrix">A, nonsingular.</param>
    /// <param name="rightHandSide">b, not 0.</param>
    public static bool[] Of(ScaledMatrix matrix, Dyadic[] rightHandSide)
    {
        var (coefficients, whole) = (matrix.ToWhole(), OnOneGrid(matrix, rightHandSide));
        var isZero = Enumerable.Repeat(true, whole.Length).ToArray();
        var answers = 0;
        foreach (var field in PrimeField.All)
        {
            var factor = new ModularFactor(coefficients, field);
            if (factor.Columns.Count < whole.Length)
            {
                continue; // the determinant is a multiple of this prime
            }

            var residues = whole.Select(field.Reduce).ToArray();
            factor.Solve(residues);
            for (var i = 0; i < residues.Length; i++)
            {
                isZero[i] &= residues[i] == 0;
            }

            if (++answers == Primes)
            {
                return isZero;
            }
        }

        throw new ArithmeticException("the determinant is a multiple of every prime tried.");
    }

    private static BigInteger[] OnOneGrid(ScaledMatrix matrix, Dyadic[] rightHandSide)
    {
        Dyadic[] scaled = [.. rightHandSide.Select((value, i) => value.Scale(-matrix.Exponents[i]))];
        var grid = scaled.Where(value => !value.IsZero).Min(value => value.Exponent);
        return [.. scaled.Select(value => value.OnGrid(grid))];
    }
}
