using System.Globalization;

namespace Plumb.Cli.Training;

/// <summary>
/// The checkpoints of one run: step-N.plumb, of which the newest and the one before it are kept. Each appears complete
/// or not at all.
/// </summary>
internal sealed class CheckpointFolder(string path) : IDisposable
{
    private const string Prefix = "step-";
    private const string Suffix = ".plumb";
    private const int Kept = 2;

    private DirectoryLock? _lock;

    public string Path => path;

    public bool IsEmpty => Files().Count == 0;

    /// <summary>Keeps others out until the end of the run.</summary>
    /// <exception cref="CommandException">Another run is at work in the folder, or it cannot be written.</exception>
    public void Lock() => _lock = DirectoryLock.Take(path);

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    public async Task SaveAsync(Checkpoint checkpoint)
    {
        foreach (var unfinished in Directory.GetFiles(path, "." + Prefix + "*"))
        {
            File.Delete(unfinished); // by a run that was killed while it wrote
        }

        var name = Prefix + checkpoint.Steps.ToString("D19", CultureInfo.InvariantCulture) + Suffix; // sorts by step
        await AtomicFile.WriteAsync(
            System.IO.Path.Combine(path, name),
            stream =>
            {
                checkpoint.Save(stream);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        foreach (var old in Files().Skip(Kept))
        {
            File.Delete(old);
        }
    }

    /// <summary>
    /// The newest checkpoint that is whole; null when there is none. A torn one is reported and skipped.
    /// </summary>
    /// <exception cref="InvalidDataException">There are checkpoints, but none is whole.</exception>
    public Checkpoint? Newest(ProcessStreams terminal)
    {
        InvalidDataException? last = null;
        foreach (var file in Files())
        {
            try
            {
                using var stream = File.OpenRead(file);
                var checkpoint = Checkpoint.Load(stream, file);
                if (last is not null)
                {
                    terminal.WriteMessage($"warning: {last.Message}");
                }

                return checkpoint;
            }
            catch (InvalidDataException e)
            {
                last ??= e;
            }
        }

        return last is null ? null
            : throw new InvalidDataException(
                $"{last.Message} No other checkpoint in {path} is whole; start anew in another directory.");
    }

    /// <summary>The newest first.</summary>
    private List<string> Files() =>
        Directory.Exists(path)
            ? [.. Directory.GetFiles(path, Prefix + "*" + Suffix).OrderDescending(StringComparer.Ordinal)] : [];
}
