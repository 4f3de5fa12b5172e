namespace Plumb.Numerics;

/// <summary>
/// An approximate inverse J of the factor of a symmetric matrix A, J A J' = I - D, with a proved bound on D below 1: so
/// A is nonsingular, and what J says of solutions can be bounded.
/// Rump, Accurate solution of dense linear systems, SIAM J. Matrix Anal. Appl. 33, 2012.
/// </summary>
internal abstract class InverseFactor
{
    /// <summary>A bound on the row sums of |D|, below 1.</summary>
    public abstract double Deviation { get; }

    /// <summary>J in doubles, row by row, each row divided by 2^<see cref="RowPowers"/>.</summary>
    public abstract PaddedRows Rows { get; }

    /// <summary>The powers of two that bring the rows of J into the range of doubles: 0 where they are in it.</summary>
    public abstract IReadOnlyList<int> RowPowers { get; }

    /// <summary>What a residual says of a solution.</summary>
    /// <param name="residual">One number an equation, in the scaled coordinates.</param>
    public abstract ErrorBounds Judge(Dyadic[] residual);

    /// <summary>Bounds on |J v|, element by element.</summary>
    public abstract Dyadic[] Project(Dyadic[] vector);

    /// <summary>v'A^-1 v.</summary>
    public abstract Bounded QuadraticForm(Dyadic[] vector);

    /// <summary>The diagonal of A^-1.</summary>
    public abstract Bounded[] InverseDiagonal();

    /// <summary>|A^-1| h for an h that is not negative, to a double's accuracy but without a proof.</summary>
    public abstract double[] InverseMagnitudesTimes(ReadOnlySpan<double> vector);

    /// <summary>a / (1 - a), a the deviation: what the powers of D add up to at most.</summary>
    protected double Tail => 1.0000001 * Deviation / (1 - Deviation);

    /// <summary>
    /// A bound on the relative error of z'z + z'D z + z'D^2 z as a value of z'(I - D)^-1 z: the cubes and beyond.
    /// </summary>
    protected double TailOfForm => Deviation * Deviation * Tail;

    /// <summary>The judgement that bounds on |J s| lead to.</summary>
    /// <param name="projection">The bounds.</param>
    /// <param name="spread">Takes bounds v to bounds on |J'| v.</param>
    /// <param name="step">About A^-1 s.</param>
    protected ErrorBounds JudgementOf(Dyadic[] projection, Func<Dyadic[], Dyadic[]> spread, Dyadic[] step)
    {
        const double RoundedUp = 1.0000001;
        var tail = projection.Aggregate(Dyadic.Zero, (most, value) => most > value ? most : value) * Tail;
        Dyadic[] reach = [.. projection.Select(value => (value + tail).RoundUp())];
        var square = projection.Aggregate(Dyadic.Zero, (sum, value) => (sum + value * value).RoundUp())
            * (RoundedUp / (1 - Deviation));
        return new ErrorBounds(reach, spread(reach), square, step);
    }
}
