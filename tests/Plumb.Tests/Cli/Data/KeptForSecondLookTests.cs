using System.Text;
using Plumb.Cli;
using Plumb.Tests.Rows;

namespace Plumb.Tests.Cli;

/// <summary>Rows kept of a first pass: the same as those that are read again.</summary>
public sealed class KeptForSecondLookTests
{
    private const long All = long.MaxValue;

    [Fact]
    public Task Kept_rows_are_the_file_and_say_what_it_says() => (
        from rows in Gen.Int[10, 600]
        from chunk in Gen.Int[20, 600]
        from threads in Gen.Int[1, 4]
        select (rows, chunk, threads)).SampleAsync(async given =>
    {
        var text = Text(given.rows);
        var kept = await KeepAsync(text, given.chunk, given.threads, All);
        Assert.True(kept.IsComplete);
        await using var reader = await OpenAsync(text, given.chunk, given.threads);
        var blocks = await reader.ReadAsync(["x"], ["y"], TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal(blocks.SelectMany(Numbers), kept.InOrder(block => block).SelectMany(Numbers));

        var fit = new LeastSquares().Fit(Moments.Of(Dataset.Concatenate(blocks[0].Names, blocks)));
        var direct = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: true);
        var again = await RowTests.OfChunksAsync(fit,
            newConsumer => kept.HandOutAsync(newConsumer, block => block, new Progress(), CancellationToken.None),
            inOrder: true);
        Assert.Equal(direct.Bits(), again.Bits());
    }, iter: 60);

    [Theory]
    [InlineData(2 * 500, true)]
    [InlineData(2 * 500 - 1, false)]
    public async Task More_numbers_than_may_be_kept_are_not(long most, bool isComplete)
    {
        var kept = await KeepAsync(Text(500), 100, 2, most);
        Assert.Equal(isComplete, kept.IsComplete);
    }

    private static async Task<KeptRows> KeepAsync(string text, int chunk, int threads, long most)
    {
        var kept = new KeptRows(most);
        await using var reader = await OpenAsync(text, chunk, threads);
        await reader.ReadChunksAsync(["x"], ["y"], kept.NewConsumer, TestContext.Current.CancellationToken);
        return kept;
    }

    private static async Task<CsvReader> OpenAsync(string text, int chunk, int threads)
    {
        var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv",
            cancellationToken: TestContext.Current.CancellationToken);
        (reader.ChunkBytes, reader.Threads) = (chunk, threads);
        return reader;
    }

    private static IEnumerable<double> Numbers(Dataset block) =>
        Enumerable.Range(0, block.Rows).SelectMany(i => new[] { block.Inputs[i, 0], block.Targets[i, 0] });

    // Quoted numbers are left to the careful reader.
    private static string Text(int rows) => string.Concat(Enumerable.Range(0, rows).Select(i =>
        FormattableString.Invariant($"{(i % 37 == 0 ? $"\"{i}\"" : i)},{i * i % 101}\n")).Prepend("x,y\n"));
}
