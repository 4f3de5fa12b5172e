using System.CommandLine;

namespace Plumb.Cli.Training;

/// <summary>The options that say where training starts.</summary>
internal sealed class StartOptions
{
    private const int StartStream = 2; // of the seed: another than simulate's, or training would start at the truth

    private readonly Option<string> _initial = new("--init")
    {
        Description = "Where to start: random (uniform on [0, 1)), zero, or a model file",
        HelpName = "random|zero|FILE",
        DefaultValueFactory = _ => "random",
    };
    private readonly Option<long> _seed = Options.Whole("--seed",
        "Seed of the random start, of the order of the rows and of the rows held out", long.MinValue, long.MaxValue);

    public StartOptions()
    {
        _seed.DefaultValueFactory = _ => 1;
    }

    public IEnumerable<Option> All => [_initial, _seed];

    public long Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <exception cref="CommandException">The model file's names are others, or it has a bias and none is
    /// trained.</exception>
    public AffineMap Read(ParseResult parsed, bool bias, VariableNames names, ProcessStreams terminal)
    {
        var choice = parsed.GetValue(_initial)!;
        var map = choice switch
        {
            "random" => AffineMap.Random(names.Inputs.Count, names.Targets.Count,
                new RandomSource(Seed(parsed), StartStream)).Named(names),
            "zero" => AffineMap.Zero(names.Inputs.Count, names.Targets.Count).Named(names),
            _ => DataFile.ReadModelFor(choice, names, terminal).Map,
        };
        if (bias || !map.Bias.ContainsAnyExcept(0.0))
        {
            return map;
        }

        return choice == "random"
            ? new AffineMap(map.Weights, new double[map.TargetCount], names)
            : throw CommandException.Usage(
                $"--no-bias trains without b, but the start in {choice} has one; leave out --no-bias, or start from "
                    + $"another map.");
    }
}
