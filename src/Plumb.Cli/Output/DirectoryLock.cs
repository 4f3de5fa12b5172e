using System.Globalization;
using System.Text;

namespace Plumb.Cli;

/// <summary>
/// A directory that one process at a time writes to: a file in it that the system keeps locked while its owner lives, so
/// that an owner that was killed is in nobody's way.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string Name = ".lock";

    private readonly string _directory;
    private readonly FileStream _file;
    private readonly bool _isNew;

    private DirectoryLock(string directory, FileStream file, bool isNew) =>
        (_directory, _file, _isNew) = (directory, file, isNew);

    /// <summary>Takes a directory, which is made if there is none.</summary>
    /// <exception cref="CommandException">It is another process's, or cannot be written.</exception>
    public static DirectoryLock Take(string directory)
    {
        var isNew = !Directory.Exists(directory);
        var path = Path.Combine(directory, Name);
        try
        {
            Directory.CreateDirectory(directory);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new DirectoryLock(directory, file, isNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Environment, e is IOException && Owner(path) is { } owner
                ? $"{directory} belongs to process {owner}, which is still at work; wait for its end, or name another "
                    + "directory."
                : $"{directory} cannot be written ({e.Message}); choose a directory where you may write.");
        }
    }

    /// <summary>Gives it back; a directory that was made for nothing goes again.</summary>
    public void Dispose()
    {
        File.Delete(_file.Name); // while it is still ours
        _file.Dispose();
        if (_isNew && !Directory.EnumerateFileSystemEntries(_directory).Any())
        {
            Directory.Delete(_directory);
        }
    }

    // Null where nobody has it.
    private static string? Owner(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } owner ? owner : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // then it is no lock that keeps it from being written
        }
    }
}
