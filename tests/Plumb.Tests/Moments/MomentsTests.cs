using System.Security.Cryptography;

namespace Plumb.Tests;

/// <summary>Moments are an exact commutative group.</summary>
public sealed class MomentsTests
{
    private const int Inputs = 2;
    private const int Targets = 2;

    /// <summary>Doubles of every kind: ordinary, whole, short decimals, huge, tiny, subnormal, zero.</summary>
    internal static readonly Gen<double> s_value = Gen.OneOf(
        Gen.Double[-1, 1],
        Gen.Int[-100, 100].Select(i => (double)i),
        Gen.Int[-10000, 10000].Select(i => i / 100.0),
        Gen.Double[-1e300, 1e300],
        Gen.Double[-1e-300, 1e-300],
        Gen.Int[-5, 5].Select(i => i * double.Epsilon));

    internal static readonly Gen<Dataset> s_data =
        Gen.OneOf(s_value, Gen.Double[-10, 10]).Array[Inputs + Targets].Array[1, 40].Select(ToDataset);

    private static readonly Gen<Dataset> s_ordinary =
        Gen.Double[-10, 10].Array[Inputs + Targets].Array[1, 40].Select(ToDataset);

    [Fact]
    public void Add_in_any_order_and_any_chunks_gives_equal_moments() =>
        Gen.Select(s_data, Gen.Long, Gen.Int[1, 7]).Sample((data, seed, chunk) =>
        {
            var order = Enumerable.Range(0, data.Rows).ToArray();
            Shuffle(order, new RandomSource(seed));
            var chunked = new Moments(data.Names);
            foreach (var rows in order.Chunk(chunk))
            {
                chunked.Add(Pick(data, rows));
            }

            return chunked.Equals(Moments.Of(data));
        });

    [Fact]
    public void Add_row_by_row_equals_adding_the_whole() =>
        s_ordinary.Sample(data =>
        {
            var moments = new Moments(data.Names);
            for (var i = 0; i < data.Rows; i++)
            {
                moments.Add(data.Inputs.Row(i), data.Targets.Row(i));
            }

            return moments.Equals(Moments.Of(data));
        });

    [Fact]
    public void Merge_commutes_and_equals_adding_both() =>
        Gen.Select(s_data, s_data).Sample((left, right) =>
        {
            var (first, second, both) = (Moments.Of(left), Moments.Of(right), Moments.Of(left));
            both.Add(right);
            first.Merge(Moments.Of(right));
            second.Merge(Moments.Of(left));
            return first.Equals(both) && second.Equals(both);
        });

    [Fact]
    public void Remove_undoes_Add_exactly() =>
        Gen.Select(s_data, s_data).Sample((kept, gone) =>
        {
            var moments = Moments.Of(kept);
            moments.Add(gone);
            var other = moments.Clone();
            moments.Remove(gone);
            other.Remove(Moments.Of(gone));
            return moments.Equals(Moments.Of(kept)) && other.Equals(moments) && moments.Rows == kept.Rows;
        });

    [Fact]
    public void Clone_and_what_it_copies_change_apart() =>
        Gen.Select(s_data, s_data, Gen.Bool.Array[1, 6]).Sample((start, more, changesCopy) =>
        {
            var moments = Moments.Of(start);
            var expected = Moments.Of(start);
            foreach (var change in changesCopy)
            {
                var copy = moments.Clone();
                var (changed, kept) = change ? (copy, moments) : (moments, copy);
                changed.Add(more);
                if (!kept.Equals(expected))
                {
                    return false;
                }

                expected.Merge(Moments.Of(more));
                moments = changed;
            }

            return moments.Equals(expected);
        });

    [Fact]
    public void Sums_are_those_of_exact_arithmetic() =>
        s_data.Sample(data =>
        {
            var moments = Moments.Of(data);
            var sum = Numerics.Dyadic.Zero;
            for (var i = 0; i < data.Rows; i++)
            {
                sum += (Numerics.Dyadic)data.Inputs[i, 1] * data.Targets[i, 0];
            }

            return moments.CrossProduct(1, 0) == sum;
        });

    [Fact]
    public void Blocks_longer_than_one_give_the_same_sums()
    {
        var random = new RandomSource(3);
        var data =
            ToDataset(
                [.. Enumerable.Range(0, 5000)
                    .Select(_ => Enumerable.Range(0, Inputs + Targets).Select(_ => random.NextNormal()).ToArray())]);
        var halves = Moments.Of(Pick(data, [.. Enumerable.Range(0, 2500)]));
        halves.Add(Pick(data, [.. Enumerable.Range(2500, 2500)]));
        Assert.Equal(Moments.Of(data), halves);
    }

    [Fact]
    public void Add_of_a_value_that_is_not_finite_is_refused_and_adds_nothing()
    {
        var moments = new Moments(1, 1);
        var error = Assert.Throws<ArgumentException>(() => moments.Add([1.0], [double.NaN]));
        Assert.Contains("'y1'", error.Message);
        Assert.Equal(new Moments(1, 1), moments);
    }

    [Fact]
    public void Add_of_another_shape_is_refused() =>
        Assert.Contains("2 inputs",
            Assert.Throws<ArgumentException>(() => new Moments(1, 1).Add([1.0, 2.0], [1.0])).Message);

    [Fact]
    public void Only_and_Without_are_the_moments_of_those_columns() =>
        s_data.Sample(data =>
        {
            var moments = Moments.Of(data);
            var swapped = moments.Select(new VariableNames(["y2", "x1"], ["x2"]));
            var expected = new Moments(2, 1);
            for (var i = 0; i < data.Rows; i++)
            {
                expected.Add([data.Targets[i, 1], data.Inputs[i, 0]], [data.Inputs[i, 1]]);
            }

            return swapped.Equals(expected)
                && moments.Drop("y1").Equals(moments.Select(new VariableNames(["x1", "x2"], ["y2"])));
        });

    [Fact]
    public void Only_of_a_name_that_is_no_column_is_refused() =>
        Assert.Contains("'z'",
            Assert.Throws<ArgumentException>(() => new Moments(1, 1).Select(new VariableNames(["z"], ["y1"]))).Message);

    [Fact]
    public void Columns_whose_magnitudes_lie_far_apart_and_change_on_the_way_are_summed_exactly()
    {
        // Slices grow, first grids rise, and some chunks are too wide for slices: each must leave what came before
        // untouched.
        var random = new RandomSource(9);
        var rows = Enumerable.Range(0, 3000).Select(i => new[]
        {
            random.NextNormal() * Math.ScaleB(1, i / 100 * 7 - 100),
            i % 500 == 7 ? 1e200 : random.NextDouble(),
            i < 1500 ? i : Math.Exp(-i / 50.0),
            i % 1000 == 999 ? 1e-310 : 3,
        }).ToArray();
        var whole = Moments.Of(ToDataset(rows));
        var single = new Moments(Inputs, Targets);
        foreach (var row in rows)
        {
            single.Add(row.AsSpan(0, Inputs), row.AsSpan(Inputs));
        }

        Assert.Equal(single, whole);
    }

    [Fact]
    public void Rows_shared_between_threads_give_the_same_bytes()
    {
        var random = new RandomSource(5);
        var rows = Enumerable.Range(0, 40_000)
            .Select(_ => new[] { random.NextNormal(), random.NextDouble(), random.NextIndex(9), random.NextNormal() })
            .ToArray();
        var pieces = new Moments(Inputs, Targets);
        foreach (var piece in rows.Chunk(999))
        {
            pieces.Add(ToDataset(piece));
        }

        Assert.Equal(Bytes(pieces), Bytes(Moments.Of(ToDataset(rows))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17_000)]
    [InlineData(39_999)]
    [InlineData(5_000, 39_000)]
    [InlineData(39_000, 20_001, 20_000)]
    public void Rows_shared_between_threads_are_all_refused_for_the_first_value_that_is_not_finite(params int[] places)
    {
        var random = new RandomSource(6);
        var rows = Enumerable.Range(0, 40_000)
            .Select(_ => new[] { random.NextNormal(), random.NextDouble(), random.NextIndex(9), random.NextNormal() })
            .ToArray();
        var before = Moments.Of(ToDataset(rows));
        Array.ForEach(places, place => rows[place][2] = double.NaN);
        foreach (var threads in new[] { 1, 2, 3, 7 })
        {
            var moments = new Moments(VariableNames.Default(Inputs, Targets), threads);
            moments.Merge(before);
            var error = Assert.Throws<ArgumentException>(() => moments.Add(ToDataset(rows)));
            Assert.Contains(FormattableString.Invariant($"row {places.Min()}"), error.Message,
                StringComparison.OrdinalIgnoreCase);
            Assert.Equal(Bytes(before), Bytes(moments));
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_blocks_of_rows_beyond_the_first()
    {
        double[][] columns =
            [.. Enumerable.Range(0, 12)
                .Select(j => Enumerable.Range(0, 40_000).Select(i => Math.Sin(i + j)).ToArray())];
        long AllocatedFor(Moments moments, int rows)
        {
            double[][] part = [.. columns.Select(column => column[..rows])];
            var before = GC.GetAllocatedBytesForCurrentThread();
            moments.AddColumns(part[..10], part[10..]);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var moments = new Moments(VariableNames.Default(10, 2), threads: 1);
        AllocatedFor(moments, 10_000); // buffers are made
        // A collection meanwhile, for another test, counts what it leaves over.
        long LeastAllocatedFor(int rows) => Enumerable.Range(0, 9).Min(_ => AllocatedFor(moments, rows));
        Assert.Equal(LeastAllocatedFor(200), LeastAllocatedFor(40_000));
    }

    [Fact]
    public void Bytes_of_known_rows_are_the_same_on_every_machine_and_instruction_set()
    {
        // .ci/run repeats this test with narrower vectors and with none.
        var random = new RandomSource(11);
        var rows = Enumerable.Range(0, 3000)
            .Select(i =>
                new[] { random.NextDouble() - 0.5, random.NextDouble() * i, random.NextIndex(1000), 1 / (1.0 + i) })
            .ToArray();
        Golden.Verify("moments-checksum",
            string.Concat(
                new[] { ToDataset(rows),
                    ManyColumnsTests.ToDataset(ManyColumnsTests.Rows(2100, extreme: 2099)) }.Select(data =>
                        Convert.ToHexString(SHA256.HashData(Bytes(Moments.Of(data)))) + "\n")));
    }

    internal static byte[] Bytes(Moments moments)
    {
        using var stream = new MemoryStream();
        moments.Save(stream);
        return stream.ToArray();
    }

    internal static Dataset ToDataset(double[][] rows) =>
        Reference.Dataset([.. rows.Select(row => row[..Inputs])], [.. rows.Select(row => row[Inputs..])]);

    internal static Dataset Pick(Dataset data, int[] rows) =>
        Reference.Dataset([.. rows.Select(i => data.Inputs.Row(i).ToArray())],
            [.. rows.Select(i => data.Targets.Row(i).ToArray())]);

    internal static void Shuffle(int[] items, RandomSource random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = random.NextIndex(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
