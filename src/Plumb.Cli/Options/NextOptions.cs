using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The options of 'plumb next'.</summary>
internal sealed class NextOptions
{
    private const int DefaultCount = 5;

    private readonly DataOptions _columns = new();
    private readonly CandidateOptions _candidates = new();
    private readonly Option<int> _count = Options.Whole("--count", "Number of points to propose", 1, 1000);
    private readonly Option<string> _goal = new("--goal")
    {
        Description = "What to improve once every parameter is determined: rank (nothing more), d (all parameters "
            + "together), a (their mean variance), or one parameter, such as w[y1,x2] or b[y1]",
        HelpName = "rank|d|a|w[T,X]|b[T]",
        DefaultValueFactory = _ => "d",
    };
    private readonly Option<bool> _noBias = new("--no-bias") { Description = "Fit y = W x, without b" };

    public NextOptions()
    {
        _count.DefaultValueFactory = _ => DefaultCount;
    }

    public Option<string?> Output { get; } =
        Options.Output("Also write the points to a CSV file, with a column for every column that the inputs are made "
            + "from");

    public Option<bool> Json { get; } = Options.Json();

    public ReportOptions Reports { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(_columns.Source.Data);
        foreach (var option in (Option[])[_columns.Targets, _columns.Inputs, _columns.Formula, _candidates.File,
            _candidates.Box, _count, _goal, _noBias, .. Reports.All, Output, Json])
        {
            command.Add(option);
        }

        _columns.AddTo(command);
        _candidates.AddTo(command);
        Options.RequireOneDocument(command, Json, Output);
    }

    /// <summary>Reads the data and the candidates, and proposes points.</summary>
    /// <exception cref="CommandException">Options contradict one another, or the data or the candidates cannot be
    /// used.</exception>
    public async Task<NextDocument> ProposeAsync(ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var given = _columns.Source.Of(parsed);
        var data = await _columns.ReadAsync(parsed, keepRows: false, hasBias: !parsed.GetValue(_noBias), terminal,
            cancellationToken);
        var design = data.Design;
        var experiment = new Experiment(GoalOf(parsed.GetValue(_goal)!, data.Moments.Names))
        {
            Count = parsed.GetValue(_count),
            Bias = data.HasBias,
        };
        var ofDoubles = await data.FitAsync(new LeastSquares { Bias = experiment.Bias }, terminal, withSpectrum: false);
        (data, var fit) =
            await NumbersAsMeant.DecideAsync(data, ofDoubles, withSpectrum: false, terminal, cancellationToken);
        var choice =
            await _candidates.ReadAsync(parsed, design.WithoutTargets(), given, terminal, cancellationToken);
        var proposal = await Progress.RunAsync(terminal, "looking for points",
            _ => Task.FromResult(experiment.Propose(data.Moments, choice, design, cancellationToken)));
        return new NextDocument(proposal, design, fit)
        {
            Findings = RemedyFlags.AddTo([.. proposal.Findings, .. data.Findings]),
            Rest = data.Rest,
            Candidates = choice,
            Source = given.Name,
        };
    }

    private static ExperimentGoal GoalOf(string text, VariableNames names)
    {
        switch (text)
        {
            case "rank":
                return new ExperimentGoal.FullRank();
            case "d":
                return new ExperimentGoal.Determinant();
            case "a":
                return new ExperimentGoal.MeanVariance();
        }

        foreach (var target in names.Targets)
        {
            if (text == $"b[{target}]")
            {
                return new ExperimentGoal.OneParameter(names.Inputs.Count);
            }

            for (var j = 0; j < names.Inputs.Count; j++)
            {
                if (text == $"w[{target},{names.Inputs[j]}]" || text == $"w[{target}, {names.Inputs[j]}]")
                {
                    return new ExperimentGoal.OneParameter(j);
                }
            }
        }

        throw CommandException.Usage(
            $"--goal holds '{text}', expected rank, d, a, or a parameter such as w[{names.Targets[0]},{names.Inputs[0]}"
                + $"] or b[{names.Targets[0]}]; name a target and an input of the data.");
    }
}
