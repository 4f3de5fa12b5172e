using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// Solves A x = b exactly in fractions, A symmetric positive definite in whole numbers: the digits of x to base p one
/// by one, p a prime,
/// then the fractions that they belong to; every solution is checked against the equation before it is given.
/// Dixon, Exact solution of linear equations using p-adic expansions, Numerische Mathematik 40, 1982.
/// </summary>
internal sealed class RationalSolver
{
    private readonly BigInteger[,] _matrix;
    private readonly ModularFactor _factor;

    /// <summary>A solver for this matrix, whose factor must have found all columns independent.</summary>
    public RationalSolver(BigInteger[,] matrix, ModularFactor factor)
    {
        if (factor.Columns.Count != matrix.GetLength(0))
        {
            throw new ArgumentException("the matrix is singular modulo the prime.", nameof(factor));
        }

        _matrix = matrix;
        _factor = factor;
    }

    /// <summary>The exact solution of A x = b.</summary>
    public RationalVector Solve(BigInteger[] rightHandSide) => TrySolve(rightHandSide, int.MaxValue)!;

    /// <summary>
    /// The exact solution of A x = b if this many digits to base p (61 bits each) suffice for it; otherwise null.
    /// </summary>
    public RationalVector? TrySolve(BigInteger[] rightHandSide, int mostDigits)
    {
        var size = rightHandSide.Length;
        var residual = (BigInteger[])rightHandSide.Clone();
        var solution = new BigInteger[size];
        var modulus = BigInteger.One;
        var digits = new ulong[size];
        var prime = _factor.Field.Prime;
        var nextAttempt = 2;
        for (var step = 1; ; step++)
        {
            Stop.IfAsked();
            for (var i = 0; i < size; i++)
            {
                digits[i] = _factor.Field.Reduce(residual[i]);
            }

            _factor.Solve(digits);
            for (var i = 0; i < size; i++)
            {
                solution[i] += modulus * digits[i];
            }

            modulus *= prime;
            if ((step == nextAttempt || step == mostDigits) && Reconstruct(solution, modulus) is { } exact
                && IsSolution(exact, rightHandSide))
            {
                return exact;
            }

            if (step >= mostDigits)
            {
                return null;
            }

            // Ends: once the modulus exceeds twice the product of the largest numerator and denominator (Cramer's
            // rule), reconstruction succeeds.
            nextAttempt = step == nextAttempt ? step + 1 + step / 2 : nextAttempt;
            for (var i = 0; i < size; i++)
            {
                var rest = residual[i];
                for (var j = 0; j < size; j++)
                {
                    rest -= _matrix[i, j] * digits[j];
                }

                residual[i] = rest / prime;
            }
        }
    }

    /// <summary>
    /// The fractions with small numerators and one small denominator that agree with the residues; null when there are
    /// none.
    /// </summary>
    private static RationalVector? Reconstruct(BigInteger[] residues, BigInteger modulus)
    {
        var bound = BigInteger.One << (int)((modulus.GetBitLength() - 2) / 2);
        var numerators = new BigInteger[residues.Length];
        var denominator = BigInteger.One;
        for (var i = 0; i < residues.Length; i++)
        {
            var value = residues[i] * denominator % modulus;
            value = value > modulus / 2 ? value - modulus : value;
            if (BigInteger.Abs(value) < bound)
            {
                numerators[i] = value;
                continue;
            }

            var (numerator, factor) = ToFraction(value, modulus, bound);
            denominator *= factor;
            if (denominator >= bound)
            {
                return null;
            }

            for (var k = 0; k < i; k++)
            {
                numerators[k] *= factor;
            }

            numerators[i] = numerator;
        }

        return new RationalVector(numerators, denominator);
    }

    /// <summary>
    /// The fraction n / d, |n| &lt; bound, d > 0, with n = residue d modulo the modulus, by half of Euclid's algorithm.
    /// </summary>
    private static (BigInteger Numerator, BigInteger Denominator) ToFraction(BigInteger residue, BigInteger modulus,
        BigInteger bound)
    {
        var (upper, lower) = (modulus, residue < 0 ? residue + modulus : residue);
        var (upperFactor, lowerFactor) = (BigInteger.Zero, BigInteger.One);
        while (lower >= bound)
        {
            var quotient = BigInteger.DivRem(upper, lower, out var remainder);
            (upper, lower) = (lower, remainder);
            (upperFactor, lowerFactor) = (lowerFactor, upperFactor - quotient * lowerFactor);
        }

        return lowerFactor < 0 ? (-lower, -lowerFactor) : (lower, lowerFactor);
    }

    private bool IsSolution(RationalVector x, BigInteger[] rightHandSide)
    {
        for (var i = 0; i < rightHandSide.Length; i++)
        {
            var sum = rightHandSide[i] * x.Denominator;
            for (var j = 0; j < rightHandSide.Length; j++)
            {
                sum -= _matrix[i, j] * x.Numerators[j];
            }

            if (!sum.IsZero)
            {
                return false;
            }
        }

        return true;
    }
}
