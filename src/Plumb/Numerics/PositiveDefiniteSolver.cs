namespace Plumb.Numerics;

/// <summary>
/// Solves A x = b, A positive definite and held exactly, to far more digits than a double holds: by a double-double factor and refinement with exact residuals,
/// and where the condition number is beyond that, by factors of more and more bits.
/// Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 12.
/// </summary>
internal sealed class PositiveDefiniteSolver
{
    /// <summary>The bits that each element of a solution is good for: enough that what is computed from it is good to a double's last bit.</summary>
    public const int WantedBits = 90;

    private const int Rounds = 40;
    private const int LeastGain = 4; // bits a round; where refinement is slower, a factor of more bits is better
    private const int FewestBits = 256; // of a fixed-point factor
    private const int MostBits = 4096; // of one that is read as doubles: their range ends before
    private const int ReliableBits = 60; // of the inverse, so that what is read from the factors is good to a double's last bit

    private readonly Cholesky _cholesky;
    private FixedPointCholesky? _fixedPoint;
    private int _bits;
    private DoubleDouble[][]? _lower;
    private DoubleDouble[][]? _inverseLower;

    /// <summary>A solver for a matrix that is known to be nonsingular.</summary>
    public PositiveDefiniteSolver(ScaledMatrix matrix)
    {
        Matrix = matrix;
        _cholesky = Cholesky.Of(matrix);
    }

    /// <summary>A.</summary>
    public ScaledMatrix Matrix { get; }

    /// <summary>Powers of two: A[i, j] = 2^(Scales[i] + Scales[j]) (L L')[i, j].</summary>
    public int[] Scales => _cholesky.Scales;

    /// <summary>L, row by row up to the diagonal, to a double's last bit or better.</summary>
    /// <exception cref="ArithmeticException">The inverse of L leaves the range of doubles.</exception>
    public DoubleDouble[][] Lower
    {
        get
        {
            FindFactors();
            return _lower!;
        }
    }

    /// <summary>The inverse of L, likewise.</summary>
    public DoubleDouble[][] InverseLower
    {
        get
        {
            FindFactors();
            return _inverseLower!;
        }
    }

    /// <summary>The solution of A x = b, each element to 90 bits or better, exact where doubles hold it.</summary>
    public Dyadic[] Solve(Dyadic[] rightHandSide)
    {
        if (Matrix.Size == 0)
        {
            return [];
        }

        var solution = _cholesky.IsComplete ? Refine(rightHandSide, SolveInDoubleDouble) : null;
        if (solution is null && _fixedPoint is null)
        {
            UseMoreBits();
        }

        // Ends: the matrix is nonsingular, so enough bits tell its least eigenvalue from 0.
        while (solution is null)
        {
            solution = Refine(rightHandSide, _fixedPoint!.Solve);
            if (solution is null)
            {
                UseMoreBits();
            }
        }

        return solution;
    }

    /// <summary>The diagonal of the inverse of A, to 56 bits or better.</summary>
    public Dyadic[] InverseDiagonal()
    {
        var diagonal = new Dyadic[Matrix.Size];
        for (var j = 0; j < diagonal.Length; j++)
        {
            // The largest is brought near 1, as squares may overflow.
            var largest = 0.0;
            for (var i = j; i < diagonal.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(InverseLower[i][j].High));
            }

            var magnitude = Math.ILogB(largest);
            DoubleDouble sum = 0;
            for (var i = j; i < diagonal.Length; i++)
            {
                var value = InverseLower[i][j].Scale(-magnitude);
                sum += value * value;
            }

            diagonal[j] = sum.ToDyadic().Scale(2 * (magnitude - Scales[j]));
        }

        return diagonal;
    }

    private void FindFactors()
    {
        if (_lower is not null)
        {
            return;
        }

        if (Matrix.Size == 0)
        {
            _lower = _inverseLower = [];
            return;
        }

        var inverse = _cholesky.IsComplete ? _cholesky.InvertLower() : null;
        if (inverse is not null && BitsLeft(104, inverse) >= ReliableBits)
        {
            (_lower, _inverseLower) = (_cholesky.Lower, inverse);
            return;
        }

        inverse = _fixedPoint?.InvertLower();
        while (inverse is null || !(BitsLeft(_bits, inverse) >= ReliableBits))
        {
            if (_bits >= MostBits)
            {
                throw new ArithmeticException("an input is so nearly a combination of the others that no double holds its standard error; leave it out.");
            }

            UseMoreBits();
            inverse = _fixedPoint!.InvertLower();
        }

        (_lower, _inverseLower) = (_fixedPoint!.Lower(), inverse);
    }

    private void UseMoreBits()
    {
        do
        {
            _bits = Math.Max(FewestBits, 2 * _bits);
            _fixedPoint = FixedPointCholesky.TryFactor(Matrix, Scales, _bits);
        }
        while (_fixedPoint is null);
    }

    /// <summary>How many bits of the inverse a factor of so many bits is good for: less by those that the condition number (at most trace times trace of the inverse) and the size take.</summary>
    private double BitsLeft(int bits, DoubleDouble[][] inverseLower)
    {
        var largest = inverseLower.Max(row => row.Max(value => Math.Abs(value.High)));
        var trace = 0.0; // over largest^2, as that may overflow
        foreach (var row in inverseLower)
        {
            foreach (var value in row)
            {
                trace += value.High / largest * (value.High / largest);
            }
        }

        return bits - Math.Log2(trace * Matrix.Size * Matrix.Size) - 2 * Math.Log2(largest);
    }

    private Dyadic[]? Refine(Dyadic[] rightHandSide, Func<Dyadic[], Dyadic[]> solve)
    {
        var size = Matrix.Size;
        var solution = new Dyadic[size];
        var residual = (Dyadic[])rightHandSide.Clone();
        var previous = int.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var correction = SolveScaled(residual, solve);
            var magnitude = correction.Max(value => value.Magnitude);
            for (var i = 0; i < size; i++)
            {
                solution[i] += correction[i].Scale(-Scales[i]);
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

    /// <summary>One solve with a factor; the right-hand side is brought into range by a power of two first. The result is in the scaled coordinates.</summary>
    private Dyadic[] SolveScaled(Dyadic[] rightHandSide, Func<Dyadic[], Dyadic[]> solve)
    {
        var magnitude = int.MinValue;
        for (var i = 0; i < rightHandSide.Length; i++)
        {
            magnitude = rightHandSide[i].IsZero ? magnitude : Math.Max(magnitude, rightHandSide[i].Magnitude - Scales[i]);
        }

        var x = solve([.. rightHandSide.Select((value, i) => value.Scale(-Scales[i] - magnitude))]);
        return [.. x.Select(value => value.Scale(magnitude))];
    }

    private Dyadic[] SolveInDoubleDouble(Dyadic[] rightHandSide)
    {
        DoubleDouble[] x = [.. rightHandSide.Select(DoubleDouble.Of)];
        _cholesky.Solve(x);
        return [.. x.Select(value => value.ToDyadic())];
    }

    /// <summary>Whether each correction is below the last bit wanted of its element, or of the largest where an element is next to nothing.</summary>
    private bool IsSettled(Dyadic[] correction, Dyadic[] solution)
    {
        const int NextToNothing = 60; // bits more than wanted
        var largest = int.MinValue;
        for (var i = 0; i < solution.Length; i++)
        {
            largest = Math.Max(largest, solution[i].Scale(Scales[i]).Magnitude);
        }

        for (var i = 0; i < solution.Length; i++)
        {
            var own = solution[i].Scale(Scales[i]).Magnitude;
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
        var largest = solution.Select((value, i) => value.Scale(Scales[i]).Magnitude).Max();
        for (var i = 0; i < rounded.Length; i++)
        {
            var value = solution[i].ToDouble();
            if (!double.IsFinite(value))
            {
                return solution;
            }

            // An element that is nothing beside the digits wanted of its neighbours may be exactly 0.
            var nothing = solution[i].Scale(Scales[i]).Magnitude < largest - WantedBits;
            rounded[i] = nothing ? 0.0 : value;
        }

        var product = Matrix.Multiply(rounded);
        return product.SequenceEqual(rightHandSide) ? rounded : solution;
    }
}
