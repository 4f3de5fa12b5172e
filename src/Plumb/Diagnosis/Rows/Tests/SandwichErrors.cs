namespace Plumb;

/// <summary>
/// Robust standard errors: with M the sum of w z z', the roots of the diagonal of M^-1 (sum of (w r / (1 - h))^2 z z')
/// M^-1.
/// </summary>
internal static class SandwichErrors
{
    /// <summary>HC3 errors of all parameters; null where there are too many.</summary>
    public static RobustErrors? Of(RowFrame frame, RowSums sums) => frame.HasProducts
        ? Of(frame, new HeteroskedasticErrors(HeteroskedasticKind.HC3), sums.Robust,
            frame.Fit.ResidualDegreesOfFreedom) with
        { RowsLeftOut = sums.RowsAlone }
        : null;

    /// <summary>The errors that were asked for; null where none were, or there are too many parameters.</summary>
    public static RobustErrors? Asked(RowFrame frame, RowSums sums)
    {
        var (asked, freedom) = (sums.Asked, frame.Fit.ResidualDegreesOfFreedom);
        if (!frame.HasProducts || frame.Asked is null or ClassicalErrors)
        {
            return null;
        }

        if (frame.Asked is HeteroskedasticErrors { Kind: var kind })
        {
            var scale = kind == HeteroskedasticKind.HC1 ? (double)frame.Fit.Rows / freedom : 1;
            return asked.Grams is not { } grams ? Of(frame, sums)
                : Of(frame, frame.Asked, (t, i, j) => scale * grams[t, i, j], freedom) with
                { RowsLeftOut = sums.RowsAlone };
        }

        if (frame.Asked is AutocorrelatedErrors)
        {
            return asked.AreWindowsFinite && frame.Lags is { Count: > 0 } lags
                ? Of(frame, frame.Asked, (t, i, j) =>
                    (double)frame.Fit.Rows / freedom / (lags[t] + 1) * asked.OfWindows(t, i, j), freedom) with
                { Lags = lags }
                : null;
        }

        // As Stata has it, and fixest: the groups' G / (G - 1), and (n - 1) / (n - k).
        var groups = asked.Groups;
        var ofRows = (double)(frame.Fit.Rows - 1) / freedom;
        var products = Enumerable.Range(0, frame.Targets.Length).Select(asked.OfClusters).ToArray();
        return Of(frame, frame.Asked, (t, i, j) => ofRows * products[t][Math.Max(i, j), Math.Min(i, j)],
            groups.Min() - 1) with
        { Groups = groups };
    }

    /// <summary>The lags of each target that the rows speak for; null where sums are out of bounds.</summary>
    public static IReadOnlyList<int>? LagsOf(RowFrame frame, AskedErrors asked)
    {
        double[][] Products(int window) => Middle(frame, (i, j) => asked.OfWindows(window, i, j));
        return asked.AreWindowsFinite ? AutomaticLags.Of(frame, t => Products(2 * t), t => Products(2 * t + 1)) : null;
    }

    private static RobustErrors Of(RowFrame frame, ErrorMethod method, Func<int, int, int, double> product,
        long freedom)
    {
        var (inputs, targets, fit) = (frame.Names.Inputs.Count, frame.Targets.Length, frame.Fit);
        var (weights, bias, known) = (new Matrix(targets, inputs), new double[targets], fit.WeightErrors);
        var (inverse, middles, units) = (Inverse(frame), new double[targets][][], new double[targets]);
        for (var t = 0; t < targets; t++)
        {
            var target = t;
            var middle = middles[t] = Middle(frame, (i, j) => product(target, i, j));
            var unit = units[t] =
                frame.Targets[t].HasResidual ? Math.ScaleB(1, frame.Targets[t].ResidualPower - frame.Power) : 0;
            for (var j = 0; j < inputs; j++)
            {
                weights[t, j] = double.IsNaN(known[t, j]) ? double.NaN : unit * Root(inverse[j], middle);
            }

            bias[t] = double.IsNaN(fit.BiasErrors[t]) ? double.NaN : unit * Root(inverse[inputs], middle);
        }

        return new RobustErrors(weights, bias, method.Name)
        {
            DegreesOfFreedom = freedom,
            Form = new SandwichCovariance(method, inverse, middles, units, freedom),
        };
    }

    /// <summary>What each parameter is of the coordinates: a row an input, then one for the bias.</summary>
    public static double[][] Inverse(RowFrame frame)
    {
        var (inputs, count) = (frame.Names.Inputs.Count, frame.Place.Count);
        var rows = RowsOf(inputs + 1, count);
        var (unit, column) = (new double[count], new double[inputs + 1]);
        for (var k = 0; k < count; k++)
        {
            unit[k] = 1;
            frame.Place.Solve(unit, column);
            unit[k] = 0;
            for (var j = 0; j <= inputs; j++)
            {
                rows[j][k] = column[j];
            }
        }

        return rows;
    }

    private static double[][] Middle(RowFrame frame, Func<int, int, double> product)
    {
        var (count, last) = (frame.Place.Count, frame.Coordinates); // the constant comes last here, and first there
        var first = frame.Fit.Settings.Bias ? 1 : 0;
        int At(int place) => place >= first ? place - first : last;
        var middle = RowsOf(count, count);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var scale = (i < first ? frame.Constant : 1) * (j < first ? frame.Constant : 1);
                middle[i][j] = middle[j][i] = product(At(i), At(j)) * scale;
            }
        }

        return middle;
    }

    /// <summary>The quadratic form of a row and a matrix.</summary>
    public static double Form(double[] row, double[][] middle)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[i] * row[j] * middle[i][j];
            }
        }

        return sum;
    }

    private static double Root(double[] row, double[][] middle) => Math.Sqrt(Math.Max(Form(row, middle), 0));

    private static double[][] RowsOf(int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}
