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
                Description = "Files that 'plumb moments' wrote, of the same columns",
                Arity = ArgumentArity.OneOrMore
            };
        var output = Options.Output("The file to write");
        output.Required = true;

        var command = new DocumentedCommand(
            "merge",
            "Adds up moments of several files, exactly: the result is that of all rows together, to the last bit.",
            "plumb merge monday.moments tuesday.moments -o week.moments")
        {
            files, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Moments? all = null;
            foreach (var path in parsed.GetRequiredValue(files))
            {
                all = Add(all, path, terminal);
            }

            await terminal.WriteAsync(parsed.GetValue(output),
                stream => Task.Run(() => all!.Save(stream), cancellationToken), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static Moments Add(Moments? all, string path, ProcessStreams terminal)
    {
        var moments = DataFile.ReadMoments(path, terminal);
        if (all is null)
        {
            return moments;
        }

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

        all.Merge(moments);
        return all;
    }

    private static string Describe(VariableNames names) => Names.List([.. names.Inputs, .. names.Targets]);
}
