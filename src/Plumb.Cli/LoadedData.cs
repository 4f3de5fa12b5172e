namespace Plumb.Cli;

/// <summary>A data file, read in one pass.</summary>
/// <param name="Moments">Its moments.</param>
/// <param name="Rows">Its rows, where a command needs them.</param>
/// <param name="Findings">What the reader has to say.</param>
internal sealed record LoadedData(Moments Moments, Dataset? Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Reads a file, with a progress bar if it takes long.</summary>
    /// <param name="path">The file; - is standard input.</param>
    /// <param name="format">What is known about the file.</param>
    /// <param name="choose">Chooses inputs and targets from the file's columns.</param>
    /// <param name="keepRows">Whether the rows are needed, not only their moments.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static Task<LoadedData> ReadAsync(string path, CsvFormat format, Func<IReadOnlyList<string>, VariableNames> choose, bool keepRows, Terminal terminal, CancellationToken cancellationToken)
    {
        if (DataFile.IsMoments(path))
        {
            return Task.FromResult(OfMoments(DataFile.ReadMoments(path, terminal), path, choose, keepRows));
        }

        var length = path == "-" ? 0 : DataFile.Length(path);
        return Progress.RunAsync(terminal, "reading " + DataFile.NameOf(path), async progress =>
        {
            await using var reader = await CsvReader.OpenAsync(DataFile.Open(path, terminal), DataFile.NameOf(path), format, cancellationToken);
            var names = choose(reader.Columns);
            var moments = new Moments(names);
            var blocks = new List<Dataset>();
            await foreach (var block in reader.ReadAsync(names.Inputs, names.Targets, cancellationToken))
            {
                moments.Add(block);
                progress.Report(length > 0 ? (double)reader.BytesRead / length : null, FormattableString.Invariant($"{moments.Rows} rows"));
                if (keepRows)
                {
                    blocks.Add(block);
                }
            }

            return new LoadedData(moments, keepRows ? Dataset.Concatenate(names, blocks) : null, reader.Findings);
        });
    }

    private static LoadedData OfMoments(Moments moments, string path, Func<IReadOnlyList<string>, VariableNames> choose, bool keepRows) => keepRows
        ? throw CommandException.DataRefused($"{path}: holds moments, not rows, and batches and held-out rows need rows; train with --batch full and without --holdout, or on the data themselves.")
        : new LoadedData(moments.Only(choose([.. moments.Names.Inputs, .. moments.Names.Targets])), null, []);
}
