using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The data, and which of their columns are inputs and targets: shared by the commands that learn.</summary>
/// <param name="takesDecimals">Whether the command can work with decimals as they are written.</param>
/// <param name="takes">Which words of DATA are data; all of them when left out.</param>
/// <param name="takesErrors">Whether the noise of rows may be known.</param>
internal sealed class DataOptions(bool takesDecimals = false, Func<string, bool>? takes = null,
    bool takesErrors = false)
{
    public SourceOptions Source { get; } = new(takesDecimals: takesDecimals) { Takes = takes ?? (_ => true) };

    public Option<string[]> Targets { get; } =
        Options.ColumnNames("--target", "A column to predict, or a function of one such as log(NAME); repeat the "
            + "option, or separate names with commas [required: without it, only the columns are shown]");

    public Option<string[]> Inputs { get; } = Options.ColumnNames("--input",
        "An input column, or a term: x^2, poly(x,3) for x, x^2 and x^3, a:b for a product, a*b for a, b and a:b, "
            + "log(x), exp, log10, log2, log1p, sqrt, abs, 1/x; repeat the option, or separate with commas [default: "
            + "all other columns]");

    public Option<string?> Formula { get; } = new("--formula")
    {
        Description = "Targets and inputs as an R formula, such as \"mpg ~ wt*hp + C(cyl) - 1\", instead of --target "
            + "and --input",
        HelpName = "FORMULA",
    };

    public CategoryOptions Categories { get; } = new();

    public WeightOptions Weights { get; } = new(takesErrors);

    private ExcludeOption Exclude { get; } = new();

    /// <summary>Gives a command the options of the rows; arguments and names of columns have their own place.</summary>
    public void AddTo(Command command)
    {
        Exclude.AddTo(command);
        Categories.AddTo(command);
        Weights.AddTo(command);
        Source.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Formula) is not null
                && (result.GetResult(Targets) is not null || result.GetResult(Inputs) is not null))
            {
                result.AddError("--formula names targets and inputs itself, expected it alone; leave out --target and "
                    + "--input");
            }
        });
    }

    /// <summary>Reads the data that the command line names; without targets, shows what they hold.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="keepRows">Whether the rows are needed, not only their moments.</param>
    /// <param name="hasBias">Whether there is to be a bias; a formula may say that there is none.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="looksAgain">Whether the rows are looked at again.</param>
    /// <param name="measurePrecision">Whether to measure how precisely numbers are printed.</param>
    /// <param name="groups">The columns that say which group a row belongs to.</param>
    /// <exception cref="CommandException">There are no such data, or no targets are named.</exception>
    public async Task<LoadedData> ReadAsync(ParseResult parsed, bool keepRows, bool hasBias, ProcessStreams terminal,
        CancellationToken cancellationToken, bool looksAgain = false, bool measurePrecision = false,
        IReadOnlyList<string>? groups = null)
    {
        var named = Source.Of(parsed);
        var given = named with
        {
            Format = named.Format with { MeasurePrecision = measurePrecision },
            Weights = Weights.Column(parsed),
            Groups = groups ?? [],
            KeepsRows = keepRows,
            LooksAgain = looksAgain,
            Dates = Categories.Dates(parsed, named.Format.DateOrder),
        };
        if (parsed.GetValue(Formula) is null && parsed.GetValue(Targets) is not { Length: > 0 })
        {
            await LookAtData.InPlaceOfTargetAsync(Source, parsed, terminal, cancellationToken);
        }

        var loaded = await LoadedData.ReadAsync(given, table =>
        {
            var plan = Categories.ApplyTo(Choose(parsed, table, given), parsed, table, given.Name);
            hasBias &= plan.HasBias;
            return plan with { HasBias = hasBias };
        }, terminal, cancellationToken);
        if (given.MomentsPath is { } moments)
        {
            Categories.RequireAsMade(parsed, loaded.Design, moments);
        }

        loaded = loaded with { HasBias = hasBias };
        return parsed.GetValue(Inputs) is { Length: > 0 } || parsed.GetValue(Formula) is not null ? loaded
            : WithRest(loaded);
    }

    private DesignPlan Choose(ParseResult parsed, TableColumns table, DataArguments given)
    {
        if (parsed.GetValue(Formula) is not { } formula)
        {
            return ColumnChoice.Of(parsed, Exclude, table, parsed.GetValue(Inputs) ?? [],
                parsed.GetValue(Targets) ?? [], given.Apart, given.Name);
        }

        try
        {
            var kept = Exclude.Keep(parsed, table.Names, [], given.Name);
            string[] free = [.. kept.Except(given.Apart, StringComparer.Ordinal)];
            var plan = Designs.Formula.Parse(formula, table.Names, free);
            Names.RequireTargets(plan.Targets, plan.Categories, table, given.Name);
            return plan;
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage($"--formula: {exception.Message}, in '{formula}'; its terms are columns of "
                + $"{given.Name} ({Names.List(table.Names)}), x^2, a:b, a*b, log(x) and the like, C(x), I(x^2), 0 "
                + "and 1.");
        }
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
