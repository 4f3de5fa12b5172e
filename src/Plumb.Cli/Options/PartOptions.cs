using System.CommandLine;

namespace Plumb.Cli;

/// <summary>That only a part of the data is read, as one of several processes.</summary>
internal sealed class PartOptions
{
    private readonly Option<string?> _part = new("--part")
    {
        HelpName = "K/N",
        Description = "Read the K-th of N parts of the data, as 7/64: for N processes, on one machine or many, whose "
            + "files 'plumb merge' adds up",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Do nothing where the file to write holds that part already, of the same data and options",
    };

    private readonly Option<bool> _wholeFiles = NewWholeFiles();

    /// <summary>The option that says that files are not cut.</summary>
    public static Option<bool> NewWholeFiles() => new("--whole-files")
    {
        Description = "Cut the data between files only, as where quoted texts hold line ends",
    };

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        _part.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Part.TryParse(token.Value) is null)
            {
                result.AddError($"--part is '{token.Value}', expected K/N with K from 1 to N, as in 7/64");
            }
        });
        command.Add(_part);
        command.Add(_wholeFiles);
        command.Add(_resume);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_part) is null
                && (result.GetValue(_wholeFiles) || result.GetValue(_resume)))
            {
                result.AddError("--whole-files and --resume are about parts, and no --part is given; say which, as in "
                    + "--part 7/64");
            }
        });
    }

    /// <summary>The part; null where all is read.</summary>
    /// <exception cref="CommandException">Something else than files is named, or there is no such file.</exception>
    public PlannedPart? Of(ParseResult parsed, DataArguments given) =>
        parsed.GetValue(_part) is { } text && Part.TryParse(text) is { } part
            ? new PlannedPart(part, PartPlan.Of(given, parsed.GetValue(_wholeFiles))) : null;

    /// <summary>What the file is to say of its part.</summary>
    public PartLabel LabelOf(ParseResult parsed, PlannedPart part, Option<string?> output) =>
        PartLabel.For(part, parsed, [_part, _resume, output]);

    /// <summary>Whether a file holds the part already, and it was said that nothing is to be done then.</summary>
    public bool IsDone(ParseResult parsed, string? output, PartLabel label, ProcessStreams terminal)
    {
        if (!parsed.GetValue(_resume) || output is null or "-" || !File.Exists(output))
        {
            return false;
        }

        try
        {
            return DataFile.ReadMoments(output, terminal).Parts is [var part] && part.Label == label.ToString();
        }
        catch (InvalidDataException)
        {
            return false; // of a run that another program wrote over: it is made again
        }
    }
}
