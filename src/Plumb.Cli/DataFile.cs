namespace Plumb.Cli;

/// <summary>Files that a command reads; "-" is standard input.</summary>
internal static class DataFile
{
    private const int BufferSize = 1 << 16;

    public static string NameOf(string path) => path == "-" ? "standard input" : path;

    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    public static Stream Open(string path, Terminal terminal)
    {
        if (path == "-")
        {
            return terminal.Input;
        }

        if (Directory.Exists(path))
        {
            throw CommandException.DataRefused($"{path}: is a directory, expected a file; name a file in it.");
        }

        if (!File.Exists(path))
        {
            throw CommandException.DataRefused($"{path}: there is no such file; check the name and the folder you are in.");
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
    }

    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    /// <exception cref="InvalidDataException">It is not a model.</exception>
    public static AffineModel ReadModel(string path, Terminal terminal)
    {
        using var stream = Open(path, terminal);
        return ModelFile.Read(stream, NameOf(path));
    }
}
