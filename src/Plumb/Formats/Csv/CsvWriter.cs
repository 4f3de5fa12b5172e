using System.Buffers;
using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Writes CSV after RFC 4180, cell by cell or row by row, with lines that end in LF. Numbers are the shortest decimal
/// digits
/// that give the same double back; text is quoted where it must be.
/// </summary>
/// <param name="writer">Receives the text; it is neither flushed nor disposed of.</param>
/// <remarks>One thread at a time.</remarks>
public sealed class CsvWriter(TextWriter writer)
{
    private const int LongestNumber = 32; // -2.2250738585072014E-308 has 24 characters
    private static readonly SearchValues<char> s_quotedInside = SearchValues.Create(",;|\t\"\r\n\uFEFF");
    private readonly TextWriter _writer = writer ?? throw new ArgumentNullException(nameof(writer));
    private bool _inRow;

    /// <summary>Writes a row of text cells, such as the names of columns.</summary>
    public void Row(IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        foreach (var cell in cells)
        {
            Cell(cell);
        }

        EndRow();
    }

    /// <summary>Writes a row of numbers.</summary>
    public void Row(ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
        {
            Cell(number);
        }

        EndRow();
    }

    /// <summary>
    /// Writes one text cell. Text that begins like a formula (= + - @ tab CR) gets an apostrophe before it, so that no
    /// spreadsheet runs it.
    /// </summary>
    /// <exception cref="ArgumentException">The text holds a NUL character, which no CSV file can.</exception>
    public void Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireNoNul(text);
        Separate();
        Quoted(text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text);
    }

    /// <summary>
    /// Writes a text as it stands, in quotes where it needs them: also one that begins like a formula, as it is the
    /// reader's own.
    /// </summary>
    /// <exception cref="ArgumentException">The text holds a NUL character, which no CSV file can.</exception>
    public void Verbatim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireNoNul(text);
        Separate();
        if (text.Length > 0)
        {
            Quoted(text);
        }
    }

    /// <summary>
    /// Writes one number, never with an apostrophe; not-a-number becomes NaN, which the reader takes for missing.
    /// </summary>
    public void Cell(double number)
    {
        Separate();
        Span<char> digits = stackalloc char[LongestNumber];
        number.TryFormat(digits, out var length, "R", CultureInfo.InvariantCulture);
        _writer.Write(digits[..length]);
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        _writer.Write('\n');
        _inRow = false;
    }

    /// <inheritdoc/>
    public override string ToString() => "writer of CSV";

    private void Quoted(string text)
    {
        if (text is "" or ['#' or ' ' or '\t', ..] or [.., ' ' or '\t'] || text.AsSpan().ContainsAny(s_quotedInside))
        {
            _writer.Write('"');
            _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
        else
        {
            _writer.Write(text);
        }
    }

    private static void RequireNoNul(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the text '{Escaped.Of(text)}' holds a NUL character, which CSV files cannot hold; remove it."),
                nameof(text));
        }
    }

    private void Separate()
    {
        if (_inRow)
        {
            _writer.Write(',');
        }

        _inRow = true;
    }
}
