using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The data file, and which of its columns are inputs and targets: shared by the commands that learn.</summary>
internal sealed class DataOptions
{
    public Argument<string> Data { get; } = new("DATA") { Description = "The CSV file; - reads standard input" };

    public Option<string[]> Targets { get; } = Required(Options.ColumnNames("--target", "A column to predict; repeat it, or separate names by commas"));

    public Option<string[]> Inputs { get; } = Options.ColumnNames("--input", "A column to predict from; repeat it, or separate names by commas [default: all others]");

    public CsvOptions Csv { get; } = new();

    /// <summary>Reads the file that the command line names.</summary>
    public Task<LoadedData> ReadAsync(ParseResult parsed, bool keepRows, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(Data);
        var (inputs, targets) = (parsed.GetValue(Inputs) ?? [], parsed.GetValue(Targets) ?? []);
        return LoadedData.ReadAsync(path, Csv.Format(parsed), columns => Names.Choose(columns, inputs, targets, DataFile.NameOf(path)), keepRows, terminal, cancellationToken);
    }

    private static Option<string[]> Required(Option<string[]> option)
    {
        option.Required = true;
        return option;
    }
}
