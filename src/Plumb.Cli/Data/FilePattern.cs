namespace Plumb.Cli;

/// <summary>
/// Names with * and ? for several files, as a shell expands them; quoted on the command line, they come here.
/// </summary>
internal static class FilePattern
{
    private static readonly EnumerationOptions s_options = new()
    {
        MatchType = MatchType.Simple,
        MatchCasing = MatchCasing.CaseSensitive
    };

    /// <summary>
    /// The files that a name stands for, in the order of their names; the name itself where it is no pattern, or is a
    /// file's own.
    /// </summary>
    /// <exception cref="CommandException">No file matches.</exception>
    public static IReadOnlyList<string> Expand(string name)
    {
        var files = Matches(name);
        return files.Count > 0 ? files
            : throw CommandException.DataRefused(
                $"{name}: no file's name matches; check the pattern and the folder you are in.");
    }

    /// <summary>The same; none where no file matches.</summary>
    public static IReadOnlyList<string> Matches(string name)
    {
        if (!name.AsSpan().ContainsAny('*', '?') || File.Exists(name))
        {
            return [name];
        }

        var parts = name.Split('/');
        IEnumerable<string> folders = [""];
        foreach (var part in parts[..^1])
        {
            folders = folders.SelectMany(folder => FoldersIn(folder, part)).ToList();
        }

        return folders.SelectMany(folder => Matches(folder, parts[^1], Directory.EnumerateFiles))
            .Order(StringComparer.Ordinal).ToList();
    }

    private static IEnumerable<string> FoldersIn(string folder, string part) =>
        part.AsSpan().ContainsAny('*', '?')
            ? Matches(folder, part, Directory.EnumerateDirectories).Select(match => match + "/")
            : [folder + part + "/"];

    private static IEnumerable<string> Matches(string folder, string pattern,
        Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate)
    {
        var place = folder.Length > 0 ? folder : ".";
        return Directory.Exists(place)
            ? enumerate(place, pattern, s_options).Select(path => folder + Path.GetFileName(path)) : [];
    }
}
