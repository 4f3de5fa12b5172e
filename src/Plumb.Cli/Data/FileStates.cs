using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>
/// The lengths and times of files before they are read, so that a change meanwhile is noticed: what was read is then
/// neither the old file nor the new one.
/// </summary>
internal sealed class FileStates
{
    private readonly List<(string Path, State State)> _files;

    private FileStates(List<(string Path, State State)> files) => _files = files;

    /// <summary>The states of files as they are now; what is no file, such as a pipe, is left out.</summary>
    public static FileStates Of(IEnumerable<string> paths) =>
        new([.. paths.Where(File.Exists).Select(path => (path, State.Of(path)))]);

    /// <summary>Hands blocks on; when the last one has been taken, the files must be as they were.</summary>
    /// <exception cref="CommandException">One of them is not.</exception>
    public async IAsyncEnumerable<T> Guard<T>(IAsyncEnumerable<T> blocks,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            yield return block;
        }

        RequireUnchanged();
    }

    /// <summary>Nothing, when the files are as they were.</summary>
    /// <exception cref="CommandException">One of them is not.</exception>
    public void RequireUnchanged()
    {
        foreach (var (path, before) in _files)
        {
            var after = State.Of(path);
            if (after != before)
            {
                var change = after.Length == before.Length ? "it was written to"
                    : FormattableString.Invariant($"it had {before.Length} bytes, and has {after.Length} now");
                throw CommandException.DataRefused(
                    $"{path}: changed while it was read ({change}); run again once it is at rest, or on a copy.");
            }
        }
    }

    private readonly record struct State(long Length, DateTime Written)
    {
        public static State Of(string path)
        {
            var length = DataFile.Length(path);
            return length > 0 ? new State(length, File.GetLastWriteTimeUtc(path)) : default;
        }
    }
}
