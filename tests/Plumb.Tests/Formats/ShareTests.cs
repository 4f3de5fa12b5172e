using System.Text;

namespace Plumb.Tests;

/// <summary>Shares of a text: every row once, or a refusal, wherever they are cut.</summary>
public sealed class ShareTests
{
    [Fact]
    public Task Shares_hold_every_row_once() => (
        from rows in Gen.Int[0, 60]
        from cuts in Gen.Long[0, 1000].Array[0, 5]
        from header in Gen.Bool
        from feed in Gen.Bool.Select(long_ => long_ ? "\r\n" : "\n")
        from quoted in Gen.Int[1, 9]
        from mark in Gen.Bool
        from inOrder in Gen.Bool
        select (rows, cuts, header, feed, quoted, mark, inOrder)).SampleAsync(async given =>
    {
        var text = new StringBuilder(given.mark ? "\uFEFF" : "");
        _ = given.header ? text.Append("x,y").Append(given.feed) : text;
        for (var i = 0; i <= given.rows; i++)
        {
            _ = i % given.quoted == 0 ? text.Append($"\"{i}\",\"{2 * i}\"") : text.Append($"{i},{2 * i}");
            text.Append(i % 7 == 3 ? given.feed + given.feed : given.feed);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var columns = given.header ? ("x", "y") : ("x1", "y");
        long[] places = [0, .. given.cuts.Order(), 1000];
        var found = new List<double>();
        for (var k = 1; k < places.Length; k++)
        {
            found.AddRange(await ReadAsync(bytes, new RowShare(places[k - 1], places[k], 1000), columns,
                given.inOrder));
        }

        Assert.Equal(Enumerable.Range(0, given.rows + 1).Select(i => (double)i), found);
    }, iter: 400);

    [Theory]
    [InlineData(20)]
    [InlineData(20_000)] // more than is read before the first row
    public async Task What_stands_below_a_table_is_of_no_share(int rows)
    {
        var text = "name,x,y\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            FormattableString.Invariant($"a{i},{i},{2 * i}\n"))) + "\nTotal,,\nprinted by a machine\n";
        var found = new List<double>();
        foreach (var share in (RowShare[])[new(0, 3, 10), new(3, 8, 10), new(8, 10, 10)])
        {
            found.AddRange(await ReadAsync(Encoding.UTF8.GetBytes(text), share, ("x", "y"), inOrder: true));
        }

        Assert.Equal(Enumerable.Range(0, rows).Select(i => (double)i), found);
    }

    [Fact]
    public Task Line_ends_within_quotes_are_never_misread() => (
        from rows in Gen.Int[1, 20].SelectMany(count => Gen.Bool.Array[count])
        from cut in Gen.Long[1, 999]
        from inOrder in Gen.Bool
        select (rows, cut, inOrder)).SampleAsync(async given =>
    {
        var text = "note,x,y\n" + string.Concat(given.rows.Select((long_, i) =>
            FormattableString.Invariant($"{(long_ ? $"\"a\n,{i},9\nb\"" : "c")},{i},{2 * i}\n")));
        var bytes = Encoding.UTF8.GetBytes(text);
        List<double> found = [];
        try
        {
            foreach (var share in (RowShare[])[new(0, given.cut, 1000), new(given.cut, 1000, 1000)])
            {
                found.AddRange(await ReadAsync(bytes, share, ("x", "y"), given.inOrder));
            }
        }
        catch (InvalidDataException)
        {
            return; // which says that a quote is open
        }

        Assert.Equal(given.rows.Select((_, i) => (double)i), found);
    }, iter: 600);

    private static async Task<List<double>> ReadAsync(byte[] bytes, RowShare share, (string X, string Y) columns,
        bool inOrder)
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), "data.csv",
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(reader.CanBeShared);
        (reader.Share, reader.ChunkBytes, reader.Threads) = (share, 100, 1);
        var found = new List<double>();
        if (inOrder)
        {
            await foreach (var block in reader.ReadAsync([columns.X], [columns.Y],
                TestContext.Current.CancellationToken))
            {
                found.AddRange(block.Inputs.Values);
            }

            return found;
        }

        var chunks = new SortedDictionary<long, List<double>>();
        await reader.ReadChunksAsync([columns.X], [columns.Y], () => (number, block) =>
        {
            chunks.TryAdd(number, []);
            chunks[number].AddRange(block is null ? [] : block.Inputs.Values);
        }, TestContext.Current.CancellationToken);
        return [.. chunks.Values.SelectMany(numbers => numbers)];
    }
}
