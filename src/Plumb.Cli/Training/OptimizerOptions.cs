using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli.Training;

/// <summary>The options that say how a gradient becomes a step.</summary>
internal sealed class OptimizerOptions
{
    private const double DefaultMomentum = 0.9;
    private const double DefaultDecay = 0.01; // of adamw, as in PyTorch

    private readonly Option<string> _method = Options.Choice("--optimizer",
        "Optimizer: sgd, momentum, nesterov, adam, adamw, rmsprop or adagrad as in PyTorch; for full batches also cg "
            + "(conjugate gradients) and lbfgs, which need no rate",
        [.. Optimizer.All.Select(optimizer => optimizer.Name), .. TrainingMethod.LineSearches]);
    private readonly Option<NumberOrWord<double>> _rate = Options.Rate("--learning-rate",
        "Learning rate; auto takes the best one for the data's spectrum, or PyTorch's default where no spectrum "
            + "decides (adam, adamw: 0.001; rmsprop, adagrad: 0.01) [default: auto]");
    private readonly Option<double> _momentum = Options.Real("--momentum",
        "Momentum, for momentum, nesterov, sgd and rmsprop [default: 0.9 for momentum and nesterov, else 0]", 0);
    private readonly Option<double> _clip = Options.Real("--clip",
        "Clip gradients whose norm, over all parameters, is larger than this", 0);
    private readonly Option<double> _decay = Options.Real("--weight-decay",
        "Weight decay: adds this times the parameters to the gradient, or for adamw to the step [default: 0; for adamw "
            + "0.01]",
        0);
    private readonly Option<string> _schedule =
        new("--schedule")
        {
            Description = "Schedule of the learning rate: constant, step:N:FACTOR (every N steps), "
            + "exponential:FACTOR (every step), cosine or cosine:N (down to 0 in N steps) [default: constant]",
            HelpName = "SCHEDULE"
        };
    private readonly Option<long> _warmUp = Options.Whole("--warm-up",
        "Increase the learning rate linearly over the first N steps", 0L, long.MaxValue);

    public OptimizerOptions()
    {
        _method.HelpName = "METHOD"; // a list of this length would leave no room for the descriptions
        _method.DefaultValueFactory = _ => Optimizer.Sgd.Name;
    }

    public IEnumerable<Option> All => [_method, _rate, _momentum, _clip, _decay, _schedule, _warmUp];

    /// <exception cref="CommandException">Options contradict one another.</exception>
    public TrainingMethod Read(ParseResult parsed, long steps)
    {
        var name = parsed.GetValue(_method)!;
        if (TrainingMethod.LineSearches.Contains(name))
        {
            var useless =
                new Option[] { _rate, _momentum, _clip, _decay, _schedule,
                    _warmUp }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return useless is null
                ? new TrainingMethod(name, null, Schedule.Constant, null)
                : throw CommandException.Usage(
                    $"{useless.Name} and --optimizer {name} exclude each other: {name} finds the length of each step "
                        + $"by itself; leave out {useless.Name}.");
        }

        try
        {
            var schedule = ScheduleOf(parsed.GetValue(_schedule) ?? "constant", steps);
            var (chain, warmUp) = (Chain(parsed, name), parsed.GetValue(_warmUp));
            return new TrainingMethod(name, chain, warmUp > 0 ? schedule.After(warmUp) : schedule,
                parsed.GetValue(_rate)?.Number);
        }
        catch (ArgumentException e)
        {
            throw CommandException.Usage(e.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private Optimizer Chain(ParseResult parsed, string name)
    {
        var momentum = parsed.GetResult(_momentum) is null ? (double?)null : parsed.GetValue(_momentum);
        var decay = parsed.GetResult(_decay) is null ? (double?)null : parsed.GetValue(_decay);
        var chain = name switch
        {
            "sgd" when momentum > 0 => Optimizer.Momentum(momentum.Value),
            "momentum" => Optimizer.Momentum(momentum ?? DefaultMomentum),
            "nesterov" => Optimizer.Nesterov(momentum ?? DefaultMomentum),
            "rmsprop" when momentum > 0 => new Optimizer(name, [new RmsScaling(), new Momentum(momentum.Value)]),
            "adamw" => Optimizer.AdamW(decay ?? DefaultDecay),
            _ when momentum > 0 =>
                throw CommandException.Usage(
                    $"--momentum and --optimizer {name} exclude each other; it is for sgd, momentum, nesterov and "
                        + $"rmsprop."),
            _ => Optimizer.All.Single(optimizer => optimizer.Name == name),
        };
        chain = decay > 0 && name != "adamw" ? chain.After(new WeightDecay(decay.Value)) : chain;
        return parsed.GetResult(_clip) is null ? chain : chain.After(new ClipByNorm(parsed.GetValue(_clip)));
    }

    private static Schedule ScheduleOf(string text, long steps)
    {
        const string Expected =
            "expected constant, step:N:FACTOR such as step:1000:0.5, exponential:FACTOR such as exponential:0.999, or "
                + "cosine:N such as cosine:10000";
        long? Count(string word) =>
            long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
                : null;
        return text.Split(':') switch
        {
            ["constant"] => Schedule.Constant,
            ["cosine"] => Schedule.Cosine(Math.Max(steps, 1)),
            ["cosine", var count] when Count(count) is { } n => Schedule.Cosine(n),
            ["step", var count, var factor] when Count(count) is { } n
                && Options.TryReal(factor) is { } f => Schedule.Step(n, f),
            ["exponential", var factor] when Options.TryReal(factor) is { } f => Schedule.Exponential(f),
            _ => throw CommandException.Usage($"--schedule holds '{text}', {Expected}."),
        };
    }
}
