namespace Plumb.Numerics;

/// <summary>
/// Refines a solution with exact residuals as <see cref="CertifiedSolution"/> does, to the same numbers, in words and
/// doubles instead of objects: where an inverse factor in doubles has been proved, and a few words hold the numbers.
/// </summary>
internal sealed class Refinement
{
    private const int SpareWords = 4; // of the residual, beyond an element of the matrix: steps take two or three
    private const int ValueWords = 6; // of the solution: its steps of 50 bits and their differences in size
    private const int MostRounds = 7;

    private readonly FixedVector _values;
    private readonly FixedVector _residual;
    private readonly Judgement _judgement;

    private Refinement(FixedVector values, FixedVector residual, Judgement judgement) =>
        (_values, _residual, _judgement) = (values, residual, judgement);

    /// <summary>The solution, in the scaled coordinates.</summary>
    public Dyadic[] Values => _values.ToDyadic();

    /// <summary>What it leaves, exactly.</summary>
    public Dyadic[] Residual => _residual.ToDyadic();

    /// <summary>What is proved of it.</summary>
    public ErrorBounds Bounds => _judgement.ToBounds();

    /// <summary>Refines 0 until every element is good to 90 bits or nothing beside the largest; null where that takes
    /// more than is at hand here.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="inverse">Its inverse factor.</param>
    /// <param name="rightHandSide">b, scaled.</param>
    /// <param name="spread">How far A's powers of two are apart.</param>
    public static Refinement? Of(PackedMatrix matrix, CertifiedInverse inverse, Dyadic[] rightHandSide, int spread)
    {
        var width = matrix.ProductWords;
        if (width == 0 || FixedVector.TryOf(rightHandSide, width + SpareWords) is not { } residual)
        {
            return null;
        }

        var values = new FixedVector(rightHandSide.Length, ValueWords);
        var product = new ulong[rightHandSide.Length * width];
        var negative = new ulong[rightHandSide.Length];
        var judgement = inverse.Judge(residual);
        for (var round = 0; round < MostRounds; round++)
        {
            var most = 0L;
            for (var i = 0; i < negative.Length; i++)
            {
                negative[i] = (ulong)-judgement.Step[i];
                most = Math.Max(most, Math.Abs(judgement.Step[i]));
            }

            matrix.Multiply(judgement.Step, product);
            var grid = judgement.Grid;
            var size = grid + PackedMatrix.StepBits + BitsOf(rightHandSide.Length);
            if (most > 0 && !(values.TrySubtract(negative, 1, grid, grid + PackedMatrix.StepBits)
                && residual.TrySubtract(product, width, grid + matrix.ProductGrid, size)))
            {
                return null;
            }

            judgement = inverse.Judge(residual);
            if (IsSettled(values, judgement, spread))
            {
                return new Refinement(values, residual, judgement);
            }
        }

        return null;
    }

    private static int BitsOf(int count) => 1 + (int)Math.Log2(count);

    private static bool IsSettled(FixedVector values, Judgement judgement, int spread)
    {
        const int Wanted = PositiveDefiniteSolver.WantedBits;
        var nothing = values.Magnitude - Wanted - spread;
        for (var i = 0; i < values.Length; i++)
        {
            if (judgement.MagnitudeOfError(i) is { } error && error >= values.MagnitudeOf(i) - Wanted
                && !(values.MagnitudeOf(i) < nothing && error < nothing - CertifiedSolution.Guard))
            {
                return false;
            }
        }

        return true;
    }
}
