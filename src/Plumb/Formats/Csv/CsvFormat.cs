using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>How a CSV file is written down: what is not said is detected, and reported as a finding.</summary>
public sealed record CsvFormat
{
    /// <summary>The largest field in bytes: a longer one is almost surely a quote that nobody closed.</summary>
    public const int MaxFieldBytes = 1 << 20;

    /// <summary>The most columns: 100,000 squared is already 10^10 moments, more than fits in memory.</summary>
    public const int MaxColumns = 100_000;

    /// <summary>
    /// The longest row in bytes: 100,000 columns of long numbers take 3 MB; without a limit one row could fill the
    /// memory.
    /// </summary>
    public const int MaxRowBytes = 1 << 26;

    /// <summary>
    /// The separator of fields, one ASCII character, of which a space stands for any number of blanks; null detects
    /// comma, semicolon, tab, bar or blanks.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal separator: a point or a comma.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Whether the first row holds the names of the columns; null detects it.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// How many lines stand before the table, and are passed over; null finds where the table begins.
    /// </summary>
    public int? SkippedLines { get; init; }

    /// <summary>The line of the file, from 1, that holds the names of the columns; null finds it.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>
    /// Whether the row below the names holds units; otherwise it is passed over only where it plainly does.
    /// </summary>
    public bool HasUnits { get; init; }

    /// <summary>
    /// How many lines stand below the table, and are left out; null leaves out totals, sources and empty rows.
    /// </summary>
    public int? FooterLines { get; init; }

    /// <summary>Lines that begin with this text are skipped; null skips none.</summary>
    public string? CommentPrefix { get; init; }

    /// <summary>
    /// Whether rows with a missing value in a used column are left out, and counted; otherwise they are refused.
    /// </summary>
    public bool DropMissing { get; init; }

    /// <summary>
    /// Texts that stand for a missing value beside those known everywhere; a number does so however it is written.
    /// </summary>
    public IReadOnlyList<string> MissingValues { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>
    /// What stands between groups of three digits, as in 1,189: a comma, a point, a blank, an apostrophe or a low line;
    /// null where that is nothing, unless the first rows plainly show it.
    /// </summary>
    public char? ThousandsSeparator { get; init; }

    /// <summary>
    /// What comes first in dates such as 1/2/2026, for whoever reads them: see <see cref="Dates"/>; null where the
    /// first rows must show it.
    /// </summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>
    /// Whether to measure how precisely the numbers are printed: <see cref="RowReader.Precision"/>. It costs a little
    /// time.
    /// </summary>
    public bool MeasurePrecision { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(CsvFormat), PrintMembers);

    /// <summary>The comment prefix as it stands in the file; empty when there is none.</summary>
    internal byte[] CommentBytes => CommentPrefix is null ? [] : Encoding.UTF8.GetBytes(CommentPrefix);

    /// <summary>All texts that stand for a missing value.</summary>
    internal MissingTexts Missing => new(MissingValues);

    /// <summary>Throws unless every setting makes sense.</summary>
    /// <exception cref="ArgumentException">A setting is not one that a CSV file can have.</exception>
    internal void Validate()
    {
        if (Delimiter is { } delimiter
            && (!char.IsAscii(delimiter) || char.IsAsciiLetterOrDigit(delimiter)
                || "\0\r\n\"+-.".Contains(delimiter, StringComparison.Ordinal)))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the delimiter is U+{(int)delimiter:X4}; expected one ASCII character that cannot be part of a "
                        + $"number, such as ',', ';', tab or '|'."));
        }

        if (ThousandsSeparator is { } thousands && (thousands is not (',' or '.' or ' ' or '\'' or '_')
            || thousands == DecimalSeparator))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the thousands separator is U+{(int)thousands:X4}; expected ',', '.', ' ', an apostrophe or '_', "
                        + $"and not the decimal separator."));
        }

        if (DecimalSeparator is not ('.' or ','))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the decimal separator is U+{(int)DecimalSeparator:X4}; expected '.' or ','."));
        }

        if (SkippedLines < 0 || FooterLines < 0 || HeaderLine < 1)
        {
            throw new ArgumentException(
                "the lines before or below the table are fewer than 0, or the names stand in a line before the first; "
                    + "expected 0 or more, and 1 or more.");
        }

        if (HeaderLine is not null && (SkippedLines is not null || HasHeader == false))
        {
            throw new ArgumentException(
                "the names stand in a given line, and beside it lines are skipped or there are no names; expected one "
                    + "of these.");
        }

        if (HasUnits && HasHeader == false)
        {
            throw new ArgumentException("units stand below the names, and there are none; expected one of these.");
        }

        if (CommentPrefix is { } prefix && (prefix.Length == 0 || prefix.AsSpan().ContainsAny('\r', '\n', '\0')))
        {
            throw new ArgumentException(
                "the comment prefix is empty or holds a line end; expected the text that comment lines begin with, "
                    + "such as '#', or null.");
        }
    }
}
