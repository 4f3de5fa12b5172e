namespace Plumb.Numerics;

/// <summary>
/// Solves A x = b, A positive definite and held exactly, to far more digits than a double holds, and proves how many:
/// by an inverse factor and refinement with exact residuals.
/// The factor is in doubles, from a double-double one where the condition number is beyond a double's, or in whole
/// numbers of as many bits as it takes.
/// Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 12; the proof: <see cref="InverseFactor"/>.
/// </summary>
internal sealed class PositiveDefiniteSolver
{
    /// <summary>
    /// The bits that each element of a solution is good for: enough that what is computed from it is good to a double's
    /// last bit.
    /// </summary>
    public const int WantedBits = 90;

    // With more, a double's last bits are given up rather than minutes.
    private const int MostColumnsInWholeNumbers = 100;
    private const double DeviationOfDoubles = 1.0 / (1 << 20); // its cube is below a double's last bit
    private const double UncertaintyOfDoubles = 1.0 / (1L << 59); // below a double's last bit
    private const double DeviationOfMany = 0.25;
    private const double UncertaintyOfMany = 1.0 / (1 << 20);
    private const int DoubleDoubleBits = 104; // of the factor, less a few for each element's own rounding
    private const int ReliableBits = 60; // of the factor, so that it is good to a double's last bit

    private readonly Once<Cholesky> _cholesky;
    private readonly Once<FixedPointCholesky> _fixedPoint;
    private Bounded[]? _diagonal;

    /// <summary>A solver for a matrix that is known to be nonsingular.</summary>
    public PositiveDefiniteSolver(ScaledMatrix matrix)
        : this(matrix, new PackedMatrix(matrix, Cholesky.ScalesOf(matrix)), inverse: null)
    {
    }

    private PositiveDefiniteSolver(ScaledMatrix matrix, PackedMatrix packed, InverseFactor? inverse)
    {
        (Coefficients, Packed, Scales) = (matrix, packed, Cholesky.ScalesOf(matrix));
        _cholesky = new Once<Cholesky>(() => Cholesky.Of(matrix));
        _fixedPoint = new Once<FixedPointCholesky>(() => FixedPointCholesky.Of(matrix, Scales));
        Inverse = inverse ?? FindInverse();
    }

    /// <summary>A.</summary>
    public ScaledMatrix Coefficients { get; }

    /// <summary>
    /// Powers of two: the scaled coordinates of x are x[i] 2^Scales[i], and those of b are b[i] 2^-Scales[i].
    /// </summary>
    public int[] Scales { get; }

    /// <summary>A, scaled.</summary>
    public PackedMatrix Packed { get; }

    /// <summary>What proves A nonsingular and solutions right.</summary>
    public InverseFactor Inverse { get; }

    /// <summary>
    /// L of A[i, j] = 2^(Scales[i] + Scales[j]) (L L')[i, j], row by row up to the diagonal, to a double's last bit or
    /// better.
    /// </summary>
    public DoubleDouble[][] Lower =>
        field ??= _cholesky.Value.IsComplete && BitsLeft() >= ReliableBits ? _cholesky.Value.Lower
            : _fixedPoint.Value.Lower;

    /// <summary>A solver for a matrix that plain doubles prove nonsingular; null where they do not.</summary>
    public static PositiveDefiniteSolver? TryOf(ScaledMatrix matrix)
    {
        if (Enumerable.Range(0, matrix.Size).Any(i => matrix.SignOf(i, i) <= 0))
        {
            return null;
        }

        var packed = new PackedMatrix(matrix, Cholesky.ScalesOf(matrix));
        return TryInDoubles(packed) is { } inverse ? new PositiveDefiniteSolver(matrix, packed, inverse) : null;
    }

    /// <summary>
    /// The solution of A x = b, each element proved to 90 bits or better, exact where doubles hold it; elements that
    /// are 0 are exactly 0.
    /// </summary>
    /// <exception cref="ArithmeticException">No factor of the matrix can be proved.</exception>
    public CertifiedSolution Solve(Dyadic[] rightHandSide)
    {
        var solution = new CertifiedSolution(this, rightHandSide);
        while (!solution.IsSettled)
        {
            solution = solution.Next();
        }

        return solution.RoundIfExact() ?? solution.WithZerosDecided();
    }

    /// <summary>The diagonal of the inverse of A.</summary>
    public Bounded[] InverseDiagonal() =>
        _diagonal ??= [.. Inverse.InverseDiagonal()
            .Select((value, i) => value with { Value = value.Value.Scale(-2 * Scales[i]) })];

    private InverseFactor FindInverse()
    {
        if (TryInDoubles(Packed) is { } plain)
        {
            return plain;
        }

        if (Coefficients.Size > 0 && _cholesky.Value.IsComplete
            && TryProve(Packed, Transposed(_cholesky.Value.InvertLower())) is { } wide)
        {
            return wide;
        }

        var whole = new WholeInverse(_fixedPoint.Value, Coefficients, Scales);
        return whole.Deviation < 1 ? whole
            : throw new ArithmeticException("no factor of the equations could be proved.");
    }

    private static CertifiedInverse? TryInDoubles(PackedMatrix packed)
    {
        var (high, low) = packed.ToDoubleDouble();
        return TriangularFactor.TryOf(high) is { } factor ? TryProve(packed.Size, factor.Inverse, high, low) : null;
    }

    private static CertifiedInverse? TryProve(PackedMatrix packed, PaddedRows columns)
    {
        var (high, low) = packed.ToDoubleDouble();
        return TryProve(packed.Size, columns, high, low);
    }

    private static CertifiedInverse? TryProve(int size, PaddedRows columns, PaddedRows high, PaddedRows low) =>
        size <= MostColumnsInWholeNumbers
        ? CertifiedInverse.TryOf(columns, high, low, DeviationOfDoubles, UncertaintyOfDoubles)
        : CertifiedInverse.TryOf(columns, high, low, DeviationOfMany, UncertaintyOfMany);

    private static PaddedRows Transposed(DoubleDouble[][] lower)
    {
        var transposed = new PaddedRows(lower.Length, lower.Length);
        for (var i = 0; i < lower.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                transposed[j, i] = lower[i][j].High;
            }
        }

        return transposed;
    }

    /// <summary>
    /// How many bits of the inverse the double-double factor is good for: fewer by those that the condition number (at
    /// most trace times trace of the inverse) and the size take.
    /// </summary>
    private double BitsLeft()
    {
        if (Inverse.RowPowers.Any(power => power != 0))
        {
            return 0;
        }

        var rows = Inverse.Rows;
        if (rows.Rows == 0)
        {
            return DoubleDoubleBits;
        }

        var trace = rows.Values.Sum(value => value * value);
        return DoubleDoubleBits - Math.Log2(trace * rows.Rows * rows.Rows);
    }
}
