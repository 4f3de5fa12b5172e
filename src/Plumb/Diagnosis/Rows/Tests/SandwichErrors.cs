namespace Plumb.Diagnosis;

/// <summary>
/// Robust standard errors: with M the sum of w z z', the roots of the diagonal of M^-1 (sum of (w r / (1 - h))^2 z z')
/// M^-1.
/// </summary>
internal static class SandwichErrors
{
    /// <summary>HC3 errors of all parameters; null where there are too many.</summary>
    public static RobustErrors? Of(RowFrame frame, RowSums sums) => frame.HasProducts
        ? Of(frame, new HeteroskedasticErrors(HeteroskedasticKind.HC3), Middles(frame, sums.Robust),
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
                : Of(frame, frame.Asked, Middles(frame, (t, i, j) => scale * grams[t, i, j]), freedom) with
                { RowsLeftOut = sums.RowsAlone };
        }

        if (frame.Asked is AutocorrelatedErrors)
        {
            return asked.AreWindowsFinite && frame.Lags is { Count: > 0 } lags
                ? Of(frame, frame.Asked, Middles(frame, (t, i, j) =>
                    (double)frame.Fit.Rows / freedom / (lags[t] + 1) * asked.OfWindows(t, i, j)), freedom) with
                { Lags = lags }
                : null;
        }

        if (frame.Asked is BootstrapErrors { Resamples: var replicates })
        {
            var draws = BootstrapDraws.Of(frame, Inverse(frame),
                [.. Enumerable.Range(0, frame.Targets.Length).Select(t => UnitOf(frame, t))], asked.Bootstrap!,
                replicates);
            return draws.Count < 2 ? null : Of(frame, frame.Asked, draws.Covariance, freedom) with
            {
                Draws = draws,
                Replicates = draws.Count,
                ReplicatesLeftOut = replicates - draws.Count,
            };
        }

        if (asked.Clusters.Products is not null)
        {
            return OfGroups(frame, asked.Clusters);
        }

        // As Stata has it, and fixest: the groups' G / (G - 1), and (n - 1) / (n - k).
        var groups = asked.Clusters.Groups;
        var ofRows = (double)(frame.Fit.Rows - 1) / freedom;
        var products = Enumerable.Range(0, frame.Targets.Length).Select(asked.Clusters.ProductsOfScores).ToArray();
        var middles = Middles(frame, (t, i, j) => ofRows * products[t][Math.Max(i, j), Math.Min(i, j)]);
        return groups.Length > 1 && HasNegativeVariance(frame, middles) ? null
            : Of(frame, frame.Asked, middles, groups.Min() - 1) with { Groups = groups };
    }

    // Of two groupings, as what their pairs have is taken away; beyond what rounding makes of a variance of 0.
    private static bool HasNegativeVariance(RowFrame frame, Func<int, double[][]> middleOf)
    {
        const double Rounding = 1e-9;
        return Enumerable.Range(0, frame.Targets.Length).Any(t =>
        {
            var middle = middleOf(t);
            double[][] sizes = [.. middle.Select(row => row.Select(Math.Abs).ToArray())];
            return Inverse(frame).Where((_, j) => j == frame.Names.Inputs.Count ? !double.IsNaN(frame.Fit.BiasErrors[t])
                    : !double.IsNaN(frame.Fit.WeightErrors[t, j]))
                .Any(row => Form(row, middle) < -Rounding * Form([.. row.Select(Math.Abs)], sizes));
        });
    }

    /// <summary>Why the errors that were asked for are none; null where nobody asked.</summary>
    public static string? WhyNone(RowFrame frame, RowSums sums) => frame.Asked is null or ClassicalErrors ? null
        : frame.Fit.NearDependences.Count > 0 ? "the inputs are too nearly dependent"
        : !frame.HasProducts ? FormattableString.Invariant(
            $"there are {frame.Coordinates} independent inputs, expected at most {RowFrame.MostForProducts}")
        : frame.Asked is BootstrapErrors && sums.IsFinite ? "fewer than two replicates determine the weights"
        : frame.Asked is ClusteredErrors { Second: not null } && sums.IsFinite
        ? "clustered two ways, a weight's variance comes out negative, as it may where groups are few or oppose each "
            + "other: cluster by one column"
        : "sums over the rows leave the range of double precision";

    /// <summary>The lags of each target that the rows speak for; null where sums are out of bounds.</summary>
    public static IReadOnlyList<int>? LagsOf(RowFrame frame, AskedErrors asked)
    {
        double[][] Products(int window) => Middle(frame, (i, j) => asked.OfWindows(window, i, j));
        return asked.AreWindowsFinite ? AutomaticLags.Of(frame, t => Products(2 * t), t => Products(2 * t + 1)) : null;
    }

    // CR2: each group's scores times (1 - M)^-1/2, with M what it has of the products of orthonormal coordinates.
    private static RobustErrors OfGroups(RowFrame frame, ClusterSums sums)
    {
        var (size, targets, unit) = (frame.Place.Count, frame.Targets.Length, Math.ScaleB(1, -2 * frame.Power));
        var (clusters, first) = (new BiasReducedClusters(), frame.Fit.Settings.Bias ? 1 : 0);
        var middles = Enumerable.Range(0, targets).Select(_ => RowsOf(size, size)).ToArray();
        foreach (var (scores, products) in sums.InOrder())
        {
            var roots = clusters.Add(Middle(frame, (i, j) =>
                unit * products[Math.Max(i, j) * (Math.Max(i, j) + 1) / 2 + Math.Min(i, j)]));
            for (var t = 0; t < targets; t++)
            {
                double[] own = [.. Enumerable.Range(0, size).Select(k =>
                    k < first ? scores[t][frame.Coordinates] * frame.Constant : scores[t][k - first])];
                double[] adjusted = [.. roots.Select(row => row.Zip(own, (root, score) => root * score).Sum())];
                for (var i = 0; i < size; i++)
                {
                    for (var j = 0; j < size; j++)
                    {
                        middles[t][i][j] += adjusted[i] * adjusted[j];
                    }
                }
            }
        }

        var found = Of(frame, frame.Asked!, t => middles[t], sums.Groups[0] - 1, clusters);
        return found with { Groups = sums.Groups, Freedoms = [.. Inverse(frame).Select(clusters.Freedom)] };
    }

    private static Func<int, double[][]> Middles(RowFrame frame, Func<int, int, int, double> product) =>
        target => Middle(frame, (i, j) => product(target, i, j));

    private static double UnitOf(RowFrame frame, int target) => frame.Targets[target].HasResidual
        ? Math.ScaleB(1, frame.Targets[target].ResidualPower - frame.Power) : 0;

    private static RobustErrors Of(RowFrame frame, ErrorMethod method, Func<int, double[][]> middleOf, long freedom,
        BiasReducedClusters? clusters = null)
    {
        var (inputs, targets, fit) = (frame.Names.Inputs.Count, frame.Targets.Length, frame.Fit);
        var (weights, bias, known) = (new Matrix(targets, inputs), new double[targets], fit.WeightErrors);
        var (inverse, middles, units) = (Inverse(frame), new double[targets][][], new double[targets]);
        for (var t = 0; t < targets; t++)
        {
            var middle = middles[t] = middleOf(t);
            var unit = units[t] = UnitOf(frame, t);
            for (var j = 0; j < inputs; j++)
            {
                weights[t, j] = double.IsNaN(known[t, j]) ? double.NaN : unit * Root(inverse[j], middle);
            }

            bias[t] = double.IsNaN(fit.BiasErrors[t]) ? double.NaN : unit * Root(inverse[inputs], middle);
        }

        return new RobustErrors(weights, bias, method.Name)
        {
            DegreesOfFreedom = freedom,
            Form = new SandwichCovariance(method, inverse, middles, units, freedom, clusters),
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
