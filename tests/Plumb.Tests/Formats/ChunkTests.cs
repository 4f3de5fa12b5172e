using System.Text;

namespace Plumb.Tests;

/// <summary>Rows read in numbered chunks, in no order: put together by their numbers they are the file.</summary>
public sealed class ChunkTests
{
    [Fact]
    public Task Chunks_make_up_the_file() => (
        from rows in Gen.Int[1, 400]
        from chunk in Gen.Int[1, 600]
        from threads in Gen.Int[1, 4]
        from careful in Gen.Int[2, 50]
        from parts in Gen.Int[1, 3]
        from endsOpen in Gen.Bool
        select (rows, chunk, threads, careful, parts, endsOpen)).SampleAsync(async given =>
    {
        var texts = Enumerable.Range(0, given.parts)
            .Select(part => Text(given.rows + part, given.careful, given.endsOpen)).ToArray();
        RowSource Source(string text) => new("data.csv", async token =>
        {
            var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv",
                cancellationToken: token);
            (reader.ChunkBytes, reader.Threads) = (given.chunk, given.threads);
            return reader;
        });
        var source = RowSource.Concatenate("data", [.. texts.Select(Source)]);
        var token = TestContext.Current.CancellationToken;
        var expected = new List<double>();
        await using (var inOrder = await source.OpenAsync(token))
        {
            await foreach (var block in inOrder.ReadAsync(["x"], ["y"], token))
            {
                Take(block, expected);
            }
        }

        var (found, ended) = (new SortedDictionary<long, List<double>>(), new HashSet<long>());
        await using var reader = await source.OpenAsync(token);
        await reader.ReadChunksAsync(["x"], ["y"], () => (number, block) =>
        {
            lock (found)
            {
                if (block is null)
                {
                    Assert.True(ended.Add(number), "a chunk ends twice");
                    return;
                }

                Assert.DoesNotContain(number, ended);
                if (!found.TryGetValue(number, out var numbers))
                {
                    found.Add(number, numbers = []);
                }

                Take(block, numbers);
            }
        }, token);
        Assert.Equal(expected, found.Values.SelectMany(numbers => numbers));
        Assert.Equal(Enumerable.Range(0, ended.Count).Select(number => (long)number), ended.Order());
        Assert.True(found.Keys.All(ended.Contains), "a chunk does not end");
        Assert.Equal(expected.Count / 2, reader.Rows);
    }, iter: 150);

    private static void Take(Dataset block, List<double> numbers)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            numbers.Add(block.Inputs[i, 0]);
            numbers.Add(block.Targets[i, 0]);
        }
    }

    // Quoted numbers and lone carriage returns are left to the careful reader.
    private static string Text(int rows, int careful, bool endsOpen)
    {
        var text = new StringBuilder("x,y\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(i % careful == careful - 1 ? FormattableString.Invariant($"\" {i}\",\"{i}.5\"")
                : FormattableString.Invariant($"{i},{i}.25")).Append(i % (2 * careful) == careful ? "\r" : "\n");
        }

        return endsOpen ? text.ToString().TrimEnd('\n') : text.ToString();
    }
}
