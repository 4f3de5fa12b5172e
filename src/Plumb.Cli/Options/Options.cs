using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Plumb.Cli;

/// <summary>
/// The kinds of options that commands have, each with a strict grammar and a message that says what was expected.
/// </summary>
internal static class Options
{
    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Option<T> Whole<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = Parser<T>(
                text =>
                    T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                        && value >= least && value <= most ? value : null,
                (least == T.MinValue, most == T.MaxValue) switch
                {
                    (true, _) => "a whole number",
                    (_, true) => string.Create(CultureInfo.InvariantCulture, $"a whole number of {least} or more"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
                }),
        };

    /// <summary>A finite number of at least <paramref name="least"/>, with a point for decimals.</summary>
    public static Option<double> Real(string name, string description, double least) =>
        new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = Parser<double>(
                text => TryReal(text) is { } value && value >= least ? value : null,
                string.Create(CultureInfo.InvariantCulture, $"a number of {least} or more, such as 0.1")),
        };

    /// <summary>A probability: above 0, below 1.</summary>
    public static Option<double> Fraction(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = Parser<double>(text => TryReal(text) is { } value && value > 0 && value < 1 ? value : null,
                "a number between 0 and 1, such as 0.95"),
        };

    /// <summary>A learning rate: a positive number, or auto.</summary>
    public static Option<NumberOrWord<double>> Rate(string name, string description) =>
        WithWord<double>(name, description, "auto", "NUMBER",
            text => TryReal(text) is { } rate && rate > 0 ? rate : null, "a positive number, such as 0.001");

    /// <summary>Rows per step: a whole number from 1, or full.</summary>
    public static Option<NumberOrWord<int>> Batch(string name, string description) =>
        WithWord<int>(
            name,
            description,
            "full",
            "N",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0 ? rows
                : null,
            "a whole number of 1 or more, such as 64");

    /// <summary>Whether to write JSON.</summary>
    public static Option<bool> Json() =>
        new("--json") { Description = "Write JSON to standard output, and nothing else" };

    /// <summary>Whether the order of the rows means something.</summary>
    public static Option<bool> Ordered() =>
        new("--ordered")
        {
            Description = "The order of the rows means something, such as time: test whether neighbouring "
            + "residuals are correlated"
        };

    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!words.Contains(text, StringComparer.Ordinal))
                {
                    result.AddError($"{name} holds '{text}', expected {string.Join(" or ", words)}");
                }

                return text;
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>An option that can be repeated, or takes names separated by commas.</summary>
    public static Option<string[]> ColumnNames(string name, string description) =>
        new(name) { Description = description, HelpName = "NAME", Arity = ArgumentArity.OneOrMore };

    /// <summary>The file to write.</summary>
    public static Option<string?> Output(string description) =>
        new("--output", "-o") { Description = description, HelpName = "FILE" };

    /// <summary>A finite number in invariant notation, without thousands separators; null for anything else.</summary>
    public static double? TryReal(string text) =>
        double.TryParse(text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>Refuses a command line that would write two documents to standard output.</summary>
    public static void RequireOneDocument(Command command, Option<bool> json, Option<string?> output) =>
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(output) == "-")
            {
                result.AddError("--json and --output - both write to standard output, expected one of them; name a "
                    + "file after --output");
            }
        });

    private static Option<NumberOrWord<T>> WithWord<T>(string name, string description, string word, string kind,
        Func<string, T?> parse, string expected)
        where T : struct
    {
        var option = new Option<NumberOrWord<T>>(name)
        {
            Description = description,
            HelpName = $"{word}|{kind}",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var number = parse(text);
                if (number is null && text != word)
                {
                    result.AddError($"{name} holds '{text}', expected {word} or {expected}");
                }

                return new NumberOrWord<T>(number);
            },
        };
        option.CompletionSources.Add(word);
        return option;
    }

    private static Func<ArgumentResult, T> Parser<T>(Func<string, T?> parse, string expected)
        where T : struct =>
        result =>
        {
            var text = result.Tokens[0].Value;
            if (parse(text) is { } value)
            {
                return value;
            }

            var option = (result.Parent as OptionResult)?.IdentifierToken?.Value;
            result.AddError($"{option} holds '{text}', expected {expected}");
            return default;
        };
}
