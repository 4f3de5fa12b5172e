using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The data, and which of their columns are inputs and targets: shared by the commands that learn.</summary>
/// <param name="takesDecimals">Whether the command can work with decimals as they are written.</param>
internal sealed class DataOptions(bool takesDecimals = false)
{
    public SourceOptions Source { get; } = new(takesDecimals: takesDecimals);

    public Option<string[]> Targets { get; } =
        Options.ColumnNames("--target", "A column to predict; repeat it, or separate names by commas [required: "
            + "without it, only the columns are shown]");

    public Option<string[]> Inputs { get; } = Options.ColumnNames("--input",
        "A column to predict from, a power of one as in x^2, or poly(x,3) for x, x^2 and x^3; repeat it, or separate "
            + "them by commas [default: all other columns]");

    public WeightOptions Weights { get; } = new();

    private ExcludeOption Exclude { get; } = new();

    /// <summary>Gives a command the options of the rows; arguments and names of columns have their own place.</summary>
    public void AddTo(Command command)
    {
        Exclude.AddTo(command);
        Weights.AddTo(command);
        Source.AddTo(command);
    }

    /// <summary>Reads the data that the command line names; without targets, shows what they hold.</summary>
    /// <exception cref="CommandException">There are no such data, or no targets are named.</exception>
    public async Task<LoadedData> ReadAsync(ParseResult parsed, bool keepRows, ProcessStreams terminal,
        CancellationToken cancellationToken, bool measurePrecision = false)
    {
        var named = Source.Of(parsed);
        var given = named with
        {
            Format = named.Format with { MeasurePrecision = measurePrecision },
            Weights = Weights.Column(parsed),
            KeepsRows = keepRows,
        };
        var (inputs, targets) = (parsed.GetValue(Inputs) ?? [], parsed.GetValue(Targets) ?? []);
        if (targets.Length == 0)
        {
            await LookAtData.InPlaceOfTargetAsync(Source, parsed, terminal, cancellationToken);
        }

        var loaded = await LoadedData.ReadAsync(given, columns =>
            ColumnChoice.Of(parsed, Exclude, columns, inputs, targets, given.Weights?.Name, given.Name), terminal,
            cancellationToken);
        return inputs.Length > 0 ? loaded : WithRest(loaded);
    }

    /// <summary>The data, whose inputs nobody named.</summary>
    private static LoadedData WithRest(LoadedData loaded)
    {
        var names = loaded.Design.Columns;
        return loaded with
        {
            Rest = names.Inputs,
            Findings = OtherTargets.Find(names.Inputs, names.Targets) is { } finding ? [.. loaded.Findings, finding]
                : loaded.Findings,
        };
    }
}
