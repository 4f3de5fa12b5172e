using System.CommandLine;

namespace Plumb.Cli;

/// <summary>
/// What a map was made to minimise, if not the squared residuals alone: at most one of a ridge penalty, weight decay
/// and an early stop.
/// </summary>
internal sealed class ObjectiveOptions
{
    private readonly Option<double> _ridge = Options.Real("--ridge",
        "Ridge penalty that W and b were learned with [default: what the model file says, or 0]", 0);
    private readonly Option<double> _decay = Options.Real("--weight-decay",
        "Weight decay that they were trained with, as in PyTorch's SGD", 0);
    private readonly Option<string?> _start =
        new("--start")
        {
            Description = "Model file that full-batch gradient descent started from; with --steps and "
            + "--learning-rate, an early stop",
            HelpName = "FILE"
        };
    private readonly Option<long> _steps = Options.Whole("--steps", "Number of steps taken from --start", 0L,
        long.MaxValue);
    private readonly Option<double> _rate = Options.Real("--learning-rate", "Learning rate of these steps", 0);
    private readonly Option<string> _loss = Options.Choice("--loss",
        "Loss that --weight-decay or --start goes with [default: mse]",
        [.. Loss.All.Select(choice => choice.Name)]);

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ridge, _decay, _start, _steps, _rate, _loss])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (((Option[])[_ridge, _decay, _start]).Count(option => result.GetResult(option) is not null) > 1)
            {
                result.AddError("give only one of --ridge, --weight-decay and --start: the objective that the map was "
                    + "learned with");
            }

            var parts = ((Option[])[_start, _steps, _rate]).Count(option => result.GetResult(option) is not null);
            if (parts is 1 or 2)
            {
                result.AddError("give --start, --steps and --learning-rate together, or none of them");
            }
        });
    }

    /// <summary>The objective that the options, or the model file, name.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="made">How the map was made, where its file says so.</param>
    /// <param name="fit">The best fit.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    public Objective? Of(ParseResult parsed, Provenance? made, LinearFit fit, ProcessStreams terminal)
    {
        var loss = Loss.All.Single(choice => choice.Name == (parsed.GetValue(_loss) ?? Loss.Mse.Name));
        if (parsed.GetValue(_start) is { } start)
        {
            return Objective.EarlyStop(fit, DataFile.ReadModelFor(start, fit.Names, terminal).Map, loss,
                parsed.GetValue(_rate), parsed.GetValue(_steps));
        }

        if (parsed.GetValue(_decay) is > 0 and var decay)
        {
            return Objective.Decay(fit, loss, decay);
        }

        var ridge = parsed.GetResult(_ridge) is not null || parsed.GetResult(_decay) is not null
            ? parsed.GetValue(_ridge) : made?.Ridge ?? 0;
        return ridge > 0 ? Objective.Ridge(fit.Moments, ridge, fit.Settings.Bias) : null;
    }
}
