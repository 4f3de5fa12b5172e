namespace Plumb.Numerics;

/// <summary>
/// Solves A x = b, A positive definite and held exactly, to far more digits than a double holds: by a factor and refinement with exact residuals. The factor is in double-double,
/// or where the condition number is beyond that, of as many bits as it takes.
/// Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 12.
/// </summary>
internal sealed class PositiveDefiniteSolver
{
    /// <summary>The bits that each element of a solution is good for: enough that what is computed from it is good to a double's last bit.</summary>
    public const int WantedBits = 90;

    private const int DoubleDoubleBits = 104; // of the factor, less a few for each element's own rounding
    private const int SolvingBits = 10; // of the inverse: what each round of refinement gains
    private const int ReliableBits = 60; // of the inverse, so that what is read from the factors is good to a double's last bit

    private readonly Cholesky _cholesky;
    private readonly DoubleDouble[][]? _inverseLower; // of the double-double factor, if that can be used at all
    private readonly double _bits; // that the inverse is good for
    private readonly Lazy<FixedPointCholesky> _fixedPoint;

    /// <summary>A solver for a matrix that is known to be nonsingular.</summary>
    public PositiveDefiniteSolver(ScaledMatrix matrix)
    {
        Coefficients = matrix;
        _cholesky = Cholesky.Of(matrix);
        _inverseLower = _cholesky.IsComplete ? _cholesky.InvertLower() : null;
        _bits = _inverseLower is null ? 0 : BitsLeft(_inverseLower);
        _fixedPoint = new Lazy<FixedPointCholesky>(() => FixedPointCholesky.Of(matrix, Scales));
    }

    /// <summary>A.</summary>
    public ScaledMatrix Coefficients { get; }

    /// <summary>Powers of two: A[i, j] = 2^(Scales[i] + Scales[j]) (L L')[i, j].</summary>
    public int[] Scales => _cholesky.Scales;

    /// <summary>L, row by row up to the diagonal, to a double's last bit or better.</summary>
    public DoubleDouble[][] Lower => field ??= _bits >= ReliableBits ? _cholesky.Lower : _fixedPoint.Value.Lower;

    /// <summary>The inverse of L, likewise.</summary>
    /// <exception cref="ArithmeticException">It leaves the range of doubles.</exception>
    public DoubleDouble[][] InverseLower => field ??= _bits >= ReliableBits ? _inverseLower! : RequireFinite(_fixedPoint.Value.InverseLower);

    /// <summary>The solution of A x = b, each element to 90 bits or better, exact where doubles hold it; elements that are 0 are exactly 0.</summary>
    public Dyadic[] Solve(Dyadic[] rightHandSide)
    {
        if (Coefficients.Size == 0)
        {
            return [];
        }

        var solution = new Dyadic[Coefficients.Size];
        var residual = rightHandSide;
        for (var round = 0; ; round++)
        {
            var correction = SolveApproximately(residual);
            solution = [.. solution.Select((value, i) => value + correction[i].Scale(-Scales[i]))];
            if (round > 0 && IsSettled(correction, solution))
            {
                return RoundIfExact(WithoutNoise(solution, rightHandSide), rightHandSide);
            }

            var product = Coefficients.Multiply(solution);
            residual = [.. rightHandSide.Select((value, i) => value - product[i])];
        }
    }

    /// <summary>The diagonal of the inverse of A, to 56 bits or better.</summary>
    public Dyadic[] InverseDiagonal()
    {
        var diagonal = new Dyadic[Coefficients.Size];
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

    /// <summary>How many bits of the inverse the double-double factor is good for: fewer by those that the condition number (at most trace times trace of the inverse) and the size take.</summary>
    private static double BitsLeft(DoubleDouble[][] inverseLower)
    {
        var trace = 0.0;
        foreach (var row in inverseLower)
        {
            foreach (var value in row)
            {
                trace += value.High * value.High;
            }
        }

        return DoubleDoubleBits - Math.Log2(trace * inverseLower.Length * inverseLower.Length);
    }

    private static DoubleDouble[][] RequireFinite(DoubleDouble[][] inverseLower) =>
        Array.TrueForAll(inverseLower, row => Array.TrueForAll(row, value => double.IsFinite(value.High)))
            ? inverseLower
            : throw new ArithmeticException("an input is so nearly a combination of the others that no double holds its standard error; leave it out.");

    /// <summary>One solve with a factor; the right-hand side is brought into range by a power of two first. The result is in the scaled coordinates.</summary>
    private Dyadic[] SolveApproximately(Dyadic[] rightHandSide)
    {
        var magnitude = int.MinValue;
        for (var i = 0; i < rightHandSide.Length; i++)
        {
            magnitude = rightHandSide[i].IsZero ? magnitude : Math.Max(magnitude, rightHandSide[i].Magnitude - Scales[i]);
        }

        Dyadic[] scaled = [.. rightHandSide.Select((value, i) => value.Scale(-Scales[i] - magnitude))];
        var x = _bits >= SolvingBits ? SolveInDoubleDouble(scaled) : _fixedPoint.Value.Solve(scaled);
        return [.. x.Select(value => value.Scale(magnitude))];
    }

    private Dyadic[] SolveInDoubleDouble(Dyadic[] rightHandSide)
    {
        DoubleDouble[] x = [.. rightHandSide.Select(DoubleDouble.Of)];
        _cholesky.Solve(x);
        return [.. x.Select(value => value.ToDyadic())];
    }

    /// <summary>
    /// Whether the largest correction is below the last bit wanted of every element, or of what is nothing beside the largest. An element's own correction does not tell:
    /// it is lost in rounding where the element is small.
    /// </summary>
    private bool IsSettled(Dyadic[] correction, Dyadic[] solution)
    {
        const int Guard = 60; // more bits, so that what is called nothing is far below what is looked at
        var nothing = Nothing(solution) - Guard;
        var largest = correction.Max(value => value.Magnitude);
        return correction.All(value => value.IsZero) || solution.Select((value, i) => value.IsZero ? nothing : Math.Max(nothing, value.Magnitude + Scales[i] - WantedBits)).All(bit => largest <= bit);
    }

    /// <summary>The power of two below which an element, in the scaled coordinates, can only be 0: no digit wanted of another depends on it, even in the units of the data.</summary>
    private int Nothing(Dyadic[] solution) =>
        solution.Select((value, i) => value.IsZero ? value.Magnitude : value.Magnitude + Scales[i]).Max() - WantedBits - (Scales.Max() - Scales.Min());

    /// <summary>Elements that are nothing beside the largest are what is left of exact zeros; whether they are is decided exactly.</summary>
    private Dyadic[] WithoutNoise(Dyadic[] solution, Dyadic[] rightHandSide)
    {
        var nothing = Nothing(solution);
        if (!solution.Where((value, i) => !value.IsZero && value.Magnitude + Scales[i] < nothing).Any())
        {
            return solution;
        }

        var isZero = ZeroElements.Of(Coefficients, rightHandSide);
        return [.. solution.Select((value, i) => isZero[i] ? Dyadic.Zero : value)];
    }

    /// <summary>The solution rounded to doubles, if that solves the equations exactly: whole numbers and short fractions come out as such.</summary>
    private Dyadic[] RoundIfExact(Dyadic[] solution, Dyadic[] rightHandSide)
    {
        if (solution.Any(value => !double.IsFinite(value.ToDouble())))
        {
            return solution;
        }

        Dyadic[] rounded = [.. solution.Select(value => (Dyadic)value.ToDouble())];
        return Coefficients.Multiply(rounded).SequenceEqual(rightHandSide) ? rounded : solution;
    }
}
