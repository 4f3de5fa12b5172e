using System.Globalization;

namespace Plumb.Cli;

/// <summary>
/// A directory that one process at a time writes to: a file in it that the system keeps locked while its owner lives,
/// so that an owner that was killed is in nobody's way. Another file, which can be read meanwhile, says who that is.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string LockName = ".lock";
    private const string OwnerName = ".owner";

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
        var (path, owner) = (Path.Combine(directory, LockName), Path.Combine(directory, OwnerName));
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(directory);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DirectoryLock(directory, file, isNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var isAnothers = file is null && e is IOException && File.Exists(owner);
            (file is null ? null : new DirectoryLock(directory, file, isNew))?.Dispose();
            throw new CommandException(ExitCode.Environment, isAnothers
                ? $"{directory} belongs to process {File.ReadAllText(owner)}, which is still at work; wait for its "
                    + "end, or name another directory."
                : $"{directory} cannot be written ({e.Message}); choose a directory where you may write.");
        }
    }

    /// <summary>Gives it back; a directory that was made for nothing goes again.</summary>
    public void Dispose()
    {
        File.Delete(Path.Combine(_directory, OwnerName)); // both while it is still ours
        File.Delete(_file.Name);
        _file.Dispose();
        if (_isNew && !Directory.EnumerateFileSystemEntries(_directory).Any())
        {
            Directory.Delete(_directory);
        }
    }
}
