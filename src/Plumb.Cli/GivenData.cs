namespace Plumb.Cli;

/// <summary>The data as a command line names them; here is decided what reads them.</summary>
/// <param name="Paths">Files, patterns for files, or - for standard input.</param>
/// <param name="Format">How CSV files are written.</param>
internal sealed record GivenData(IReadOnlyList<string> Paths, CsvFormat Format)
{
    /// <summary>What the data are called in messages and reports.</summary>
    public string Name => Paths is [var only] ? DataFile.NameOf(only) : FormattableString.Invariant($"{Paths[0]} and {Paths.Count - 1} more");

    /// <summary>Whether standard input is read.</summary>
    public bool UsesStandardInput => Paths.Contains("-");

    /// <summary>The moments file that stands in for the rows, if it is one.</summary>
    public string? MomentsPath => Paths is [var only] && DataFile.IsMoments(only) ? only : null;

    /// <summary>The rows.</summary>
    /// <exception cref="CommandException">There is no such file, or no reader for it.</exception>
    public RowSource ToSource(Terminal terminal)
    {
        if (Paths.Count(path => path == "-") > 1)
        {
            throw CommandException.Usage("DATA names standard input twice, and it can be read only once; name it once.");
        }

        var files = Paths.SelectMany(FilePattern.Expand).ToList();
        return RowSource.Concatenate(Name, [.. files.Select(file => OfFile(file, terminal))]);
    }

    private RowSource OfFile(string path, Terminal terminal) =>
        DataFile.IsMoments(path)
            ? throw CommandException.DataRefused($"{path}: holds moments, where rows were expected; add moments up with 'plumb merge'.")
            : new RowSource(DataFile.NameOf(path), async cancellationToken => await CsvReader.OpenAsync(DataFile.Open(path, terminal), DataFile.NameOf(path), Format, cancellationToken))
            {
                CanReadAgain = path != "-",
            };
}
