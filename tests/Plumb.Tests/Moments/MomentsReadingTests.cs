using System.Globalization;
using System.Text;

namespace Plumb.Tests;

/// <summary>However moments are read, they are what adding the blocks gives.</summary>
public sealed class MomentsReadingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50_000)]
    public async Task Reading_gives_the_bits_that_adding_blocks_gives(int rows)
    {
        var (text, cancellationToken) = (Text(rows), TestContext.Current.CancellationToken);
        var names = new VariableNames(["c", "a"], ["b"]);
        await using var slow = await OpenAsync(text);
        var expected = await Moments.OfAsync(names, slow.ReadAsync(names.Inputs, names.Targets, cancellationToken),
            cancellationToken);
        await using var fast = await OpenAsync(text);
        var counts = new Counts();
        var moments = await Moments.ReadAsync(fast, names.Inputs, names.Targets, counts, cancellationToken);
        Assert.Equal(Bytes(expected), Bytes(moments));
        Assert.Equal(rows, counts.Most);
    }

    [Fact]
    public async Task Reader_without_threads_gives_the_same()
    {
        var numbers = Matrix.Create(5000, 3, (i, j) => Math.Sin(i + 7 * j));
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, numbers.Rows).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"a\":{numbers[i, 0]:R},\"b\":{numbers[i, 1]:R},\"c\":{numbers[i, 2]:R}}}\n"))));
        await using var reader = await JsonReader.OpenAsync(() => new MemoryStream(lines), "t.jsonl",
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(reader.ReadsOnAllProcessors);
        var counts = new Counts();
        var moments = await Moments.ReadAsync(reader, ["a", "b"], ["c"], counts, TestContext.Current.CancellationToken);
        var expected = new Moments(moments.Names);
        for (var i = 0; i < numbers.Rows; i++)
        {
            expected.Add(numbers.Row(i)[..2], numbers.Row(i)[2..]);
        }

        Assert.Equal(Bytes(expected), Bytes(moments));
        Assert.Equal(numbers.Rows, counts.Most);
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        await using var reader = await OpenAsync(Text(50_000));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Moments.ReadAsync(reader, ["a"], ["b"], cancellationToken: new CancellationToken(canceled: true)));
    }

    private static string Text(int rows)
    {
        var random = new RandomSource(rows);
        var text = new StringBuilder("a,b,c\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{random.NextNormal():R},{random.NextNormal():R},{random.NextDouble():R}\n");
        }

        return text.ToString();
    }

    private static Task<CsvReader> OpenAsync(string text) => CsvReader.OpenAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", null, TestContext.Current.CancellationToken);

    private static byte[] Bytes(Moments moments)
    {
        using var stream = new MemoryStream();
        moments.Save(stream);
        return stream.ToArray();
    }

    /// <summary>Keeps the largest count; reports come from several threads.</summary>
    private sealed class Counts : IProgress<long>
    {
        private readonly Lock _reporting = new();

        public long Most { get; private set; }

        public void Report(long value)
        {
            lock (_reporting)
            {
                Most = Math.Max(Most, value);
            }
        }
    }
}
