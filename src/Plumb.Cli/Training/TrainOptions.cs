using System.CommandLine;

namespace Plumb.Cli.Training;

/// <summary>The options of 'plumb train'.</summary>
internal sealed class TrainOptions
{
    private readonly DataOptions _columns = new();
    private readonly Option<bool> _noBias = new("--no-bias") { Description = "Train y = W x, without b" };
    private readonly OptimizerOptions _optimizer = new();
    private readonly Option<NumberOrWord<int>> _batch = Options.Batch("--batch",
        "Rows per step: a number, or full [default: full]");
    private readonly Option<string> _loss = Options.Choice("--loss",
        "The loss to minimise. With r = W x + b - y: the sum of |r|^2 over the rows of a batch, its mean, half its "
            + "mean, or its mean over rows and targets (mse)", [.. Loss.All.Select(choice => choice.Name)]);
    private readonly Option<bool> _standardize = new("--standardize")
    {
        Description = "Train on centred and scaled inputs, and convert W and b back to the original units: fewer steps",
    };
    private readonly StopOptions _stop = new();
    private readonly StartOptions _start = new();
    private readonly Option<string?> _truth = new("--truth")
    {
        Description = "True W and b as a model file, if known",
        HelpName = "FILE",
    };
    private readonly RecordOptions _records = new();

    public TrainOptions()
    {
        _loss.DefaultValueFactory = _ => Loss.Mse.Name;
    }

    public Option<bool> Explain { get; } = new("--explain")
    {
        Description = "Also explain why W and b are not the truth, or not the best fit, as 'plumb explain' does",
    };

    public Option<string?> Output { get; } = ModelOutput.Option("Also write W and b to a model file");

    public Option<bool> Json { get; } = Options.Json();

    public ReportOptions Reports { get; } = new();

    /// <summary>What messages and reports call the data.</summary>
    public string SourceName(ParseResult parsed) => _columns.Source.Of(parsed).Name;

    public void AddTo(Command command)
    {
        command.Add(_columns.Source.Data);
        foreach (var option in (Option[])[_columns.Targets, _columns.Inputs, _columns.Formula, _noBias,
            .. _optimizer.All, _stop.Steps, _batch, _loss, _standardize, .. _stop.All, .. _start.All,
            _truth, .. _records.All, Explain, .. Reports.All, Output, Json])
        {
            command.Add(option);
        }

        _columns.AddTo(command);
        Options.RequireOneDocument(command, Json, Output);
    }

    /// <summary>Reads the data and files, and makes ready to train.</summary>
    /// <exception cref="CommandException">Options contradict one another, or the data or files cannot be
    /// used.</exception>
    public async Task<TrainingRun> ReadAsync(ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var (request, stop) = Read(parsed);
        var checkpoints = _records.Checkpoints(parsed, request.Method);
        try
        {
            return await ReadAsync(parsed, request, stop, checkpoints, terminal, cancellationToken);
        }
        catch
        {
            checkpoints?.Dispose();
            throw;
        }
    }

    private async Task<TrainingRun> ReadAsync(ParseResult parsed, TrainingRequest request, StopRule stop,
        CheckpointFolder? checkpoints, ProcessStreams terminal, CancellationToken cancellationToken)
    {
        var data = await _columns.ReadAsync(parsed, keepRows: request.BatchSize is not null || stop.HoldOut is not null,
            request.Bias, terminal, cancellationToken);
        request = request with { Bias = data.HasBias };
        var (from, names) = (_records.From(parsed, checkpoints, terminal), data.Moments.Names);
        return new TrainingRun(data, request, stop)
        {
            Seed = _start.Seed(parsed),
            Initial = _start.Read(parsed, request.Bias, names, terminal),
            Truth = parsed.GetValue(_truth) is { } file ? DataFile.ReadModelFor(file, names, terminal).Map : null,
            Checkpoints = checkpoints,
            Every = _records.Every(parsed),
            From = from,
            Logs = _records.Logs(parsed, from), // last, as files are open from here on
        };
    }

    private (TrainingRequest Request, StopRule Stop) Read(ParseResult parsed)
    {
        var batchSize = parsed.GetValue(_batch)?.Number;
        var method = _optimizer.Read(parsed, parsed.GetValue(_stop.Steps));
        RequireNoContradiction(parsed, method, batchSize);
        var stop = _stop.Read(parsed);
        var request = new TrainingRequest(method, Loss.All.Single(choice => choice.Name == parsed.GetValue(_loss)))
        {
            Bias = !parsed.GetValue(_noBias),
            BatchSize = batchSize,
            Standardize = parsed.GetValue(_standardize),
            Tolerance = _stop.Tolerance(parsed),
        };
        return batchSize is null || _columns.Weights.Column(parsed) is null
            ? (request, stop)
            : throw CommandException.Usage("weighted rows are not supported in mini-batches; train with --batch full, "
                + "or "
                + "leave out the weights.");
    }

    private void RequireNoContradiction(ParseResult parsed, TrainingMethod method, int? batchSize)
    {
        if (method.Optimizer is null && batchSize is not null)
        {
            throw CommandException.Usage(
                $"--batch and --optimizer {method.Name} exclude each other: {method.Name} needs full batches; leave "
                    + $"out --batch.");
        }

        if (parsed.GetValue(Explain) && parsed.GetValue(Json))
        {
            throw CommandException.Usage(
                "--explain and --json exclude each other; write the map with --output, and run 'plumb explain --json' "
                    + "on it.");
        }
    }
}
