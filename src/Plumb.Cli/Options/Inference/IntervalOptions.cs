using System.CommandLine;

namespace Plumb.Cli;

/// <summary>Which intervals predictions are given beside them.</summary>
internal sealed class IntervalOptions
{
    private readonly Option<string> _interval = Options.Choice("--interval",
        "Also write an interval of each prediction (y_low, y_high), its leverage, and whether it lies outside the "
            + "model's data (1 or 0): of the mean of y there, or of one new observation", "mean", "new");
    private readonly Option<double> _level = Options.Fraction("--level", "Confidence level of the intervals");
    private readonly Option<string> _simultaneous = Options.Choice("--simultaneous",
        "Widen the intervals of a target so that all of them hold at once: for means, scheffe holds at every point "
            + "there is", "scheffe", "bonferroni");

    public IntervalOptions() => _level.DefaultValueFactory = _ => 0.95;

    public void AddTo(Command command)
    {
        command.Add(_interval);
        command.Add(_level);
        command.Add(_simultaneous);
    }

    /// <summary>What is asked for; null where no interval is.</summary>
    /// <exception cref="CommandException">An option says how to make intervals that nobody asks for.</exception>
    public AskedIntervals? Of(ParseResult parsed)
    {
        if (parsed.GetValue(_interval) is { } kind)
        {
            return new AskedIntervals(kind == "mean" ? IntervalKind.Mean : IntervalKind.New,
                new PredictionInterval(parsed.GetValue(_level))
                {
                    Simultaneous = parsed.GetValue(_simultaneous) switch
                    {
                        "scheffe" => SimultaneousMethod.Scheffe,
                        "bonferroni" => SimultaneousMethod.Bonferroni,
                        _ => SimultaneousMethod.None,
                    },
                });
        }

        var idle = parsed.GetResult(_level) is { Implicit: false } ? _level.Name
            : parsed.GetValue(_simultaneous) is not null ? _simultaneous.Name : null;
        return idle is null ? null
            : throw CommandException.Usage($"{idle} is about intervals, and none are asked for; add --interval mean or "
                + "--interval new.");
    }
}
