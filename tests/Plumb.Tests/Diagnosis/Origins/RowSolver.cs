namespace Plumb.Tests.Origins;

/// <summary>What other programs do with rows, in plain doubles: least squares by Householder's reflections, lasso and
/// elastic net by coordinate descent over rows, gradient descent.</summary>
internal static class RowSolver
{
    /// <summary>The w with the least |X w - y|^2 + sum of penalties[j] w[j]^2.</summary>
    public static double[] Squares(double[][] rows, double[] y, double[] penalties)
    {
        var size = penalties.Length;
        List<double[]> all = [.. rows.Select((row, i) => (double[])[.. row, y[i]])];
        all.AddRange(penalties.Select((penalty, j) =>
            (double[])[.. Enumerable.Range(0, size).Select(k => k == j ? Math.Sqrt(penalty) : 0), 0]));
        for (var j = 0; j < size; j++)
        {
            var length = Math.Sqrt(all.Skip(j).Sum(row => row[j] * row[j]));
            var head = all[j][j] > 0 ? -length : length;
            double[] reflector = [.. all.Skip(j).Select((row, i) => i == 0 ? row[j] - head : row[j])];
            var square = reflector.Sum(value => value * value);
            for (var k = j; k <= size; k++)
            {
                var factor = 2 * reflector.Select((value, i) => value * all[j + i][k]).Sum() / square;
                for (var i = 0; i < reflector.Length; i++)
                {
                    all[j + i][k] -= factor * reflector[i];
                }
            }
        }

        var w = new double[size];
        for (var j = size - 1; j >= 0; j--)
        {
            w[j] = (all[j][size] - Enumerable.Range(j + 1, size - j - 1).Sum(k => all[j][k] * w[k])) / all[j][j];
        }

        return w;
    }

    /// <summary>The w with the least |X w - y|^2 / (2 n) + alpha (ratio |w|_1 + (1 - ratio) / 2 |w|^2), until the
    /// largest move is a part of the largest weight and the duality gap is as small, as scikit-learn does.</summary>
    public static double[] ElasticNet(double[][] rows, double[] y, double alpha, double ratio, double tolerance)
    {
        var (n, size) = (rows.Length, rows[0].Length);
        var (absolute, square) = (n * alpha * ratio, n * alpha * (1 - ratio));
        var w = new double[size];
        var residual = (double[])y.Clone();
        double[] norms = [.. Enumerable.Range(0, size).Select(j => rows.Sum(row => row[j] * row[j]))];
        for (var sweep = 0; sweep < 200_000; sweep++)
        {
            var (largest, moved) = (0.0, 0.0);
            for (var j = 0; j < size; j++)
            {
                var before = w[j];
                var pull = before * norms[j];
                for (var i = 0; i < n; i++)
                {
                    pull += rows[i][j] * residual[i];
                }

                w[j] = Math.Sign(pull) * Math.Max(Math.Abs(pull) - absolute, 0) / (norms[j] + square);
                for (var i = 0; i < n && w[j] != before; i++)
                {
                    residual[i] -= rows[i][j] * (w[j] - before);
                }

                (largest, moved) = (Math.Max(largest, Math.Abs(w[j])), Math.Max(moved, Math.Abs(w[j] - before)));
            }

            if (largest == 0
                || (moved <= tolerance * largest
                && Gap(rows, y, w, residual, absolute, square) <= tolerance * y.Sum(value => value * value)))
            {
                break;
            }
        }

        return w;
    }

    /// <summary>So many steps of gradient descent on the mean square.</summary>
    public static double[] Descend(double[][] rows, double[] y, double[] start, double rate, int steps)
    {
        var w = (double[])start.Clone();
        for (var step = 0; step < steps; step++)
        {
            var slope = new double[w.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var residual = y[i];
                for (var j = 0; j < w.Length; j++)
                {
                    residual -= rows[i][j] * w[j];
                }

                for (var j = 0; j < w.Length; j++)
                {
                    slope[j] += rows[i][j] * residual;
                }
            }

            for (var j = 0; j < w.Length; j++)
            {
                w[j] += 2 * rate * slope[j] / rows.Length;
            }
        }

        return w;
    }

    private static double Gap(double[][] rows, double[] y, double[] w, double[] residual, double absolute,
        double square)
    {
        var correlations = Enumerable.Range(0, w.Length).Select(j =>
            rows.Select((row, i) => row[j] * residual[i]).Sum() - square * w[j]);
        var largest = correlations.Max(Math.Abs);
        var (squares, ownSquares, ownAbsolutes) = (residual.Sum(r => r * r), w.Sum(v => v * v), w.Sum(Math.Abs));
        var factor = largest > absolute ? absolute / largest : 1;
        return (largest > absolute ? 0.5 * (squares + squares * factor * factor) : squares)
            + absolute * ownAbsolutes - factor * residual.Select((r, i) => r * y[i]).Sum()
                + 0.5 * square * (1 + factor * factor) * ownSquares;
    }
}
