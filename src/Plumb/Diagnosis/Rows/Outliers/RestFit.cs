using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The least-squares fit of the rows that are not left out, with the tests of what it takes for granted.
/// </summary>
internal sealed class RestFit
{
    private const double Dependent = 1e-10; // of a column's length, squared: what is left of it without the others

    private readonly List<CoordinateRow> _rows;
    private readonly LowerFactor _lower;
    private readonly double[] _solved; // L^-1 times coordinates, of one row at a time

    private RestFit(List<CoordinateRow> rows, bool[] isOut, LowerFactor lower, double[] coefficients)
    {
        (_rows, IsOut, _lower, Coefficients, _solved) =
            (rows, isOut, lower, coefficients, new double[coefficients.Length]);
    }

    /// <summary>Which rows are left out.</summary>
    public bool[] IsOut { get; }

    /// <summary>How many are not.</summary>
    public int Count { get; private init; }

    /// <summary>These less coefficients.</summary>
    public int Freedom => Count - Coefficients.Length;

    /// <summary>By coordinates.</summary>
    public double[] Coefficients { get; }

    /// <summary>The mean squared residual a degree of freedom.</summary>
    public double Variance { get; private set; }

    /// <summary>The fit; null where the rest determines less than all rows do, or too little is left.</summary>
    public static RestFit? Of(List<CoordinateRow> rows, bool[] isOut, RowProductSums all, int rank,
        double leastVariance)
    {
        var (sums, count) = (all.Clone(), 0);
        for (var i = 0; i < isOut.Length; i++)
        {
            count += isOut[i] ? 0 : 1;
            if (isOut[i])
            {
                sums.Add(rows[i].Coordinates, rows[i].Residual, -1);
            }
        }

        if (count <= rank + 1 || sums.Factor() is not { } lower || sums.Solve() is not { } coefficients)
        {
            return null;
        }

        var fit = new RestFit(rows, isOut, lower, coefficients) { Count = count };
        fit.Variance = Math.Max(fit.Rest().Sum(row => Square(fit.Residual(row))) / fit.Freedom, leastVariance);
        return fit;
    }

    /// <summary>A product of two vectors.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var k = 0; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }

    /// <summary>A square.</summary>
    public static double Square(double value) => value * value;

    /// <summary>
    /// How far a row lies from what the others say, in standard errors: a row left out from the fit, another from the
    /// fit without it as well.
    /// </summary>
    public double Studentized(CoordinateRow row, bool isOut)
    {
        row.Coordinates.CopyTo(_solved, 0);
        _lower.SolveLower(_solved);
        var (residual, leverage) = (Residual(row), Dot(_solved, _solved));
        if (isOut)
        {
            return residual / Math.Sqrt(Variance * (1 + leverage));
        }

        // What is left of a leverage of 1, or of a variance that is all this row's, is rounding.
        const double Rounding = 1e-10;
        var without = (Freedom * Variance - residual * residual / (1 - leverage)) / (Freedom - 1);
        return 1 - leverage <= Rounding ? 0
            : residual / Math.Sqrt(Math.Max(without, Rounding * Variance) * (1 - leverage));
    }

    /// <summary>Whether Ramsey's RESET says that the rest does not bend.</summary>
    public bool IsAffine(double level)
    {
        var predictions = Rest().Select(row => row.Prediction + Dot(row.Coordinates, Coefficients) / row.Root)
            .ToArray();
        var centre = predictions.Average();
        var unit = Math.Sqrt(predictions.Sum(value => Square(value - centre)) / Count);
        double Place(int i) => (predictions[i] - centre) / unit;
        double[] first = [.. Rest().Select((row, i) => row.Root * Square(Place(i)))];
        double[] second = [.. Rest().Select((row, i) => row.Root * Square(Place(i)) * Place(i))];
        if (!(unit > 0) || Freedom <= 2)
        {
            return true;
        }

        // What the inputs do not explain of the square, then of the cube.
        var (lengths, count, gain) = ((double[])[Dot(first, first), Dot(second, second)], 0, 0.0);
        var residuals = Rest().Select(Residual).ToArray();
        double[][] powers = [Remainder(first), Remainder(second)];
        for (var k = 0; k < powers.Length; k++)
        {
            var square = Dot(powers[k], powers[k]);
            if (square > Dependent * lengths[k])
            {
                gain += Square(Dot(powers[k], residuals)) / square;
                count++;
                var factor = k == 0 ? Dot(powers[0], powers[1]) / square : 0;
                powers[1] = k == 0 ? [.. powers[1].Zip(powers[0], (own, other) => own - factor * other)] : powers[1];
            }
        }

        var (freedom, sum) = (Freedom - count, Variance * Freedom);
        var left = Math.Max(sum - gain, Dependent * sum);
        return count == 0 || FisherF.UpperTail(gain / count / (left / freedom), count, freedom) >= level;
    }

    /// <summary>Whether Koenker's test says that the rest's noise does not change with the inputs.</summary>
    public bool IsEven(double level)
    {
        double[] squares = [.. Rest().Select(row => Square(Residual(row)))];
        var mean = squares.Average();
        double[] deviations = [.. squares.Select(value => value - mean)];
        var (total, rest) = (Dot(deviations, deviations), Remainder(deviations));
        var freedom = Coefficients.Length - 1;
        return freedom < 1 || !(total > Dependent * mean * mean)
            || ChiSquared.UpperTail(Count * (1 - Dot(rest, rest) / total), freedom) >= level;
    }

    private IEnumerable<CoordinateRow> Rest() => _rows.Where((_, i) => !IsOut[i]);

    private double Residual(CoordinateRow row) => row.Residual - Dot(row.Coordinates, Coefficients);

    /// <summary>What a fit of a column of the rest leaves of it.</summary>
    private double[] Remainder(double[] column)
    {
        var coefficients = new double[Coefficients.Length];
        foreach (var (row, value) in Rest().Zip(column))
        {
            for (var k = 0; k < coefficients.Length; k++)
            {
                coefficients[k] += row.Coordinates[k] * value;
            }
        }

        _lower.SolveLower(coefficients);
        _lower.SolveUpper(coefficients);
        return [.. Rest().Zip(column, (row, value) => value - Dot(row.Coordinates, coefficients))];
    }
}
