using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The data file, and which of its columns are inputs and targets: shared by the commands that learn.</summary>
internal sealed class DataOptions
{
    public Argument<string> Data { get; } = new("DATA") { Description = "The CSV file; - reads standard input" };

    public Option<string[]> Targets { get; } = Required(Options.ColumnNames("--target", "A column to predict; repeat it, or separate names by commas"));

    public Option<string[]> Inputs { get; } = Options.ColumnNames("--input", "A column to predict from, a power of one as in x^2, or poly(x,3) for x, x^2 and x^3; repeat it, or separate them by commas [default: all other columns]");

    public WeightOptions Weights { get; } = new();

    public CsvOptions Csv { get; } = new();

    /// <summary>Reads the file that the command line names.</summary>
    public Task<LoadedData> ReadAsync(ParseResult parsed, bool keepRows, Terminal terminal, CancellationToken cancellationToken, bool measurePrecision = false)
    {
        var path = parsed.GetRequiredValue(Data);
        var (inputs, targets) = (parsed.GetValue(Inputs) ?? [], parsed.GetValue(Targets) ?? []);
        var weights = Weights.Column(parsed);
        return LoadedData.ReadAsync(path, Csv.Format(parsed) with { MeasurePrecision = measurePrecision }, columns => Names.Choose(columns, inputs, targets, weights?.Name, DataFile.NameOf(path)), weights, keepRows, terminal, cancellationToken);
    }

    private static Option<string[]> Required(Option<string[]> option)
    {
        option.Required = true;
        return option;
    }
}
