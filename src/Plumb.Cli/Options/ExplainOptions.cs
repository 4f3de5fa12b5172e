using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The options of 'plumb explain'.</summary>
internal sealed class ExplainOptions
{
    private readonly ModelOptions _model = new("The model to explain, Plumb's or another program's");
    private readonly SourceOptions _source = new(" that it was learned from");
    private readonly Option<string?> _truth = new("--truth")
    {
        Description = "True W and b as a model file, if known",
        HelpName = "FILE",
    };
    private readonly ObjectiveOptions _objective = new();
    private readonly NoiseOption _noise = new();
    private readonly Option<bool> _ordered = Options.Ordered();
    private readonly WeightOptions _weights = new();
    private readonly ExcludeOption _exclude = new();

    public Option<bool> Evidence { get; } = new("--evidence")
    {
        Description = "Also show what the explanation rests on: each question, its answer, and what decided it",
    };

    public Option<string?> Output { get; } =
        ModelOutput.Option("Also write W and b to a model file: repaired, where a mechanical mistake was found");

    public Option<bool> Json { get; } = Options.Json();

    public ReportOptions Reports { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(_model.Model);
        command.Add(_source.Data);
        command.Add(_model.Targets);
        command.Add(_model.Inputs);
        command.Add(_truth);
        _objective.AddTo(command);
        _noise.AddTo(command);
        command.Add(_ordered);
        command.Add(Evidence);
        Reports.AddTo(command);
        command.Add(Output);
        command.Add(Json);
        _model.AddTo(command);
        _exclude.AddTo(command);
        _weights.AddTo(command);
        _source.AddTo(command);
        Options.RequireOneDocument(command, Json, Output);
    }

    /// <summary>Reads the map and the data, and explains the one by the other.</summary>
    /// <exception cref="CommandException">Options contradict one another, or the files cannot be used.</exception>
    public async Task<ExplainedMap> ExplainAsync(ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var (path, given) = (parsed.GetRequiredValue(_model.Model), _source.Of(parsed));
        RequireModelAndData(path, given);
        var stored = _model.Read(parsed, terminal);
        var from = stored.Model?.LearnedFrom;
        given = given.As(from) with { Weights = _weights.Column(parsed), LooksAgain = true };
        var loaded = await LoadedData.ReadAsync(given,
            table => PlanOf(_model, _exclude, parsed, stored, table, given.Apart, given.Name), terminal,
            cancellationToken);
        loaded = loaded.Compared(from);
        var readings = stored.ReadingsWithBias(loaded.Moments.Names);
        var candidate = readings.Count > 0 ? readings[0].Model
            : DataFile.ModelFor(stored, path, loaded.Moments.Names, loaded.Design);
        var settings = new LeastSquares { Bias = candidate.Provenance?.HasBias ?? true };
        var ofDoubles = await loaded.FitAsync(settings, terminal, withSpectrum: false);
        (loaded, var fit) =
            await NumbersAsMeant.DecideAsync(loaded, ofDoubles, withSpectrum: false, terminal, cancellationToken);
        candidate = Chosen(readings, stored, fit) ?? candidate;
        var corrected = _noise.Correct(parsed, loaded, fit.Settings.Bias);
        var background = new Background
        {
            Truth = parsed.GetValue(_truth) is { } file ? DataFile.ReadModelFor(file, fit.Names, terminal).Map : null,
            Objective = _objective.Of(parsed, candidate.Provenance, fit, terminal),
            Corrected = corrected?.Map,
            Rows = await loaded.LookAgainAsync(fit, parsed.GetValue(_ordered), terminal, cancellationToken),
            SignificandBits = stored.SignificandBits,
            IsForeign = candidate.Provenance is null,
        };
        var explanation = await ExplainAsync(candidate.Map, loaded, fit, background, terminal, cancellationToken);
        return new ExplainedMap(candidate, explanation)
        {
            Corrected = corrected,
            DataFindings = [.. stored.Findings, .. loaded.FindingsAndNotSeen],
            InWords = RemedyFlags.AddForOthers,
            Model = DataFile.NameOf(path),
            Source = given.Name,
        };
    }

    /// <summary>The one of several readings that the data support; null where there are none.</summary>
    /// <exception cref="InvalidDataException">They support none of them, or several.</exception>
    private static AffineModel? Chosen(IReadOnlyList<HeldBias> readings, StoredWeights stored, LinearFit fit)
    {
        if (readings.Count == 0)
        {
            return null;
        }

        AffineMap[] maps = [.. readings.Select(reading => reading.Model.Map)];
        var place = BiasTrial.Choose(maps, fit, stored.SignificandBits);
        if (place < 0)
        {
            return stored.ToModel(fit.Names); // refuses, and says why
        }

        stored.Replace("no-bias", BiasTrial.Said(stored.File, stored.ShapeText, readings[place].Word,
            readings[place].Said, maps[place], maps.Where((_, i) => i != place), fit));
        return readings[place].Model;
    }

    /// <summary>
    /// Explains by the moments; where they do not tell where the map comes from, by another pass over the rows.
    /// </summary>
    private static async Task<Explanation> ExplainAsync(AffineMap map, LoadedData loaded, LinearFit fit,
        Background background, ProcessStreams terminal, CancellationToken cancellationToken)
    {
        var explanation = Explanation.Of(map, fit, background, cancellationToken);
        if (explanation.OriginEvidence is not { Answer: Answer.Fails } || loaded.Again is not { } again)
        {
            return explanation;
        }

        var hints = await Progress.RunAsync(terminal, "looking for where W and b come from",
            _ => RowHints.OfAsync(map, loaded.Moments, again(cancellationToken), cancellationToken));
        return Explanation.Of(map, fit, background with { Hints = hints }, cancellationToken);
    }

    /// <summary>Refuses a command line whose data are weights, or that reads standard input twice.</summary>
    /// <exception cref="CommandException">It is one.</exception>
    internal static void RequireModelAndData(string model, DataArguments data)
    {
        if (model == "-" && data.UsesStandardInput)
        {
            throw CommandException.Usage(
                "MODEL and DATA are both standard input, expected one of them at most; name a file.");
        }

        if (data.Paths.FirstOrDefault(path =>
            Path.GetExtension(path) is ".json" or ".npy" or ".npz" or ".safetensors") is { } weights)
        {
            throw CommandException.Usage(
                $"DATA is {weights}, expected the rows that the map was learned from; give MODEL first, then DATA.");
        }
    }

    /// <summary>The columns that the options choose; what they leave out is what the file names.</summary>
    internal static DesignPlan PlanOf(ModelOptions options, ExcludeOption exclude, ParseResult parsed,
        StoredWeights stored, TableColumns table, IReadOnlyList<string> apart, string file)
    {
        var (inputs, targets) = (parsed.GetValue(options.Inputs) ?? [], parsed.GetValue(options.Targets) ?? []);
        var (model, columns) = (stored.ToModel(), table.Names);
        var own = model.Map.Names;
        if (targets.Length == 0 && !own.Targets.All(columns.Contains)
            && own.Targets.SequenceEqual(VariableNames.Default(own.Inputs.Count, own.Targets.Count).Targets))
        {
            throw CommandException.Usage($"{stored.File} does not say which "
                + $"{(own.Targets.Count == 1 ? "column its target is" : "columns its targets are")}; name "
                    + $"{(own.Targets.Count == 1 ? "it" : "them")} by --target, of the columns of {file}: "
                    + $"{Names.List(columns)}.");
        }

        if (inputs.Length == 0 && stored.HasNames && model.Design is null)
        {
            var terms = targets.Length == 0 ? [.. own.Targets.Where(columns.Contains).Select(name => new Term(name))]
                : Names.ResolveTerms("--target", targets, columns, file).Terms;
            if (terms.Count == own.Targets.Count
                && ForeignLevels.PlanOf(own.Inputs, terms, columns, table.Kinds) is { } foreign)
            {
                Names.RequireTargets(terms, foreign.Categories, table, file);
                return foreign;
            }
        }

        return targets.Length + inputs.Length == 0
            ? Names.Require(model, columns, parsed.GetRequiredValue(options.Model), file)
            : WithTexts(ColumnChoice.Of(parsed, exclude, table,
                inputs.Length == 0 && stored.HasNames && AreTerms(own.Inputs, columns) ? own.Inputs : inputs,
                targets.Length > 0 ? targets : own.Targets, apart, file), table);
    }

    /// <summary>The same plan, in which columns of texts are categories, as a fit takes them.</summary>
    private static DesignPlan WithTexts(DesignPlan plan, TableColumns table) => plan.Resolved is not null ? plan
        : plan with
        {
            Categories = [.. plan.Categories.Union(plan.Columns.Inputs.Where(column =>
                table.KindOf(column) == ColumnKind.Text), StringComparer.Ordinal)],
        };

    /// <summary>Whether each name is that of a column, or of a term of such, as in log(x).</summary>
    private static bool AreTerms(IReadOnlyList<string> names, IReadOnlyList<string> columns)
    {
        var known = columns.ToHashSet(StringComparer.Ordinal);
        return names.All(name => known.Contains(name)
            || (Term.Parse(name, known) is [var term] && term.Name == name));
    }
}
