using System.Globalization;

namespace Plumb.Tests.Sources;

/// <summary>
/// What a reader's rows come to, in order or in no order: the bytes of the moments, the rows and the findings; or the
/// refusal.
/// </summary>
internal static class SourceSums
{
    /// <summary>Reads the columns named; in no order on so many threads, every processor's when left out.</summary>
    public static async Task<string> OfAsync(Func<Task<RowReader>> open, VariableNames names, bool inOrder,
        int? threads = null)
    {
        try
        {
            await using var reader = await open();
            var moments = inOrder
                ? await Moments.OfAsync(names,
                    reader.ReadAsync(names.Inputs, names.Targets, TestContext.Current.CancellationToken))
                : await InNoOrderAsync(reader, names, threads ?? Environment.ProcessorCount);
            using var bytes = new MemoryStream();
            moments.Save(bytes);
            return string.Create(CultureInfo.InvariantCulture,
                $"{moments.Rows} {reader.Rows} {string.Join('\n', reader.Findings)} "
                    + $"{Convert.ToHexString(bytes.ToArray())}");
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }

    private static async Task<Moments> InNoOrderAsync(RowReader reader, VariableNames names, int threads)
    {
        Assert.True(reader.ReadsOnAllProcessors);
        var parts = new List<Moments>();
        await reader.ReadUnorderedAsync(names.Inputs, names.Targets, () =>
        {
            parts.Add(new Moments(names));
            return parts[^1].Add;
        }, TestContext.Current.CancellationToken);
        Assert.InRange(parts.Count, 1, 1 + threads);
        var moments = new Moments(names);
        parts.ForEach(moments.Merge);
        return moments;
    }
}
