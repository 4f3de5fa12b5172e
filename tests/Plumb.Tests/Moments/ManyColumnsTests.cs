namespace Plumb.Tests;

/// <summary>
/// Moments of so many columns that residues are multiplied: of three slices, of four once normal values come, and of
/// mixed ones.
/// </summary>
public sealed class ManyColumnsTests
{
    private const int Columns = 120;

    [Theory]
    [InlineData(1, 20)] // more rows than the sums of residues, and those of what is beyond the slices, hold at once
    [InlineData(3, 2)]
    public void Sums_are_those_of_single_rows_and_Remove_undoes_Add(int threads, int repeats)
    {
        const int Parts = 16;
        var rows = Rows(240);
        var (single, whole, expected) =
            (new Moments(Columns - 1, 1), new Moments(VariableNames.Default(Columns - 1, 1), threads),
                new Moments(Columns - 1, 1));
        foreach (var row in rows)
        {
            single.Add(row.AsSpan(0, Columns - 1), row.AsSpan(Columns - 1));
        }

        var several = ToDataset([.. Enumerable.Repeat(rows, Parts).SelectMany(part => part)]);
        for (var i = 0; i < repeats; i++)
        {
            whole.Add(several);
        }

        for (var i = 0; i < repeats * Parts; i++)
        {
            expected.Merge(single);
        }

        Assert.Equal(expected, whole);
        whole.Remove(several);
        for (var i = 0; i < Parts; i++)
        {
            expected.Remove(single);
        }

        Assert.Equal(MomentsTests.Bytes(expected), MomentsTests.Bytes(whole));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sums_of_a_thousand_columns_are_those_of_a_few_at_a_time(int threads)
    {
        const int Count = 1100; // more than residues are collected of before they are multiplied
        const int Many = 9 * Columns;
        var rows = Rows(Count);
        double[][] wide =
            [.. rows.Select((row, i) =>
                Enumerable.Range(0, Many).Select(j => rows[(i + j / Columns * 50) % Count][j % Columns]).ToArray())];
        var moments = new Moments(VariableNames.Default(Many - 1, 1), threads);
        moments.Add(ToDataset(wide));
        foreach (var start in new[] { 0, 13 })
        {
            int[] chosen = [.. Enumerable.Range(0, 27).Select(k => start + 39 * k)];
            var names = new VariableNames([.. chosen.Select(j => moments.Names.Inputs[j])], moments.Names.Targets);
            var few = new Moments(names, 1);
            few.Add(
                new Dataset(Matrix.Create(Count, chosen.Length, (i, k) => wide[i][chosen[k]]),
                    Matrix.Create(Count, 1, (i, _) => wide[i][^1]), names));
            Assert.Equal(MomentsTests.Bytes(few), MomentsTests.Bytes(moments.Select(names)));
        }

        moments.Remove(ToDataset(wide));
        Assert.Equal(MomentsTests.Bytes(new Moments(moments.Names)), MomentsTests.Bytes(moments));
    }

    [Fact]
    public void More_inputs_than_rows_meet_every_target_and_that_is_proved()
    {
        const int Count = 40;
        var data = ToDataset(Rows(Count));
        var fit = new LeastSquares().Fit(Moments.Of(data));

        Assert.Equal(Count, fit.Rank);
        Assert.Equal(Columns - Count, fit.NullSpace.Count);
        Assert.Equal((0.0, 1.0), (fit.ResidualSumOfSquares[0], fit.RSquared[0]));
        Assert.Equal(Accuracy.MostDigits, fit.Accuracy.ResidualSumOfSquares[0]);
        for (var i = 0; i < Count; i++)
        {
            var terms = fit.Map.WeightsOf(0).ToArray().Select((weight, j) => weight * data.Inputs[i, j])
                .Append(fit.Map.Bias[0]).ToArray();
            Assert.Equal(data.Targets[i, 0], terms.Sum(), 1e-12 * terms.Sum(Math.Abs));
        }
    }

    /// <summary>
    /// Columns of uniform and normal numbers, whole numbers, zeros and wide ranges; the last rows are the widest, and
    /// one number may lie beyond all slices.
    /// </summary>
    internal static double[][] Rows(int count, int extreme = -1)
    {
        var random = new RandomSource(13);
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Columns).Select(j => (j % 11) switch
        {
            0 => random.NextNormal(),
            1 => i > count - 70 ? random.NextNormal() * Math.ScaleB(1, random.NextIndex(50)) : random.NextIndex(1000),
            2 when j < 3 => i == extreme ? 1e150 : random.NextDouble(),
            3 => i < count / 2 ? random.NextDouble() : random.NextNormal(),
            4 when j < 9 => 0,
            5 => random.NextIndex(2) - 0.25,
            _ => random.NextDouble() - 0.5,
        }).ToArray())];
    }

    internal static Dataset ToDataset(double[][] rows) =>
        Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])]);
}
