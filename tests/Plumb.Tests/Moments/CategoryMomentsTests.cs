namespace Plumb.Tests;

/// <summary>Sums by code give the same bits as columns that are made of the codes by hand.</summary>
public sealed class CategoryMomentsTests
{
    private const int FirstCodes = 5;
    private const int SecondCodes = 3;

    private static readonly VariableNames s_names = new(["u", "kind", "v", "place"], ["y"]);

    private static readonly Gen<Dataset> s_data = Gen.Select(
            MomentsTests.s_value, Gen.Int[0, FirstCodes - 1], MomentsTests.s_value, Gen.Int[0, SecondCodes - 1],
            MomentsTests.s_value)
        .Array[1, 60].Select(rows => new Dataset(
            Matrix.Create(rows.Length, 4, (i, j) => j switch
            {
                0 => rows[i].Item1,
                1 => rows[i].Item2,
                2 => rows[i].Item3,
                _ => rows[i].Item4,
            }),
            Matrix.Create(rows.Length, 1, (i, _) => rows[i].Item5),
            s_names));

    private static readonly Gen<(int[] First, int[] Second, int[] Third)> s_contrasts = Gen.Select(
        Gen.Int[-3, 3].Array[FirstCodes], Gen.Int[-3, 3].Array[FirstCodes], Gen.Int[0, 1].Array[SecondCodes]);

    [Fact]
    public void Inputs_made_of_codes_have_the_moments_of_columns_made_by_hand() =>
        Gen.Select(s_data, s_contrasts).Sample((data, contrasts) =>
        {
            var keyed = Of(data);
            return Expand(keyed, contrasts).Equals(ByHand(data, contrasts));
        });

    [Fact]
    public void Order_and_parts_cannot_show() =>
        Gen.Select(s_data, s_contrasts, Gen.Int[1, 7]).Sample((data, contrasts, chunk) =>
        {
            var parts = Enumerable.Range(0, data.Rows).Reverse().Chunk(chunk).Select(rows => Of(Pick(data, rows)))
                .ToList();
            parts.Skip(1).ToList().ForEach(parts[0].Merge);
            return Expand(parts[0], contrasts).Equals(Expand(Of(data), contrasts));
        });

    [Fact]
    public void Renumbering_the_codes_cannot_show() =>
        Gen.Select(s_data, s_contrasts).Sample((data, contrasts) =>
        {
            var turned = new Dataset(
                Matrix.Create(data.Rows, 4, (i, j) => j == 1 ? FirstCodes - 1 - data.Inputs[i, j] : data.Inputs[i, j]),
                data.Targets, data.Names);
            return Expand(Of(turned), ([.. contrasts.First.Reverse()], [.. contrasts.Second.Reverse()],
                contrasts.Third)).Equals(Expand(Of(data), contrasts));
        });

    [Fact]
    public void More_rows_than_a_grid_is_found_for_at_once_still_add_up_exactly()
    {
        var keyed = new CategoryMoments(s_names, ["kind", "place"]);
        var whole = new Moments(new VariableNames(["k2"], ["y"]));
        for (var block = 0; block < 30; block++) // magnitudes rise, so that the grids do
        {
            var scale = Math.Pow(1000, block - 10);
            var data = new Dataset(
                Matrix.Create(100, 4, (i, j) => j % 2 == 1 ? (i + block) % (j == 1 ? FirstCodes : SecondCodes) : i),
                Matrix.Create(100, 1, (i, _) => (i - 50.3) * scale), s_names);
            keyed.Add(data);
            whole.Add(new Dataset(Matrix.Create(100, 1, (i, _) => data.Inputs[i, 1] == 2 ? 1 : 0), data.Targets,
                whole.Names));
        }

        var expanded = keyed.Expand([("kind", [0, 0, 1, 0, 0])], Design.Of(whole.Names));
        Assert.True(expanded.Equals(whole));
    }

    [Fact]
    public void A_code_that_is_none_is_refused_and_nothing_is_added()
    {
        var keyed = new CategoryMoments(s_names, ["kind", "place"]);
        var bad = new Dataset(new Matrix(new double[,] { { 1, 0.5, 2, 0 } }), new Matrix(new double[,] { { 3 } }),
            s_names);
        Assert.Contains("'kind' holds 0.5", Assert.Throws<ArgumentException>(() => keyed.Add(bad)).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, keyed.Rows);
    }

    private static CategoryMoments Of(Dataset data)
    {
        var keyed = new CategoryMoments(s_names, ["kind", "place"], threads: 1);
        keyed.Add(data);
        return keyed;
    }

    private static readonly VariableNames s_expanded = new(["k1", "v", "k2", "p1"], ["y"]);

    private static Moments Expand(CategoryMoments keyed, (int[] First, int[] Second, int[] Third) contrasts) =>
        keyed.Expand([("kind", contrasts.First), ("v", null), ("kind", contrasts.Second), ("place", contrasts.Third)],
            Design.Of(s_expanded));

    private static Moments ByHand(Dataset data, (int[] First, int[] Second, int[] Third) contrasts) =>
        Moments.Of(new Dataset(
            Matrix.Create(data.Rows, 4, (i, j) => j switch
            {
                0 => contrasts.First[(int)data.Inputs[i, 1]],
                1 => data.Inputs[i, 2],
                2 => contrasts.Second[(int)data.Inputs[i, 1]],
                _ => contrasts.Third[(int)data.Inputs[i, 3]],
            }),
            data.Targets, s_expanded));

    private static Dataset Pick(Dataset data, int[] rows) => new(
        Matrix.Create(rows.Length, 4, (i, j) => data.Inputs[rows[i], j]),
        Matrix.Create(rows.Length, 1, (i, j) => data.Targets[rows[i], j]), data.Names);
}
