namespace Plumb.Tests;

/// <summary>Squares that moments keep tell in which input a target is curved, without the rows.</summary>
public sealed class CurvatureTests
{
    [Fact]
    public void Parabola_is_curved_in_its_input()
    {
        var (_, rows) = Reference.Csv("verdicts", "anscombe2.csv");
        var tests = Tests(Data(rows.Length, 1, (i, _) => rows[i][0], i => rows[i][1]));
        var test = Assert.Single(tests);
        Assert.Equal(("x1", "y1"), (test.Input, test.Target));

        // The square of Student's t of the square's weight.
        var wider =
            new LeastSquares().Fit(
                Moments.Of(
                    Data(rows.Length, 2, (i, j) => j == 0 ? rows[i][0] : rows[i][0] * rows[i][0], i => rows[i][1])));
        var ratio = wider.Map.WeightsOf(0)[1] / wider.WeightErrors[0, 1];
        Assert.Equal(ratio * ratio, test.F);
        Assert.Equal(1, wider.PValue(wider.Map.WeightsOf(0)[1], wider.WeightErrors[0, 1]) / test.PValue, 1e-10);

        var finding = Assert.Single(CurvatureFindings.Of(tests));
        Assert.Equal((Severity.Warning, "curved"), (finding.Severity, finding.Code));
        Assert.StartsWith("'y1' is curved in x1 (F test of its square: ", finding.Message, StringComparison.Ordinal);
        Assert.Equal((Question.Affine, Answer.Fails),
            (CurvatureFindings.EvidenceOf(tests).Question, CurvatureFindings.EvidenceOf(tests).Answer));
    }

    [Fact]
    public void Of_several_inputs_the_curved_one_is_named()
    {
        // x1 follows x3, and so does its square; x3 is where the target is curved.
        var random = new RandomSource(8);
        var x = Matrix.Create(60, 4, (_, _) => random.NextNormal());
        x = Matrix.Create(60, 4, (i, j) => j == 0 ? x[i, 2] + 0.3 * x[i, 0] : x[i, j]);
        var finding =
            Assert.Single(
                CurvatureFindings.Of(
                    Tests(
                        Data(60, 4, (i, j) => x[i, j],
                            i => 1 + x[i, 0] - x[i, 1] + 0.5 * x[i, 2] * x[i, 2] + 0.1 * random.NextNormal()))));
        Assert.StartsWith("'y1' is curved in x3 (", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("among 4 inputs).", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exact_parabola_leaves_no_residual()
    {
        var tests = Tests(Data(7, 1, (i, _) => i - 2, i => i * i));
        Assert.Equal((double.PositiveInfinity, 0.0), (Assert.Single(tests).F, tests[0].PValue));
        Assert.Equal("'y1' is curved in x1 (its square leaves no residual).",
            Assert.Single(CurvatureFindings.Of(tests)).Message);
    }

    [Fact]
    public void Columns_of_two_values_and_fits_without_noise_tell_nothing()
    {
        var random = new RandomSource(2);
        Assert.Empty(Tests(Data(20, 1, (i, _) => i % 2, i => i % 2 + random.NextNormal())));
        Assert.Empty(Tests(Data(20, 1, (i, _) => i, i => 3 * i + 1)));
        Assert.Empty(Tests(Data(3, 2, (i, j) => i * i + j * i, i => i)));
        Assert.Equal(Answer.NotLookedAt, CurvatureFindings.EvidenceOf([]).Answer);
    }

    [Fact]
    public void Affine_truths_are_not_called_curved()
    {
        const int Sets = 1000;
        var random = new RandomSource(31);
        var (found, small) = (0, 0);
        for (var set = 0; set < Sets; set++)
        {
            var (rows, inputs) = (10 + set % 40, 1 + set % 4);
            var x = Matrix.Create(rows, inputs, (_, _) => random.NextNormal());
            var tests = Tests(Data(rows, inputs, (i, j) => x[i, j], i => x[i, 0] + random.NextNormal()));
            found += CurvatureFindings.Of(tests).Count;
            small += tests[0].PValue < 0.1 ? 1 : 0;
        }

        Assert.InRange(found, 0, 5); // one is expected at a level of a thousandth
        Assert.InRange(small, 62, 138); // a tenth, give or take four standard deviations
    }

    [Fact]
    public void Units_and_origins_change_no_test() =>
        (from seed in Gen.Long
         from unit in Gen.Int[-20, 20]
         from shift in Gen.Int[-1000, 1000]
         from rows in Gen.Int[6, 20]
         select (seed, unit, shift, rows)).Sample(problem =>
     {
         var random = new RandomSource(problem.seed);
         var x = Matrix.Create(problem.rows, 2, (_, _) => Math.Round(random.NextNormal() * 1024) / 1024);
         var y = Matrix.Create(problem.rows, 1, (i, _) => Math.Round((x[i, 0] + random.NextNormal()) * 1024) / 1024);
         var before = Tests(Data(problem.rows, 2, (i, j) => x[i, j], i => y[i, 0]));
         var after =
             Tests(
                 Data(problem.rows, 2, (i, j) => Math.ScaleB(x[i, j] + problem.shift, problem.unit),
                     i => Math.ScaleB(y[i, 0] - problem.shift, -problem.unit)));
         return before.Zip(after).All(pair => Math.Abs(pair.First.F - pair.Second.F) <= 1e-12 * pair.First.F);
     }, iter: 200);

    [Fact]
    public void Merged_moments_keep_squares_as_if_all_rows_had_come_at_once()
    {
        var random = new RandomSource(5);
        var x = Matrix.Create(30, 2, (_, _) => random.NextNormal());
        Dataset Rows(int from,
            int to) => Data(to - from, 2, (i, j) => x[from + i, j], i => x[from + i, 0] * x[from + i, 1]);
        var (all, parts) = (Keeping(Rows(0, 30)), Keeping(Rows(0, 11)));
        parts.Merge(Keeping(Rows(11, 30)));
        Assert.Equal(Saved(all), Saved(parts));
        Assert.Throws<ArgumentException>(() => parts.Merge(Moments.Of(Data(5, 4, (i, j) => x[i, j % 2], i => i))));
    }

    [Fact]
    public void Files_keep_which_inputs_are_squares()
    {
        var moments = Keeping(Data(6, 2, (i, j) => i * i + j * i, i => i));
        var loaded = Moments.Load(new MemoryStream(Saved(moments)));
        Assert.Equal([new KeptSquare("x1", "x1^2"), new KeptSquare("x2", "x2^2")], loaded.Squares);
        Assert.Equal(["x1", "x2", "x1^2", "x2^2"], loaded.Names.Inputs);
        Assert.Equal(moments, loaded);
        Assert.Equal(Saved(moments), Saved(loaded));
        Assert.Equal(["x1", "x2"], loaded.WithoutSquares().Names.Inputs);
        Assert.Equal(Moments.Of(Data(6, 2, (i, j) => i * i + j * i, i => i)), loaded.WithoutSquares());
        Assert.Empty(loaded.Select(loaded.Names).Squares);
    }

    [Fact]
    public void Files_that_name_no_input_for_a_square_are_damaged()
    {
        var bytes = Saved(Keeping(Data(6, 2, (i, j) => i * i + j * i, i => i)));
        const int PlaceOfFirst = 8 + 4 + 4 + 8 + 4 + 4 + 4; // magic, version, decimals, rows, inputs, targets, squares
        bytes[PlaceOfFirst] = 2; // itself a square
        Assert.Contains("as the place of an input",
            Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(bytes))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Powers_among_the_inputs_are_not_kept_twice()
    {
        var design = new Design([new Term("a"), new Term("a", 2), new Term("b", 60)], ["b^2"]).WithSquares();
        Assert.Equal([new KeptSquare("a^2", "a^4")], design.Squares);
        Assert.Equal(["a", "a^2", "b^60", "a^4"], design.Names.Inputs);
    }

    [Fact]
    public void Squares_of_decimals_are_those_of_the_decimals()
    {
        var names = new VariableNames(["a"], ["y"]);
        var moments = new DecimalMoments(Design.Of(names).WithSquares());
        moments.Add(
            new DecimalRows(new[,] { { 0.1m }, { 0.2m }, { 0.3m }, { 0.7m } },
                new[,] { { 0.01m }, { 0.04m }, { 0.09m }, { 0.49m } }, names));
        var loaded = Moments.Load(new MemoryStream(Saved(moments.ToMoments())));
        var test = Assert.Single(Curvature.Of(loaded, new LeastSquares().Fit(loaded.WithoutSquares())));
        Assert.Equal((double.PositiveInfinity, 0.0), (test.F, test.PValue)); // y = a^2, exactly in the decimals
    }

    private static IReadOnlyList<Curvature> Tests(Dataset data)
    {
        var moments = Keeping(data);
        return Curvature.Of(moments, new LeastSquares().Fit(moments.WithoutSquares()));
    }

    private static Moments Keeping(Dataset data)
    {
        var moments = new Moments(Design.Of(data.Names).WithSquares());
        moments.Add(data);
        return moments;
    }

    private static byte[] Saved(Moments moments)
    {
        using var stream = new MemoryStream();
        moments.Save(stream);
        return stream.ToArray();
    }

    private static Dataset Data(int rows, int inputs, Func<int, int, double> x, Func<int, double> y) =>
        new(Matrix.Create(rows, inputs, x), Matrix.Create(rows, 1, (i, _) => y(i)));
}
