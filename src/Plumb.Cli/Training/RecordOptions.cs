using System.CommandLine;

namespace Plumb.Cli.Training;

/// <summary>The options that keep a record of training: checkpoints to resume from, and logs.</summary>
internal sealed class RecordOptions
{
    private const long DefaultEvery = 1000;

    private readonly Option<string?> _checkpoint =
        new("--checkpoint")
        {
            Description = "Keep checkpoints in this directory; --resume continues from them, bit for bit the same",
            HelpName = "DIR"
        };
    private readonly Option<long> _every = Options.Whole("--every", "Steps between checkpoints", 1L,
        long.MaxValue);
    private readonly Option<bool> _resume =
        new("--resume")
        {
            Description = "Continue from the newest checkpoint, or start at the beginning if there is none"
        };
    private readonly Option<string?> _log =
        new("--log")
        {
            Description = "Write loss, distance and (if they are few) the weights to a CSV file during training",
            HelpName = "FILE"
        };
    private readonly Option<string?> _tensorBoard =
        new("--tensorboard")
        {
            Description = "Write the same for TensorBoard, as an event file in this directory",
            HelpName = "DIR"
        };

    public RecordOptions()
    {
        _every.DefaultValueFactory = _ => DefaultEvery;
    }

    public IEnumerable<Option> All => [_checkpoint, _every, _resume, _log, _tensorBoard];

    public long Every(ParseResult parsed) => parsed.GetValue(_every);

    /// <exception cref="CommandException">Options contradict one another, or the directory holds checkpoints of another
    /// run.</exception>
    public CheckpointFolder? Checkpoints(ParseResult parsed, TrainingMethod method)
    {
        if (parsed.GetValue(_checkpoint) is not { } directory)
        {
            var useless = parsed.GetValue(_resume) ? _resume.Name : parsed.GetResult(_every) is { Implicit: false }
                ? _every.Name : null;
            return useless is null ? null
                : throw CommandException.Usage(
                    $"{useless} needs the directory of the checkpoints; add --checkpoint DIR.");
        }

        if (method.Optimizer is null)
        {
            throw CommandException.Usage(
                $"--checkpoint and --optimizer {method.Name} exclude each other: it converges in a few steps; write "
                    + $"its map with --output.");
        }

        var folder = new CheckpointFolder(directory);
        if (!parsed.GetValue(_resume) && !folder.IsEmpty)
        {
            throw CommandException.Usage(
                $"{directory} holds the checkpoints of a run already; continue it with --resume, or name another "
                    + $"directory.");
        }

        folder.Lock();
        return folder;
    }

    /// <exception cref="InvalidDataException">No checkpoint is whole.</exception>
    public Checkpoint? From(ParseResult parsed, CheckpointFolder? checkpoints, ProcessStreams terminal) =>
        parsed.GetValue(_resume) ? checkpoints?.Newest(terminal) : null;

    public TrainingLogs Logs(ParseResult parsed, Checkpoint? from)
    {
        var logs = new List<TrainingLog>();
        if (parsed.GetValue(_log) is { } file)
        {
            logs.Add(new CsvTrainingLog(file, from?.Steps ?? 0));
        }

        if (parsed.GetValue(_tensorBoard) is { } directory)
        {
            logs.Add(new TensorBoardLog(directory, TimeProvider.System));
        }

        return new TrainingLogs(logs);
    }
}
