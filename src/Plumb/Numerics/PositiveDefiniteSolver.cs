using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// Solves A x = b, A positive definite and held exactly, to far more digits than a double holds: by a double-double factor and refinement with exact residuals,
/// and where the condition number is beyond that, in fractions.
/// Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 12.
/// </summary>
internal sealed class PositiveDefiniteSolver
{
    /// <summary>The bits that each element of a solution is good for: enough that what is computed from it is good to a double's last bit.</summary>
    public const int WantedBits = 90;

    private const int Rounds = 40;
    private const int LeastGain = 4; // bits a round; slower refinement goes to the fractions
    private const int FractionBits = 200; // kept of a fraction

    private RationalSolver? _fractions;
    private DoubleDouble[][]? _inverseLower;

    /// <summary>A solver for a matrix that is known to be nonsingular.</summary>
    public PositiveDefiniteSolver(ScaledMatrix matrix)
    {
        Matrix = matrix;
        Cholesky = Cholesky.Of(matrix);
    }

    /// <summary>A.</summary>
    public ScaledMatrix Matrix { get; }

    /// <summary>The double-double factor.</summary>
    public Cholesky Cholesky { get; }

    /// <summary>The inverse of its L.</summary>
    public DoubleDouble[][] InverseLower => _inverseLower ??= Cholesky.InvertLower();

    /// <summary>The solution of A x = b, each element to 90 bits or better, exact where it is in the range of doubles.</summary>
    public Dyadic[] Solve(Dyadic[] rightHandSide) => Matrix.Size == 0 ? [] : Refine(rightHandSide) ?? SolveInFractions(rightHandSide);

    /// <summary>The diagonal of the inverse of A, to 56 bits or better.</summary>
    public Dyadic[] InverseDiagonal()
    {
        if (Cholesky.IsComplete && InverseBits() >= 60)
        {
            return InverseDiagonalFromFactor();
        }

        var diagonal = new Dyadic[Matrix.Size];
        for (var j = 0; j < diagonal.Length; j++)
        {
            var unit = new Dyadic[diagonal.Length];
            unit[j] = Dyadic.One;
            diagonal[j] = Solve(unit)[j];
        }

        return diagonal;
    }

    private Dyadic[] InverseDiagonalFromFactor()
    {
        var diagonal = new Dyadic[Matrix.Size];
        for (var j = 0; j < diagonal.Length; j++)
        {
            DoubleDouble sum = 0;
            for (var i = j; i < diagonal.Length; i++)
            {
                sum += InverseLower[i][j] * InverseLower[i][j];
            }

            diagonal[j] = sum.ToDyadic().Scale(-2 * Cholesky.Scales[j]);
        }

        return diagonal;
    }

    /// <summary>How many bits of the inverse the double-double factor is good for: 104, less those that the condition number (at most trace times trace of the inverse) and the size take.</summary>
    private double InverseBits()
    {
        var trace = 0.0;
        foreach (var row in InverseLower)
        {
            foreach (var value in row)
            {
                trace += value.High * value.High;
            }
        }

        return 104 - Math.Log2(trace * Matrix.Size * Matrix.Size);
    }

    private Dyadic[]? Refine(Dyadic[] rightHandSide)
    {
        if (!Cholesky.IsComplete)
        {
            return null;
        }

        var size = Matrix.Size;
        var solution = new Dyadic[size];
        var residual = (Dyadic[])rightHandSide.Clone();
        var previous = int.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var correction = SolveApproximately(residual);
            var magnitude = correction.Max(value => value.Magnitude);
            for (var i = 0; i < size; i++)
            {
                solution[i] += correction[i].Scale(-Cholesky.Scales[i]);
            }

            if (round > 0 && IsSettled(correction, solution))
            {
                return RoundIfExact(solution, rightHandSide);
            }

            if (round > 0 && magnitude > previous - LeastGain)
            {
                return null;
            }

            previous = magnitude;
            var product = Matrix.Multiply(solution);
            for (var i = 0; i < size; i++)
            {
                residual[i] = rightHandSide[i] - product[i];
            }
        }

        return null;
    }

    /// <summary>One solve in double-double; the right-hand side is brought into range by a power of two first. The result is in the scaled coordinates.</summary>
    private Dyadic[] SolveApproximately(Dyadic[] rightHandSide)
    {
        var size = Matrix.Size;
        var magnitude = int.MinValue;
        for (var i = 0; i < size; i++)
        {
            magnitude = rightHandSide[i].IsZero ? magnitude : Math.Max(magnitude, rightHandSide[i].Magnitude - Cholesky.Scales[i]);
        }

        var x = new DoubleDouble[size];
        for (var i = 0; i < size; i++)
        {
            x[i] = DoubleDouble.Of(rightHandSide[i].Scale(-Cholesky.Scales[i] - magnitude));
        }

        Cholesky.Solve(x);
        return [.. x.Select(value => value.ToDyadic().Scale(magnitude))];
    }

    /// <summary>Whether each correction is below the last bit wanted of its element, or of the largest where an element is next to nothing.</summary>
    private bool IsSettled(Dyadic[] correction, Dyadic[] solution)
    {
        const int NextToNothing = 60; // bits more than wanted
        var largest = int.MinValue;
        for (var i = 0; i < solution.Length; i++)
        {
            largest = Math.Max(largest, solution[i].Scale(Cholesky.Scales[i]).Magnitude);
        }

        for (var i = 0; i < solution.Length; i++)
        {
            var own = solution[i].Scale(Cholesky.Scales[i]).Magnitude;
            if (!correction[i].IsZero && correction[i].Magnitude > own - WantedBits && correction[i].Magnitude > largest - WantedBits - NextToNothing)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The solution rounded to doubles, if that solves the equations exactly: whole numbers and short fractions come out as such.</summary>
    private Dyadic[] RoundIfExact(Dyadic[] solution, Dyadic[] rightHandSide)
    {
        var rounded = new Dyadic[solution.Length];
        for (var i = 0; i < rounded.Length; i++)
        {
            var value = solution[i].ToDouble();
            if (!double.IsFinite(value))
            {
                return solution;
            }

            // An element that is nothing beside the digits wanted of its neighbours may be exactly 0.
            var nothing = solution[i].Scale(Cholesky.Scales[i]).Magnitude < solution.Select((x, k) => x.Scale(Cholesky.Scales[k]).Magnitude).Max() - WantedBits;
            rounded[i] = nothing ? 0.0 : value;
        }

        var product = Matrix.Multiply(rounded);
        return product.SequenceEqual(rightHandSide) ? rounded : solution;
    }

    private Dyadic[] SolveInFractions(Dyadic[] rightHandSide)
    {
        _fractions ??= RationalSolver.Of(Matrix.Whole);
        var size = Matrix.Size;
        var grid = int.MaxValue;
        for (var i = 0; i < size; i++)
        {
            grid = rightHandSide[i].IsZero ? grid : Math.Min(grid, rightHandSide[i].Exponent - Matrix.Exponents[i]);
        }

        if (grid == int.MaxValue)
        {
            return new Dyadic[size];
        }

        var whole = new BigInteger[size];
        for (var i = 0; i < size; i++)
        {
            whole[i] = rightHandSide[i].Scale(-Matrix.Exponents[i]).OnGrid(grid);
        }

        var exact = _fractions.Solve(whole);
        var solution = new Dyadic[size];
        for (var i = 0; i < size; i++)
        {
            solution[i] = Dyadic.Quotient(new Dyadic(exact.Numerators[i], grid - Matrix.Exponents[i]), new Dyadic(exact.Denominator, 0), FractionBits);
        }

        return solution;
    }
}
