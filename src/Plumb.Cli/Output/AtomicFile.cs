namespace Plumb.Cli;

/// <summary>
/// Files that appear complete or not at all: written beside the target, flushed to disk, then renamed.
/// </summary>
internal static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes a stream.</summary>
    /// <exception cref="CommandException">The file cannot be made there.</exception>
    /// <exception cref="IOException">Writing failed; the target is as it was, and nothing is left beside
    /// it.</exception>
    public static Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAtAsync(
        path,
        async file =>
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, BufferSize);
            await write(stream);
        },
        cancellationToken);

    /// <summary>Lets something write that wants the name of a file: it gets that of an empty one.</summary>
    /// <inheritdoc cref="WriteAsync" path="/exception"/>
    public static async Task WriteAtAsync(string path, Func<string, Task> write, CancellationToken cancellationToken)
    {
        if (IsDevice(path))
        {
            await write(path);
            return;
        }

        var target = Target(path);
        var folder = Path.GetDirectoryName(target)!;
        var temporary = TemporaryBeside(target);
        Create(temporary, path);
        UnfinishedFile.LeftIn(folder).ToList().ForEach(TryDelete);
        try
        {
            await write(temporary);
            FlushToDisk(temporary);
            cancellationToken.ThrowIfCancellationRequested();
            KeepMode(target, temporary);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Refuses a file that cannot be made there, before work is spent on what it would hold.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public static void RequireWritable(string path)
    {
        var temporary = TemporaryBeside(Target(path));
        Create(temporary, path);
        TryDelete(temporary);
    }

    private static string TemporaryBeside(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, UnfinishedFile.NewFor(Path.GetFileName(target)));

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way, and what went wrong before is what to tell of.
        }
    }

    /// <summary>Whether it is a device: a rename would put a file in its place.</summary>
    public static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static string Target(string path)
    {
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file.FullName
            : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
        {
            throw CommandException.Usage(
                $"{path} is a directory, expected the name of a file to write; add a file name.");
        }

        return Directory.Exists(Path.GetDirectoryName(target))
            ? target
            : throw new CommandException(ExitCode.Environment,
                $"{path} cannot be written: there is no directory {Path.GetDirectoryName(target)}; make it first.");
    }

    private static void Create(string temporary, string path)
    {
        try
        {
            new FileStream(temporary, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Environment,
                $"{path} cannot be written ({e.Message}); choose a directory where you may write.");
        }
    }

    private static void FlushToDisk(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.Flush(flushToDisk: true);
    }

    private static void KeepMode(string target, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        }
    }
}
