namespace Plumb.Tests.Rows;

/// <summary>What textbooks say of the rows of a fit with bias, in plain doubles: hat values from Q of a QR.</summary>
internal sealed class PlainRows
{
    public PlainRows(Dataset data, int target)
    {
        var (n, p) = (data.Rows, data.Inputs.Columns + 1);
        Roots = [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(data.Weights?.Values[i] ?? 1))];
        double[] measured = [.. Enumerable.Range(0, n).Select(i => data.Targets[i, target])];
        var left = measured.Select((value, i) => value * Roots[i]).ToArray();
        Leverages = new double[n];
        foreach (var q in Orthonormal(data, p))
        {
            var part = Dot(q, left);
            for (var i = 0; i < n; i++)
            {
                left[i] -= part * q[i];
                Leverages[i] += q[i] * q[i];
            }
        }

        Residuals = [.. left.Select((value, i) => value / Roots[i])];
        Fitted = [.. measured.Select((value, i) => value - Residuals[i])];
        var variance = Dot(left, left) / (Roots.Count(root => root > 0) - p);
        Standardized = [.. left.Select((value, i) => value / Math.Sqrt(variance * (1 - Leverages[i])))];
        Distances = [.. Standardized.Select((value, i) => value * value * Leverages[i] / (1 - Leverages[i]) / p)];
    }

    public double[] Roots { get; }

    public double[] Leverages { get; }

    public double[] Fitted { get; }

    public double[] Residuals { get; }

    public double[] Standardized { get; }

    public double[] Distances { get; }

    // Gram and Schmidt, twice.
    private List<double[]> Orthonormal(Dataset data, int p)
    {
        var basis = new List<double[]>();
        for (var k = 0; k < p; k++)
        {
            double[] column = [.. Roots.Select((root, i) => root * (k == 0 ? 1 : data.Inputs[i, k - 1]))];
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var other in basis)
                {
                    var part = Dot(other, column);
                    column = [.. column.Select((value, i) => value - part * other[i])];
                }
            }

            var length = Math.Sqrt(Dot(column, column));
            basis.Add([.. column.Select(value => value / length)]);
        }

        return basis;
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
