namespace Plumb.Numerics;

/// <summary>
/// An inverse factor in doubles. D is evaluated in twice their precision, with a bound on what rounding did there.
/// </summary>
internal sealed class CertifiedInverse : InverseFactor
{
    private const double Most = 1e100; // of the elements: products of three such numbers stay in range
    private const double Underflow = InverseDeviation.Underflow;
    private const double RoundedUp = InverseDeviation.RoundedUp;

    private readonly PaddedRows _columns; // J', row by row
    private readonly PaddedRows _deviation; // D
    private readonly double _uncertainty; // a bound on the row sums of |D - what is held of it|

    private CertifiedInverse(PaddedRows columns, PaddedRows matrixHigh, PaddedRows matrixLow)
    {
        _columns = columns;
        Rows = columns.Transpose();
        var deviation = new InverseDeviation(Rows, matrixHigh, matrixLow);
        var bounds = deviation.RowBounds;
        _deviation = deviation.Elements;
        _uncertainty = bounds.DefaultIfEmpty(0).Max();
        double[] sums = [.. bounds.Select((bound, i) =>
            bound + RowProducts.SumOfMagnitudes(_deviation.Row(i)) * RoundedUp)];
        Deviation = Array.TrueForAll(sums, double.IsFinite) ? sums.DefaultIfEmpty(0).Max() : double.PositiveInfinity;
    }

    public override double Deviation { get; }

    public override PaddedRows Rows { get; }

    public override IReadOnlyList<int> RowPowers => field ??= new int[Rows.Rows];

    /// <summary>A bound on the relative error of elements of the inverse that comes of how D is known.</summary>
    public double Uncertainty => _uncertainty;

    /// <summary>Proves an inverse factor good enough; null where it is not.</summary>
    /// <param name="columns">J', row by row.</param>
    /// <param name="high">A, its elements at most 1 in magnitude, in double-double.</param>
    /// <param name="low">What high lacks.</param>
    /// <param name="mostDeviation">The bound that D must keep to; below 1.</param>
    /// <param name="mostUncertainty">How well D must be known.</param>
    public static CertifiedInverse? TryOf(PaddedRows columns, PaddedRows high, PaddedRows low, double mostDeviation,
        double mostUncertainty)
    {
        foreach (var value in columns.Values)
        {
            if (!(Math.Abs(value) < Most))
            {
                return null;
            }
        }

        var inverse = new CertifiedInverse(columns, high, low);
        return inverse.Deviation <= mostDeviation && inverse.Uncertainty <= mostUncertainty ? inverse : null;
    }

    public override ErrorBounds Judge(Dyadic[] residual)
    {
        var (vector, magnitude) = ToDoubleDouble(residual);
        var projection = Multiply(Rows, vector);
        var step = Multiply(_columns, projection);
        return JudgementOf(Bounds(projection, vector, magnitude), SpreadBounds,
            OnGrid(step.High(0)[..Rows.Rows], magnitude));
    }

    /// <summary>
    /// 2^magnitude times doubles, as far as they reach on a grid that gives the largest
    /// <see cref="PackedMatrix.StepBits"/> bits: more than a step gains.
    /// </summary>
    private static Dyadic[] OnGrid(ReadOnlySpan<double> step, int magnitude)
    {
        var largest = 0.0;
        foreach (var value in step)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        var grid = largest == 0 ? 0 : Math.ILogB(largest) + 1 - PackedMatrix.StepBits;
        var rounded = new Dyadic[step.Length];
        for (var i = 0; i < rounded.Length; i++)
        {
            rounded[i] = new Dyadic((long)Math.ScaleB(step[i], -grid), grid + magnitude);
        }

        return rounded;
    }

    public override Dyadic[] Project(Dyadic[] vector)
    {
        var (wide, magnitude) = ToDoubleDouble(vector);
        return Bounds(Multiply(Rows, wide), wide, magnitude);
    }

    public override Bounded QuadraticForm(Dyadic[] vector)
    {
        var (wide, magnitude) = ToDoubleDouble(vector);
        var projection = Multiply(Rows, wide);
        // The length of what rounding took.
        var lost = Math.Sqrt(Enumerable.Range(0, Rows.Rows).Sum(i => Math.Pow(Lost(i, wide), 2))) * RoundedUp;
        var high = projection.High(0);
        var image = new double[high.Length];
        for (var k = 0; k < _deviation.Rows; k++)
        {
            image[k] = RowProducts.Dot(_deviation.Row(k), high);
        }

        var form = Form(high, Square(projection), image);
        var share = lost / Math.Sqrt(form.Value.High);
        if (wide.IsZero || !(share < 0.1))
        {
            return new Bounded(form.Value.ToDyadic().Scale(2 * magnitude), wide.IsZero ? 0 : double.PositiveInfinity);
        }

        const double Spare = 4; // (1 + a) / (1 - a) and the share of the exact form, each below 2
        return new Bounded(form.Value.ToDyadic().Scale(2 * magnitude),
            (form.Error + Spare * (2 * share + share * share)) * RoundedUp);
    }

    public override Bounded[] InverseDiagonal()
    {
        var size = Rows.Rows;
        var diagonal = new Bounded[size];
        var nothing = new double[_columns.Stride];
        ParallelFor.ForEach((size + RowProducts.Tile - 1) / RowProducts.Tile,
            () => new PaddedRows(RowProducts.Tile, size), (share, image) =>
        {
            // Columns of J, which begin at their own element, and what D makes of them.
            var first = share * RowProducts.Tile;
            var height = Math.Min(RowProducts.Tile, size - first);
            var from = PaddedRows.RoundDown(first);
            Span<double> products = stackalloc double[RowProducts.Tile * RowProducts.Tile];
            for (var k = 0; k < size; k += RowProducts.Tile)
            {
                RowProducts.Dots(_columns, first, _deviation, k, from, _columns.Stride, products);
                for (var i = 0; i < height; i++)
                {
                    products.Slice(RowProducts.Tile * i, Math.Min(RowProducts.Tile, size - k))
                        .CopyTo(image.Row(i)[k..]);
                }
            }

            for (var i = 0; i < height; i++)
            {
                var column = _columns.Row(first + i);
                var (value, error) = Form(column, AccurateProducts.Dot(column, column, nothing), image.Row(i));
                diagonal[first + i] = new Bounded(value.ToDyadic(), error);
            }
        });
        return diagonal;
    }

    public override double[] InverseMagnitudesTimes(ReadOnlySpan<double> vector)
    {
        var size = _columns.Rows;
        var padded = new double[_columns.Stride];
        vector.CopyTo(padded);
        var sums = new double[size];
        ParallelFor.ForEach((size + RowProducts.Tile - 1) / RowProducts.Tile, share =>
        {
            var first = share * RowProducts.Tile;
            Span<double> products = stackalloc double[RowProducts.Tile * RowProducts.Tile];
            for (var j = 0; j < size; j += RowProducts.Tile)
            {
                RowProducts.Dots(_columns, first, _columns, j, PaddedRows.RoundDown(Math.Max(first, j)),
                    _columns.Stride, products);
                for (var i = 0; i < Math.Min(RowProducts.Tile, size - first); i++)
                {
                    for (var c = 0; c < Math.Min(RowProducts.Tile, size - j); c++)
                    {
                        sums[first + i] += Math.Abs(products[RowProducts.Tile * i + c]) * padded[j + c];
                    }
                }
            }
        });
        return sums;
    }

    /// <summary>
    /// z'z + z'D z + z'D^2 z for a row of doubles, and its relative error as a value of z'(I - D)^-1 z.
    /// </summary>
    /// <param name="z">The row.</param>
    /// <param name="square">z'z.</param>
    /// <param name="image">D z.</param>
    private (DoubleDouble Value, double Error) Form(ReadOnlySpan<double> z, DoubleDouble square,
        ReadOnlySpan<double> image)
    {
        var (first, second) = (RowProducts.Dot(z, image), RowProducts.Dot(image, image));
        var rounding = 4 * RowProducts.Gamma(2 * z.Length + 4) * Deviation + 4 * AccurateProducts.DotError(z.Length);
        var error = (_uncertainty * (1 + 3 * Deviation) + rounding + TailOfForm) / (1 - Deviation);
        return (square + first + second, error * RoundedUp + Underflow);
    }

    /// <summary>|matrix| vector.</summary>
    private static double[] Magnitudes(PaddedRows matrix, double[] vector)
    {
        var product = new double[PaddedRows.RoundUp(matrix.Rows)];
        for (var i = 0; i < matrix.Rows; i++)
        {
            product[i] = RowProducts.DotOfMagnitudes(matrix.Row(i), vector);
        }

        return product;
    }

    /// <summary>|J'| times bounds, as bounds.</summary>
    private Dyadic[] SpreadBounds(Dyadic[] bounds)
    {
        var (vector, magnitude) = ToDoubleDouble(bounds);
        if (vector.IsZero)
        {
            return bounds;
        }

        var spread = Magnitudes(_columns, vector.High(0).ToArray());
        return [.. Enumerable.Range(0, _columns.Rows).Select(i =>
        {
            var lost = Underflow * (1 + RowProducts.SumOfMagnitudes(_columns.Row(i)));
            return ((Dyadic)(spread[i] * RoundedUp + lost)).Scale(magnitude);
        })];
    }

    private static WideRows Multiply(PaddedRows matrix, WideRows vector)
    {
        var product = new WideRows(1, matrix.Rows);
        for (var i = 0; i < matrix.Rows; i++)
        {
            product[0, i] = AccurateProducts.Dot(matrix.Row(i), vector.High(0), vector.Low(0));
        }

        return product;
    }

    /// <summary>The square of a vector's length.</summary>
    private DoubleDouble Square(WideRows vector)
    {
        DoubleDouble sum = 0;
        for (var i = 0; i < Rows.Rows; i++)
        {
            sum += vector[0, i] * vector[0, i];
        }

        return sum;
    }

    /// <summary>Bounds on |J v| from what was computed.</summary>
    private Dyadic[] Bounds(WideRows projection, WideRows vector, int magnitude) =>
        [.. Enumerable.Range(0, Rows.Rows)
            .Select(i => ((Dyadic)(Math.Abs(projection[0, i].High) * RoundedUp + Lost(i, vector))).Scale(magnitude))];

    /// <summary>A bound on what rounding took of an element of J v; 0 where v is.</summary>
    private double Lost(int i, WideRows vector) =>
        vector.IsZero ? 0
            : (RowProducts.DotOfMagnitudes(Rows.Row(i), vector.High(0)) * AccurateProducts.DotError(Rows.Columns)
                + Underflow * (1 + RowProducts.SumOfMagnitudes(Rows.Row(i)))) * RoundedUp;

    /// <summary>A vector as 2^magnitude times double-doubles, the largest near 1.</summary>
    private static (WideRows Vector, int Magnitude) ToDoubleDouble(Dyadic[] vector)
    {
        var magnitude = vector.Max(value => value.Magnitude);
        var wide = new WideRows(1, vector.Length);
        for (var i = 0; i < vector.Length; i++)
        {
            wide[0, i] = DoubleDouble.Of(vector[i].Scale(-magnitude));
        }

        return (wide, vector.Any(value => !value.IsZero) ? magnitude : 0);
    }
}
