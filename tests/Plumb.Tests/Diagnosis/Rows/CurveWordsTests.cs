namespace Plumb.Tests.Rows;

/// <summary>A curve is told in the column that bends, not in a power of it that is among the inputs.</summary>
public sealed class CurveWordsTests
{
    [Fact]
    public void Relation_with_a_power_too_few_is_curved_in_the_column()
    {
        var named = 0;
        for (var k = 0; k < 20; k++)
        {
            var random = new RandomSource(k, 27);
            double[] x = [.. Enumerable.Range(0, 200).Select(_ => 3 * random.NextDouble())];
            var rows = new Dataset(Matrix.Create(200, 1, (i, _) => x[i]),
                Matrix.Create(200, 1, (i, _) => x[i] * x[i] * x[i] + random.NextNormal() / 5),
                new VariableNames(["x"], ["y"]));
            var design = new Design([new Term("x"), new Term("x", 2)], ["y"]);
            var moments = new Moments(design);
            moments.Add(rows);
            var tests = new RowTests(new LeastSquares().Fit(moments));
            tests.Add(design.Expand(rows));
            var curved = tests.Report().Findings.Single(finding => finding.Code is "reset" or "bends");
            Assert.DoesNotContain("'x^2'", curved.Message + curved.Remedy, StringComparison.Ordinal);
            named += curved.Message.Contains("in 'x' (adding the square of x^2", StringComparison.Ordinal)
                && curved.Remedy.StartsWith("Add further powers of 'x' as inputs", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(named, 15, 20);
    }
}
