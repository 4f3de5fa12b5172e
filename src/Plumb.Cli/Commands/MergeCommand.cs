using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Adds up moments, exactly: as if their rows had been read from one file.</summary>
internal static class MergeCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var files =
            new Argument<string[]>("MOMENTS")
            {
                Description = "Files that 'plumb moments' wrote, of the same columns, or a pattern such as "
                    + "\"parts/*.moments\"",
                Arity = ArgumentArity.OneOrMore
            };
        var output = Options.Output("The file to write");
        output.Required = true;
        var allowsRepeats = new Option<bool>("--allow-repeats")
        {
            Description = "Count rows twice where two of the files hold them [default: such files are refused]",
        };

        var incomplete = new Option<bool>("--incomplete")
        {
            Description = "Merge even if parts are missing; add them later [default: missing parts are named, and "
                + "nothing is written]",
        };

        var onePart = new Option<bool>("--one-part")
        {
            Description = "Forget what the file was merged from: it is then byte for byte the file of all rows read "
                + "at once"
        };

        var command = new DocumentedCommand(
            "merge",
            "Adds up moments of several files, exactly: the result is that of all rows together, to the last bit.",
            "plumb merge monday.moments tuesday.moments -o week.moments",
            "plumb merge \"parts/*.moments\" -o all.moments")
        {
            files, output, allowsRepeats, incomplete, onePart,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (all, holders) = ((Moments?)null, new Dictionary<string, string>(StringComparer.Ordinal));
            var parts = new PartSet();
            foreach (var path in parsed.GetRequiredValue(files).SelectMany(FilePattern.Expand))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var moments = DataFile.ReadMoments(path, terminal);
                parts.Add(DataFile.NameOf(path), moments.Parts);
                if (!parsed.GetValue(allowsRepeats))
                {
                    RequireNew(moments.Parts, DataFile.NameOf(path), holders);
                }

                all = all is null ? moments : Add(all, moments, path);
            }

            if (!parsed.GetValue(incomplete))
            {
                parts.RequireComplete();
            }

            var whole = parsed.GetValue(onePart) || parts.IsComplete ? all!.AsOnePart() : all!;
            await terminal.WriteAsync(parsed.GetValue(output),
                stream => Task.Run(() => whole.Save(stream), cancellationToken), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static void RequireNew(IReadOnlyList<MomentsPart> parts, string name, Dictionary<string, string> holders)
    {
        // Parts of a plan, which another check knows apart, may hold the same rows, or none.
        MomentsPart[] repeated =
            [.. parts.Where(part => part.Label.Length == 0 && holders.ContainsKey(part.Hash))];
        if (repeated.Length > 0)
        {
            var rows = NumberText.Of(repeated.Sum(part => part.Rows), "row");
            throw CommandException.DataRefused(repeated.Length == parts.Count
                ? $"{name}: holds the same {rows} as {holders[repeated[0].Hash]}, which would count twice; leave out "
                    + "one of the two, or say --allow-repeats."
                : $"{name}: holds {rows} that {holders[repeated[0].Hash]} holds too, in {repeated.Length} of its "
                    + $"{parts.Count} parts, which would count twice; merge each part once, or say --allow-repeats.");
        }

        foreach (var part in parts)
        {
            holders[part.Hash] = name;
        }
    }

    private static Moments Add(Moments all, Moments moments, string path)
    {
        if (!all.Names.Equals(moments.Names))
        {
            throw CommandException.DataRefused(
                $"{path}: has the columns {Describe(moments.Names)}, but the files before it have {Describe(all.Names)}"
                    + $"; merge files of the same columns.");
        }

        if (!all.Squares.SequenceEqual(moments.Squares))
        {
            throw CommandException.DataRefused(
                $"{path}: {(moments.Squares.Count > 0 ? "keeps" : "does not keep")} squares of its columns, and the "
                    + $"files before it {(all.Squares.Count > 0 ? "keep others" : "keep none")}; write all of them "
                        + $"with --bends, or all without.");
        }

        if (all.Design.FirstOtherMeaning(moments.Design) is { } column)
        {
            throw CommandException.DataRefused(all.Design.Meanings[column] is ColumnMeaning.Time date
                ? $"{path}: counts '{column}' in other units or from another day than the files before it, which begin "
                    + $"on {date.Beginning}; write all with the same --date-origin and --date-unit."
                : $"{path}: '{column}' has other levels, or is coded otherwise, than in the files before it; write all "
                    + "with the same levels, --reference and --coding.");
        }

        all.Merge(moments);
        return all;
    }

    private static string Describe(VariableNames names) => Names.List([.. names.Inputs, .. names.Targets]);
}
