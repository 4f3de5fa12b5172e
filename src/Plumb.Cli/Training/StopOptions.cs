using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli.Training;

/// <summary>The options that say when training ends.</summary>
internal sealed class StopOptions
{
    private const long DefaultSteps = 10_000;
    private const int DefaultPatience = 10;

    private readonly Option<double> _tolerance = Options.Real("--tolerance",
        "Stop when every parameter, and every determined combination of them, is within this fraction of its "
            + "standard error (or within rounding) of the best fit; at most 0.01; 0 never stops early [default: "
            + "0.01]", 0);
    private readonly Option<double> _time = Options.Real("--time", "Time limit in seconds", 0);
    private readonly Option<double> _holdOut = Options.Fraction("--holdout",
        "Hold out this fraction of the rows, chosen by the seed, and stop when the loss on them no longer falls");
    private readonly Option<int> _patience = Options.Whole("--patience",
        "With --holdout: stop after this many passes over the rows (or full-batch steps) without improvement "
            + "[default: 10]", 1,
        int.MaxValue);

    public StopOptions()
    {
        Steps.DefaultValueFactory = _ => DefaultSteps;
    }

    /// <summary>The maximum number of steps, which have their own place in the help.</summary>
    public Option<long> Steps { get; } = Options.Whole("--steps",
        "Maximum number of steps; training stops earlier once it has converged", 0L, long.MaxValue);

    /// <summary>The others.</summary>
    public IEnumerable<Option> All => [_tolerance, _time, _holdOut, _patience];

    /// <exception cref="CommandException">Options contradict one another.</exception>
    public StopRule Read(ParseResult parsed)
    {
        var holdsOut = parsed.GetResult(_holdOut) is not null;
        return holdsOut || parsed.GetResult(_patience) is null
            ? new StopRule(parsed.GetValue(Steps))
            {
                Time = parsed.GetResult(_time) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(_time)),
                HoldOut = holdsOut ? parsed.GetValue(_holdOut) : null,
                Patience = parsed.GetResult(_patience) is null ? DefaultPatience : parsed.GetValue(_patience),
            }
            : throw CommandException.Usage(
                "--patience is how long to wait for the loss over held-out rows; add --holdout 0.2.");
    }

    /// <exception cref="CommandException">It is larger than any that has converged.</exception>
    public double Tolerance(ParseResult parsed)
    {
        if (parsed.GetResult(_tolerance) is null)
        {
            return ConvergenceTest.MostStandardErrors;
        }

        var tolerance = parsed.GetValue(_tolerance);
        return tolerance <= ConvergenceTest.MostStandardErrors
            ? tolerance
            : throw CommandException.Usage(string.Create(CultureInfo.InvariantCulture,
                $"--tolerance holds '{tolerance}', expected at most {ConvergenceTest.MostStandardErrors} (standard "
                    + $"errors): farther away, W and b are not the best fit's; to stop earlier, give --steps."));
    }
}
