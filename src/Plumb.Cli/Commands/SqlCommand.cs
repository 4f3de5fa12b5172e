using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli.Commands;

/// <summary>Prints the queries whose answers are moments, for a client of the user's own.</summary>
internal static class SqlCommand
{
    private const int MostPower = 92; // numbers from 2^-92 to 2^92 have 240 bits at most

    public static Command Create(ProcessStreams terminal)
    {
        var dialect = Options.Choice("--dialect", "The SQL to write",
            [.. SqlDialect.All.Select(choice => choice.Name)]);
        var table = new Option<string?>("--table")
        {
            Description = "The table, as the SQL is to name it, or a query in brackets with its name",
            HelpName = "NAME",
        };
        var columns = Options.ColumnNames("--column",
            "A column of numbers that is an input; repeat the option, or separate with commas");
        var targets = Options.ColumnNames("--target", "A column of numbers that is a target");
        var range = new Option<int?>("--range")
        {
            Description = "Ask everything in one round, given that every number is 0 or between 2^-N and 2^N in "
                + "magnitude, as in -2^40..2^40; other numbers are noticed [default: a first round finds the range]",
            HelpName = "-2^N..2^N",
            CustomParser = result => RangeOf(result.Tokens[0].Value) is { } power ? power : Refuse(result),
        };
        var answers = new Option<string?>("--answers")
        {
            Description = "The answers of the first round, as the client saved them: the second round is printed",
            HelpName = "FILE",
        };
        var missing = Options.Choice("--missing", "Rows that lack a value: refuse the table, or drop them [default: "
            + "refuse]", "refuse", "drop");
        var output = Options.Output("The file to write [default: standard output]");
        (dialect.Required, table.Required) = (true, true);
        var command = new DocumentedCommand(
            "sql",
            "Prints the queries whose answers are the exact moments of a table, for engines that Plumb does not "
                + "connect to.",
            "plumb sql --dialect spark --table sales --column price,size --target paid > ranges.sql",
            "plumb sql --dialect spark --table sales --answers ranges.csv > sums.sql",
            "plumb moments --from-answers sums.csv -o sales.moments")
        {
            dialect, table, columns, targets, range, answers, missing, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(answers) is not null
                == (result.GetResult(columns) is not null || result.GetResult(targets) is not null))
            {
                result.AddError("give the columns (--column, --target), or, in the second round, --answers, which "
                    + "hold them");
            }

            if (result.GetResult(answers) is not null && result.GetResult(range) is not null)
            {
                result.AddError("--range is for one round, and --answers begins a second one; leave out one of the "
                    + "two");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var chosen = SqlDialect.All.Single(one => one.Name == parsed.GetValue(dialect));
            var drops = parsed.GetValue(missing) == "drop";
            var script = new SqlScript(chosen, parsed.GetRequiredValue(table)!);
            var queries = parsed.GetValue(answers) is { } path
                ? script.Sums(SqlAnswers.Of(DataFile.ReadLines(path, terminal), SqlLabel.Probe, path), path, drops)
                : parsed.GetValue(range) is { } power
                    ? script.SumsWithin(power, NamesOf(parsed, columns, targets), drops)
                    : script.Ranges(NamesOf(parsed, columns, targets));
            return WriteAsync(queries, parsed.GetValue(output), terminal, cancellationToken);
        });
        return command;
    }

    private static VariableNames NamesOf(ParseResult parsed, Option<string[]> columns, Option<string[]> targets)
    {
        var names = new VariableNames(Split(parsed.GetValue(columns)), Split(parsed.GetValue(targets)));
        string[] all = [.. names.Inputs, .. names.Targets];
        return all.Distinct(StringComparer.Ordinal).Count() == all.Length ? names
            : throw CommandException.Usage("a column is named twice; name each once.");
    }

    private static string[] Split(string[]? names) => [.. (names ?? []).SelectMany(name => name.Split(','))];

    private static async Task<int> WriteAsync(IReadOnlyList<string> queries, string? path, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        await terminal.WriteTextAsync(path, async writer =>
        {
            for (var i = 0; i < queries.Count; i++)
            {
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"-- query {i + 1} of {queries.Count}"));
                await writer.WriteLineAsync($"{queries[i]};");
            }
        }, cancellationToken);
        return ExitCode.Done;
    }

    private static int? RangeOf(string text)
    {
        const string Power = "2^";
        var right = text.Split("..")[^1];
        return right.StartsWith(Power, StringComparison.Ordinal)
            && int.TryParse(right.AsSpan(Power.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var power)
            && power is >= 1 and <= MostPower && text == $"-{right}..{right}" ? power : null;
    }

    private static int? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--range is '{result.Tokens[0].Value}', expected -2^N..2^N with N from 1 to "
            + $"{MostPower.ToString(CultureInfo.InvariantCulture)}, as in -2^40..2^40");
        return null;
    }
}
