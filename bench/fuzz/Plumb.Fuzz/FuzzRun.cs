namespace Plumb.Fuzz;

/// <summary>
/// Tries readers on damaged files: no exception but <see cref="InvalidDataException"/>, no hang, bounded memory.
/// </summary>
/// <param name="Seed">Decides every file.</param>
public sealed record FuzzRun(long Seed)
{
    private const long MostBytes = 64L << 20; // that one file may make a reader allocate,
    private const int MostTimes = 64; // and so many times its length

    /// <summary>The longest that one file may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether memory is watched; that is the process's, so nothing else may run in it.</summary>
    public bool WatchesMemory { get; init; }

    /// <summary>Where each file is written before it is tried, as its reader may end the process; null where that is
    /// not wanted.</summary>
    public string? BegunPath { get; init; }

    /// <summary>Tries a reader on files made one after another, without end.</summary>
    /// <returns>A finding a file, null for those that went well.</returns>
    public async IAsyncEnumerable<FuzzFinding?> OfAsync(FuzzTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var random = new RandomSource(Seed);
        var mutator = new Mutator(random, target.Seeds, target.Words);
        while (true)
        {
            var bytes = mutator.Next();
            var mended = target.Mend is { } mend && random.NextIndex(4) > 0 ? mend(bytes) : bytes;
            if (BegunPath is not null)
            {
                await File.WriteAllBytesAsync(BegunPath, mended);
            }

            yield return await TryAsync(target, mended);
        }
    }

    /// <summary>Tries a reader on one file.</summary>
    public async Task<FuzzFinding?> TryAsync(FuzzTarget target, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(bytes);
        var before = GC.GetTotalAllocatedBytes();
        string? problem = null;
        try
        {
            await Task.Run(() => target.ReadAsync(bytes)).WaitAsync(Limit);
        }
        catch (InvalidDataException)
        {
            // what bad files are refused by
        }
        catch (TimeoutException)
        {
            problem = FormattableString.Invariant($"took longer than {Limit.TotalSeconds} s");
        }
        catch (Exception exception)
        {
            problem = exception.ToString();
        }

        var allocated = GC.GetTotalAllocatedBytes() - before;
        if (problem is null && WatchesMemory && allocated > MostBytes + MostTimes * (long)bytes.Length)
        {
            problem = FormattableString.Invariant($"allocated {allocated >> 20} MB for {bytes.Length} bytes");
        }

        return problem is null ? null : new FuzzFinding(target.Name, bytes, problem);
    }
}
