using System.Globalization;

namespace Plumb.Tests.Rows;

/// <summary>
/// How often well-specified data are warned of: each family of tests errs in one data set of a thousand.
/// </summary>
public sealed class RowLevelTests
{
    [Fact]
    public void At_most_3_of_300_well_specified_data_sets_are_warned_of()
    {
        var warned = new List<string>();
        for (var k = 0; k < 300; k++)
        {
            var data = WellSpecified(new RandomSource(k, 77), k);
            var report = RowSamples.Look(data, inOrder: k % 5 == 0);
            if (report.Findings.Any(finding => finding.Severity != Severity.Information))
            {
                warned.Add(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{k} ({data.Rows} rows, {data.Inputs.Columns} inputs): "
                            + $"{string.Join(" ", report.Findings.Select(finding => finding.Message))}"));
            }
        }

        Assert.True(warned.Count <= 3, string.Join("\n", warned));
    }

    private static Dataset WellSpecified(RandomSource random, int k)
    {
        var inputs = 1 + k % 10;
        var rows = (int)Math.Round(10 * Math.Pow(100, random.NextDouble())); // 10 to 1000
        rows = Math.Max(rows, inputs + 2);
        var isNormal = k / 10 % 2 == 0;
        double[]? weights = k / 20 % 2 == 0 ? null
            : [.. Enumerable.Range(0, rows).Select(_ => 0.1 + 10 * random.NextDouble())];
        var x = Matrix.Create(rows, inputs, (_, _) => isNormal ? random.NextNormal() : random.NextDouble());
        var y = Matrix.Create(rows, 1 + k % 3,
            (i, t) => 1 + (t + 2) * x[i, 0] + random.NextNormal() / Math.Sqrt(weights?[i] ?? 1));
        return new Dataset(x, y) { Weights = weights is null ? null : RowWeights.Precisions(weights) };
    }
}
