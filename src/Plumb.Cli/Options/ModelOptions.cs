using System.CommandLine;

namespace Plumb.Cli;

/// <summary>
/// A file of weights, ours or from elsewhere, and what it does not say itself: shared by the commands that take a map
/// first.
/// </summary>
internal sealed class ModelOptions(string description)
{
    private readonly Option<string?> _weightsName =
        new("--weights-name")
        {
            Description = "The array in MODEL that holds W, or the column of a table of coefficients [default: coef_, "
            + "weights, weight, W or kernel, or the only matrix]",
            HelpName = "NAME"
        };
    private readonly Option<string?> _biasName =
        new("--bias-name")
        {
            Description = "The array in MODEL that holds b [default: intercept_, bias or b, beside "
            + "the weights]",
            HelpName = "NAME"
        };
    private readonly Option<bool> _transposed =
        new("--transposed")
        {
            Description = "W in MODEL is inputs x targets, as in Keras [default: only where its shape says so]"
        };

    private readonly Option<string> _biasAt = Options.Choice("--bias-at",
        "Which number of each target is its bias, where W and b are one array in MODEL [default: 'plumb explain' tries "
            + "both]", "first", "last");

    public Argument<string> Model { get; } =
        new("MODEL") { Description = description + ": JSON, CSV, NPY, NPZ or safetensors" };

    public Option<string[]> Targets { get; } = Options.ColumnNames("--target",
        "The columns of DATA that hold the model's targets, in the model's order [default: the names in MODEL, or y1, "
            + "y2, ..]");

    public Option<string[]> Inputs { get; } = Options.ColumnNames("--input",
        "The columns of DATA that hold the model's inputs, in the model's order [default: the names in MODEL; all but "
            + "the targets; or x1, x2, ..]");

    /// <summary>Gives a command the options about the file.</summary>
    public void AddTo(Command command)
    {
        command.Add(_weightsName);
        command.Add(_biasName);
        command.Add(_transposed);
        command.Add(_biasAt);
    }

    /// <summary>Reads the file that the command line names.</summary>
    /// <exception cref="CommandException">There is no such file, or it is a directory.</exception>
    /// <exception cref="InvalidDataException">It holds no weights.</exception>
    public StoredWeights Read(ParseResult parsed, ProcessStreams terminal) =>
        DataFile.ReadWeights(parsed.GetRequiredValue(Model), Format(parsed), terminal);

    private WeightsFormat Format(ParseResult parsed) => new()
    {
        WeightsName = parsed.GetValue(_weightsName),
        BiasName = parsed.GetValue(_biasName),
        Transposed = parsed.GetValue(_transposed),
        BiasAt = parsed.GetValue(_biasAt) switch
        {
            "first" => BiasPlace.First,
            "last" => BiasPlace.Last,
            _ => null,
        },
    };
}
