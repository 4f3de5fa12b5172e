using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>A folder out of which no name leads: neither upwards, nor by links, nor from the root.</summary>
internal sealed class ConfinedFolder
{
    private const int MostLinks = 40;
    private const int LongestName = 1024;
    private const int MostListed = 200;
    private static readonly string[] s_kinds =
    [
        ".csv", ".tsv", ".txt", ".gz", ".zst", ".parquet", ".json", ".jsonl", ".ndjson", ".arrow", ".feather", ".npy",
        ".npz", ".safetensors", ".duckdb", ".db",
    ];

    private readonly string _root; // without links

    /// <summary>What is below a folder.</summary>
    public ConfinedFolder(string root) => _root = WithoutLinks(Path.GetFullPath(root));

    /// <summary>The file that a name stands for.</summary>
    /// <param name="name">Its name from the folder on.</param>
    /// <exception cref="CommandException">There is no such file below the folder.</exception>
    public OpenedPath Resolve(string name)
    {
        var parts = name.Split('/', '\\');
        if (name.Length is 0 or > LongestName || Path.IsPathRooted(name) || name.Any(char.IsControl)
            || name.Contains(':') || parts.Any(part => part.Length == 0 || part[0] == '.'))
        {
            throw Refused(name);
        }

        var real = WithoutLinks(Path.Combine(_root, Path.Combine(parts)));
        var isInside = real.StartsWith(Path.TrimEndingDirectorySeparator(_root) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);
        return isInside && File.Exists(real) && new FileInfo(real).Length > 0 // neither a pipe nor a device
            ? new OpenedPath(real, Path.GetRelativePath(_root, real))
            : throw Refused(name);
    }

    /// <summary>The files of the folder itself that look like data.</summary>
    public IReadOnlyList<string> Files() =>
        [.. new DirectoryInfo(_root).EnumerateFiles()
            .Where(file => file.Name[0] != '.' && file.LinkTarget is null
                && s_kinds.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
            .Select(file => file.Name).Order(StringComparer.Ordinal).Take(MostListed)];

    private static CommandException Refused(string name) => CommandException.DataRefused(
        $"{name}: there is no such file below the folder that the studio was started in; copy the file there, or drop "
            + "it onto the page.");

    /// <summary>Follows every link on the way, not only the last.</summary>
    private static string WithoutLinks(string path)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(path) is not { } found)
            {
                return path;
            }

            path = Path.GetFullPath(Path.Combine(found.Target, found.After));
        }

        return Path.DirectorySeparatorChar.ToString(); // a ring of links leads nowhere
    }

    private static (string Target, string After)? FirstLink(string path)
    {
        var place = Path.GetPathRoot(path)!;
        string[] parts = path[place.Length..].Split(Path.DirectorySeparatorChar,
            StringSplitOptions.RemoveEmptyEntries);
        foreach (var (i, part) in parts.Index())
        {
            var next = Path.Combine(place, part);
            if (new FileInfo(next).LinkTarget is { } target)
            {
                return (Path.Combine(place, target), Path.Combine([".", .. parts[(i + 1)..]]));
            }

            place = next;
        }

        return null;
    }
}
