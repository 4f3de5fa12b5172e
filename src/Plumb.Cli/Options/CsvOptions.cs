using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The options of every command that reads CSV: what is not said is detected, and reported.</summary>
/// <param name="takesEmpty">Whether the command can leave something empty for rows that lack a value.</param>
internal sealed class CsvOptions(bool takesEmpty = false)
{
    private readonly Option<char?> _delimiter = new("--delimiter")
    {
        Description = "Separator of fields: a character, tab, or spaces for any number of blanks [default: "
            + "detected]",
        HelpName = "CHAR",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text is "tab" or "\\t")
            {
                return '\t';
            }

            if (text is "spaces" or "space" or "blanks")
            {
                return ' ';
            }

            if (text is [var c]
                && (c is '\t' or ' '
                    || (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))
                        && c is not ('"' or '+' or '-' or '.'))))
            {
                return c;
            }

            result.AddError($"--delimiter holds '{text}', expected one character that cannot be part of a number, such "
                + $"as ',' or ';', or tab, or spaces");
            return null;
        },
    };

    private readonly Option<string> _decimal = Options.Choice("--decimal", "Decimal separator [default: .]", ".",
        ",");
    private readonly Option<bool> _header =
        new("--header") { Description = "The first row holds the names of the columns [default: detected]" };
    private readonly Option<bool> _noHeader =
        new("--no-header") { Description = "The first row is data; the columns are called x1, x2, ..., y" };
    private readonly Option<int> _skip = Options.Whole("--skip",
        "Number of lines to skip before the table [default: detected]", 0, int.MaxValue);
    private readonly Option<int> _headerRow = Options.Whole("--header-row",
        "The line that holds the names of the columns, counted from 1 [default: detected]", 1, int.MaxValue);
    private readonly Option<int> _footer = Options.Whole("--footer",
        "Number of lines to leave out below the table [default: totals, sources and empty rows]", 0, int.MaxValue);
    private readonly Option<bool> _units =
        new("--units") { Description = "The row below the names holds units [default: detected]" };
    private readonly Option<string?> _comment =
        new("--comment") { Description = "Skip lines that begin with this text, such as #", HelpName = "TEXT" };
    private readonly Option<string> _missing = takesEmpty
        ? Options.Choice("--missing", "Rows that lack a value: refuse the file, drop them, or leave their "
            + "predictions empty [default: refuse; with --keep and --with-data: empty]",
            "refuse", "drop", "empty")
        : Options.Choice("--missing", "Rows that lack a value: refuse the file, or drop them [default: "
            + "refuse]", "refuse", "drop");

    private readonly Option<string?> _missingValues = new("--missing-values")
    {
        Description = "More texts that stand for a missing value, beside NA, NULL and the like, such as -9999,x; such "
            + "rows are dropped",
        HelpName = "LIST",
    };

    private readonly Option<string> _thousands = Options.Choice("--thousands",
        "Separator of thousands, as in 1,189 [default: what the first rows clearly show]", ",",
        ".", " ", "'", "_");

    private readonly Option<string> _dateOrder = Options.Choice("--date-order",
        "Order of dates such as 1/2/2026: dmy (day first) or mdy [default: what the first rows show]", "dmy", "mdy");

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_delimiter);
        command.Add(_decimal);
        command.Add(_header);
        command.Add(_noHeader);
        command.Add(_skip);
        command.Add(_headerRow);
        command.Add(_units);
        command.Add(_footer);
        command.Add(_comment);
        command.Add(_missing);
        command.Add(_missingValues);
        command.Add(_thousands);
        command.Add(_dateOrder);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_header) && result.GetValue(_noHeader))
            {
                result.AddError("--header and --no-header contradict each other, expected one of them");
            }

            if (result.GetResult(_headerRow) is not null
                && (result.GetValue(_noHeader) || result.GetResult(_skip) is not null))
            {
                result.AddError("--header-row names the line that the table begins with, and "
                    + (result.GetValue(_noHeader) ? "--no-header says that there are no names"
                        : "--skip passes over lines before it") + ", expected one of them");
            }

            if (result.GetValue(_units) && result.GetValue(_noHeader))
            {
                result.AddError("--units is about the row below the names, and --no-header says that there are none, "
                    + "expected one of them");
            }

            if (result.GetResult(_missingValues) is not null
                && (MissingValues(result.GetValue(_missingValues)).Length == 0
                    || (result.GetResult(_missing) is { Implicit: false } && result.GetValue(_missing) == "refuse")))
            {
                result.AddError(MissingValues(result.GetValue(_missingValues)).Length == 0
                    ? "--missing-values is empty, expected texts separated by commas, such as -9999,x"
                    : "--missing-values leaves rows out, and --missing refuse refuses them, expected one of them");
            }

            if (result.GetValue(_thousands) is [var thousands]
                && thousands == (result.GetValue(_decimal) == "," ? ',' : '.'))
            {
                result.AddError(thousands == '.'
                    ? "--thousands \".\" is the decimal separator as well; with it goes --decimal \",\""
                    : "--thousands \",\" is the decimal separator as well, expected another");
            }

            if (result.GetValue(_comment) is { } comment
                && (comment.Length == 0 || comment.AsSpan().ContainsAny('\r', '\n', '\0')))
            {
                result.AddError("--comment is empty or holds a line end, expected the text that comment lines begin "
                    + "with, such as #");
            }
        });
    }

    private static string[] MissingValues(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What becomes of rows that lack a value; null where it is not said.</summary>
    public LackingRows? LackingOf(ParseResult parsed) => parsed.GetValue(_missing) switch
    {
        "refuse" => LackingRows.Refused,
        "drop" => LackingRows.Dropped,
        "empty" => LackingRows.Empty,
        _ => null,
    };

    /// <summary>The format that the options describe.</summary>
    public CsvFormat Format(ParseResult parsed) => new()
    {
        Delimiter = parsed.GetValue(_delimiter),
        DecimalSeparator = parsed.GetValue(_decimal) == "," ? ',' : '.',
        HasHeader = parsed.GetValue(_header) ? true : parsed.GetValue(_noHeader) ? false : null,
        SkippedLines = Given(parsed, _skip),
        HeaderLine = Given(parsed, _headerRow),
        HasUnits = parsed.GetValue(_units),
        FooterLines = Given(parsed, _footer),
        CommentPrefix = parsed.GetValue(_comment),
        DropMissing = parsed.GetValue(_missing) == "drop" || parsed.GetValue(_missingValues) is not null,
        MissingValues = parsed.GetValue(_missingValues) is { } values ? MissingValues(values) : [],
        ThousandsSeparator = parsed.GetValue(_thousands) is [var mark] ? mark : null,
        DateOrder = parsed.GetValue(_dateOrder) switch
        {
            "dmy" => DateOrder.DayFirst,
            "mdy" => DateOrder.MonthFirst,
            _ => null,
        },
    };

    private static int? Given(ParseResult parsed, Option<int> option) =>
        parsed.GetResult(option) is null ? null : parsed.GetValue(option);
}
