namespace Plumb.Numerics;

/// <summary>
/// The singular values and right singular vectors of a matrix of full row rank, small ones as accurate relative to
/// themselves as large ones, whatever the range of its columns:
/// an orthogonal factorization with column pivoting, then one-sided Jacobi rotations of the factor's rows.
/// Drmac and Veselic, New fast and accurate Jacobi SVD algorithm, SIAM J. Matrix Anal. Appl. 29, 2008.
/// </summary>
internal static class SingularValues
{
    private const int MostSweeps = 60;

    /// <summary>
    /// Decomposes a matrix of full row rank: one singular value a row, descending; none for directions in which every
    /// column is below 2^-85 of its length.
    /// </summary>
    /// <param name="columns">Its columns, lengths near 1; column j stands for 2^exponents[j] times what it holds. Used
    /// up.</param>
    /// <param name="exponents">A power of two per column.</param>
    public static SingularValue[] Of(DoubleDouble[][] columns, int[] exponents)
    {
        var rows = PivotedFactor(columns, exponents);
        for (var (sweep, rotated) = (0, true); rotated && sweep < MostSweeps; sweep++)
        {
            rotated = Sweep(rows);
        }

        return [.. rows.Select(row => row.ToValue()).OrderByDescending(value => value.Exponent)
            .ThenByDescending(value => value.Fraction)];
    }

    /// <summary>
    /// Rotates every pair of rows once, in rounds of pairs that share no row, as in a tournament: a round's rotations
    /// can be done at once. False where all rows are orthogonal already.
    /// Brent and Luk, The solution of singular-value and symmetric eigenvalue problems on multiprocessor arrays, SIAM
    /// J. Sci. Stat. Comput. 6, 1985.
    /// </summary>
    private static bool Sweep(GradedRow[] rows)
    {
        const int Share = 32; // pairs that a thread takes at a time
        var players = rows.Length + rows.Length % 2; // one of an odd number has a rest
        var rotated = 0;
        for (var round = 0; round < players - 1; round++)
        {
            var pairs = players / 2;
            var current = round;
            ParallelFor.ForEach((pairs + Share - 1) / Share, share =>
            {
                for (var pair = share * Share; pair < Math.Min(pairs, (share + 1) * Share); pair++)
                {
                    // The last stays in its place, the others move on round by round.
                    var one = pair == 0 ? players - 1 : (current + pair) % (players - 1);
                    var other = (current + players - 1 - pair) % (players - 1);
                    var (i, j) = (Math.Min(one, other), Math.Max(one, other));
                    if (j < rows.Length
                        && (rows[i].Exponent >= rows[j].Exponent ? Rotate(rows[i], rows[j]) : Rotate(rows[j], rows[i])))
                    {
                        Interlocked.Exchange(ref rotated, 1);
                    }
                }
            });
        }

        return rotated == 1;
    }

    /// <summary>
    /// R of Q R = A, its rows in the order of the pivots, which descend: modified Gram-Schmidt in double-double, good
    /// to a double's last bit for columns within 2^-50 of dependence.
    /// </summary>
    private static GradedRow[] PivotedFactor(DoubleDouble[][] columns, int[] exponents)
    {
        const int Share = 8; // columns that a thread takes at a time
        var wide = new WideRows(columns);
        var rows = new List<GradedRow>();
        var rest = Enumerable.Range(0, columns.Length).ToList();
        while (LargestOf(wide, exponents, rest) is { } largest)
        {
            var (pivot, magnitude) = largest;
            var length = DoubleDouble.Sqrt(wide.Dot(pivot, pivot));
            wide.Divide(pivot, length);
            var row = new double[PaddedRows.RoundUp(columns.Length)];
            row[pivot] = length.Scale(exponents[pivot] - magnitude).High;
            rest.Remove(pivot);
            ParallelFor.ForEach((rest.Count + Share - 1) / Share, share =>
            {
                for (var r = share * Share; r < Math.Min(rest.Count, (share + 1) * Share); r++)
                {
                    var j = rest[r];
                    var inner = wide.Dot(pivot, j);
                    row[j] = inner.Scale(exponents[j] - magnitude).High;
                    wide.Subtract(j, inner, pivot);
                }
            });
            rows.Add(new GradedRow(row, magnitude, columns.Length));
        }

        return [.. rows];
    }

    /// <summary>
    /// The longest of the columns that are left, and its length's power of two; columns of which rounding is left are
    /// left no more.
    /// </summary>
    private static (int Column, int Magnitude)? LargestOf(WideRows columns, int[] exponents, List<int> rest)
    {
        // What dependent columns of length 1 leave in double-double.
        const double Rounding = 1.0 / (1L << 42) / (1L << 43);
        var (column, magnitude, fraction) = (-1, int.MinValue, 0.0);
        var lengths = rest.ToDictionary(j => j, columns.LengthOf);
        rest.RemoveAll(j => lengths[j] < Rounding);
        foreach (var j in rest)
        {
            var own = Math.ILogB(lengths[j]);
            var (ownMagnitude, ownFraction) = (own + exponents[j], Math.ScaleB(lengths[j], -own));
            if (ownMagnitude > magnitude || (ownMagnitude == magnitude && ownFraction > fraction))
            {
                (column, magnitude, fraction) = (j, ownMagnitude, ownFraction);
            }
        }

        return column < 0 ? null : (column, magnitude);
    }

    /// <summary>Makes two rows orthogonal, the first of the greater exponent; false where they are already.</summary>
    private static bool Rotate(GradedRow large, GradedRow small)
    {
        const double Unit = 1.0 / (1L << 52);
        const int Apart = 60; // powers of two: a row as much smaller does not change the larger one
        var (x, y) = (large.Elements, small.Elements);
        var (xx, yy, xy) = (large.Square, small.Square, RowProducts.Dot(x, y));
        if (Math.Abs(xy) <= Unit * Math.Sqrt(large.Length) * Math.Sqrt(xx) * Math.Sqrt(yy))
        {
            return false;
        }

        if (large.Exponent - small.Exponent > Apart)
        {
            (large.Square, small.Square) = RowProducts.Combine(x, y, 1, 0, -xy / xx, 1);
            return true;
        }

        var ratio = Math.ScaleB(1, small.Exponent - large.Exponent);
        var zeta = (yy * ratio - xx / ratio) / (2 * xy);
        var tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = cosine * tangent;
        (large.Square, small.Square) = RowProducts.Combine(x, y, cosine, -sine * ratio, sine / ratio, cosine);
        return true;
    }

    /// <summary>2^Exponent times its elements, the largest of which stays near 1.</summary>
    private sealed class GradedRow(double[] elements, int exponent, int length)
    {
        /// <summary>Filled up with zeros to a multiple of eight.</summary>
        public double[] Elements { get; } = elements;

        public int Length => length;

        /// <summary>The sum of the elements' squares.</summary>
        public double Square { get; set; } = RowProducts.Dot(elements, elements);

        public int Exponent { get; } = exponent;

        public SingularValue ToValue()
        {
            var norm = Math.Sqrt(Square);
            var shift = Math.ILogB(norm);
            return new SingularValue(Math.ScaleB(norm, -shift), Exponent + shift,
                [.. Elements.Take(length).Select(value => value / norm)]);
        }
    }
}
