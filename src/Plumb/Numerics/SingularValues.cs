namespace Plumb.Numerics;

/// <summary>
/// The singular values and right singular vectors of a matrix of full row rank, small ones as accurate relative to themselves as large ones, whatever the range of its columns:
/// an orthogonal factorization with column pivoting, then one-sided Jacobi rotations of the factor's rows.
/// Drmac and Veselic, New fast and accurate Jacobi SVD algorithm, SIAM J. Matrix Anal. Appl. 29, 2008.
/// </summary>
internal static class SingularValues
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes a matrix of full row rank: one singular value a row, descending; none for directions in which every column is below 2^-85 of its length.</summary>
    /// <param name="columns">Its columns, lengths near 1; column j stands for 2^exponents[j] times what it holds. Used up.</param>
    /// <param name="exponents">A power of two a column.</param>
    public static SingularValue[] Of(DoubleDouble[][] columns, int[] exponents)
    {
        var rows = PivotedFactor(columns, exponents);
        for (var (sweep, rotated) = (0, true); rotated && sweep < MostSweeps; sweep++)
        {
            rotated = false;
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = i + 1; j < rows.Length; j++)
                {
                    rotated |= rows[i].Exponent >= rows[j].Exponent ? Rotate(rows[i], rows[j]) : Rotate(rows[j], rows[i]);
                }
            }
        }

        return [.. rows.Select(row => row.ToValue()).OrderByDescending(value => value.Exponent).ThenByDescending(value => value.Fraction)];
    }

    /// <summary>R of Q R = A, its rows in the order of the pivots, which descend: modified Gram-Schmidt in double-double, good to a double's last bit for columns within 2^-50 of dependence.</summary>
    private static GradedRow[] PivotedFactor(DoubleDouble[][] columns, int[] exponents)
    {
        var rows = new List<GradedRow>();
        var rest = Enumerable.Range(0, columns.Length).ToList();
        while (LargestOf(columns, exponents, rest) is { } largest)
        {
            var (pivot, magnitude) = largest;
            var unit = columns[pivot];
            var length = DoubleDouble.Sqrt(Dot(unit, unit));
            for (var i = 0; i < unit.Length; i++)
            {
                unit[i] /= length;
            }

            var row = new double[columns.Length];
            row[pivot] = length.Scale(exponents[pivot] - magnitude).High;
            rest.Remove(pivot);
            foreach (var j in rest)
            {
                var inner = Dot(unit, columns[j]);
                row[j] = inner.Scale(exponents[j] - magnitude).High;
                for (var i = 0; i < unit.Length; i++)
                {
                    columns[j][i] -= inner * unit[i];
                }
            }

            rows.Add(new GradedRow(row, magnitude));
        }

        return [.. rows];
    }

    /// <summary>The longest of the columns that are left, and its length's power of two; columns of which rounding is left are left no more.</summary>
    private static (int Column, int Magnitude)? LargestOf(DoubleDouble[][] columns, int[] exponents, List<int> rest)
    {
        const double Rounding = 1.0 / (1L << 42) / (1L << 43); // what dependent columns of length 1 leave in double-double
        var (column, magnitude, fraction) = (-1, int.MinValue, 0.0);
        var lengths = rest.ToDictionary(j => j, j => Math.Sqrt(columns[j].Sum(value => value.High * value.High)));
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
        var (xx, yy, xy) = (Dot(x, x), Dot(y, y), Dot(x, y));
        if (Math.Abs(xy) <= Unit * Math.Sqrt(x.Length) * Math.Sqrt(xx) * Math.Sqrt(yy))
        {
            return false;
        }

        if (large.Exponent - small.Exponent > Apart)
        {
            for (var k = 0; k < x.Length; k++)
            {
                y[k] -= xy / xx * x[k];
            }

            return true;
        }

        var ratio = Math.ScaleB(1, small.Exponent - large.Exponent);
        var zeta = (yy * ratio - xx / ratio) / (2 * xy);
        var tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = cosine * tangent;
        for (var k = 0; k < x.Length; k++)
        {
            var (a, b) = (x[k], y[k]);
            x[k] = cosine * a - sine * ratio * b;
            y[k] = sine / ratio * a + cosine * b;
        }

        return true;
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += x[k] * y[k];
        }

        return sum;
    }

    private static DoubleDouble Dot(DoubleDouble[] x, DoubleDouble[] y)
    {
        DoubleDouble sum = 0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += x[k] * y[k];
        }

        return sum;
    }

    /// <summary>2^Exponent times its elements, the largest of which stays near 1.</summary>
    private sealed class GradedRow(double[] elements, int exponent)
    {
        public double[] Elements { get; } = elements;

        public int Exponent { get; } = exponent;

        public SingularValue ToValue()
        {
            var length = Math.Sqrt(Dot(Elements, Elements));
            var shift = Math.ILogB(length);
            return new SingularValue(Math.ScaleB(length, -shift), Exponent + shift, [.. Elements.Select(value => value / length)]);
        }
    }
}
