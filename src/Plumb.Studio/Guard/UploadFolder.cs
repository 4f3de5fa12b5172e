using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>Where a file that was dropped onto the page is kept: one at a time, until the next or the end.</summary>
internal sealed class UploadFolder : IDisposable
{
    /// <summary>The most bytes of a file.</summary>
    public const long MostBytes = 1L << 30;

    private const int LongestName = 80;
    private const int BufferSize = 1 << 16;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumb-studio-"); // for its owner only
    private int _count;

    /// <summary>Keeps a file in the place of the one before.</summary>
    /// <param name="name">What it is called where it comes from.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">It is too large.</exception>
    public async Task<OpenedPath> KeepAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var place = _folder.CreateSubdirectory(FormattableString.Invariant($"{Interlocked.Increment(ref _count)}"));
        var path = Path.Combine(place.FullName, Safe(name));
        try
        {
            await AtomicFile.WriteAsync(path, file => CopyAsync(content, file, name, cancellationToken),
                cancellationToken);
        }
        catch
        {
            place.Delete(recursive: true);
            throw;
        }

        foreach (var other in _folder.EnumerateDirectories().Where(other => other.Name != place.Name))
        {
            other.Delete(recursive: true);
        }

        return new OpenedPath(path, Path.GetFileName(path));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task CopyAsync(Stream from, Stream to, string name, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var sum = 0L;
        int count;
        while ((count = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            sum += count;
            if (sum > MostBytes)
            {
                throw CommandException.DataRefused(FormattableString.Invariant(
                    $"{name}: is larger than {MostBytes >> 20} MiB; start the studio in its folder, and open it."));
            }

            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    // Only what neither a shell nor a path takes for more than a letter.
    private static string Safe(string name)
    {
        var kept = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'))
            .TrimStart('.', '-');
        return kept.Length == 0 ? "data" : kept.Length > LongestName ? kept[^LongestName..].TrimStart('.', '-') : kept;
    }
}
