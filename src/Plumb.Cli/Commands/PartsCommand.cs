using System.CommandLine;
using System.Globalization;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Shows how files are cut into parts for several processes.</summary>
internal static class PartsCommand
{
    private const int MostShown = 200;

    public static Command Create(ProcessStreams terminal)
    {
        var words = new Argument<string[]>("DATA N")
        {
            Description = "Files with rows, or patterns for them, then the number of parts",
            Arity = ArgumentArity.OneOrMore,
        };
        var wholeFiles = PartOptions.NewWholeFiles();
        var command = new DocumentedCommand(
            "parts",
            "Shows how files are cut into parts that 'plumb moments --part' reads, one process each, on one machine or "
                + "many.",
            "plumb parts \"data/*.parquet\" 64",
            "plumb parts data.csv 4")
        {
            words, wholeFiles,
        };
        command.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(words);
            if (given.Length < 2 || Part.TryParse($"1/{given[^1]}") is not { Count: var count })
            {
                throw CommandException.Usage($"'{given[^1]}' is the last word, expected the number of parts behind the "
                    + "files, as in: plumb parts data.csv 4");
            }

            var plan = PartPlan.Of(new DataArguments(given[..^1], new CsvFormat()), parsed.GetValue(wholeFiles));
            new TerminalPage(terminal.Console).Write(PageOf(plan, count, given[..^1]));
            return ExitCode.Done;
        });
        return command;
    }

    private static Page PageOf(PartPlan plan, int count, string[] paths) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"{NumberText.Of(plan.Files.Count(), "file")} of {NumberText.Of(plan.Bytes, "byte")} in "
                + $"{NumberText.Of(count, "part")}"),
        [
            new PageTable([PageColumn.Names("part"), new("bytes"), PageColumn.Sentences("reads")],
                [.. Enumerable.Range(1, Math.Min(count, MostShown)).Select(number =>
                    Row(new Part(number, count), plan))]),
            .. count <= MostShown ? [] : (PagePart[])
            [
                new PageText(string.Create(CultureInfo.InvariantCulture, $"Shown: {MostShown} of {count} parts.")),
            ],
            new PageText("Each process writes the moments of its part, and the last one adds them up:"),
            new PageCommand($"plumb moments {string.Join(' ', paths.Select(ShellWord.Of))} --part 1/{count} -o "
                + "parts/1.moments"),
            new PageCommand("plumb merge \"parts/*.moments\" -o all.moments"),
        ]);

    private static IReadOnlyList<PageCell> Row(Part part, PartPlan plan)
    {
        var pieces = plan.Of(part);
        return
        [
            part.ToString(), NumberText.Count(pieces.Sum(piece => piece.Bytes)),
            pieces.Count == 0 ? "nothing" : string.Join(", ", pieces.Select(Words)),
        ];
    }

    private static string Words(FilePiece piece) => piece.IsCut
        ? string.Create(CultureInfo.InvariantCulture,
            $"{piece.Path} {(double)piece.Share.From / piece.Share.Of:P0} to "
                + $"{(double)piece.Share.To / piece.Share.Of:P0}")
        : piece.Path;
}
