namespace Plumb.Formats;

/// <summary>Decides from the first bytes of a file how to read the table in it.</summary>
internal static class TableOpening
{
    private static ReadOnlySpan<char> Candidates => [',', ';', '\t', '|', BlankRuns.Delimiter];

    /// <summary>How to read it; null where it takes more bytes to tell.</summary>
    /// <param name="sample">The first bytes, from the line where the search begins.</param>
    /// <param name="atEnd">Whether they are all bytes.</param>
    /// <param name="format">What is said of the file.</param>
    /// <param name="line">The physical line that the bytes begin with.</param>
    public static FoundTable? Of(ReadOnlySpan<byte> sample, bool atEnd, CsvFormat format, long line)
    {
        var marked = SeparatorLine(sample, out var skipped);
        if (marked is { } mark)
        {
            format = format with { Delimiter = format.Delimiter ?? mark };
            var found = Search(sample[skipped..], atEnd, format, line + 1);
            return found is null ? null : found with
            {
                Start = found.Start + skipped,
                Findings = [TableFindings.SeparatorLine(mark), .. found.Findings],
            };
        }

        return Search(sample, atEnd, format, line);
    }

    private static FoundTable? Search(ReadOnlySpan<byte> sample, bool atEnd, CsvFormat format, long line)
    {
        if (format.Delimiter is { } given)
        {
            return SampledLines.Of(sample, atEnd, given, format.CommentBytes, format.Missing, line) is { } lines
                ? Read(given, lines, TableFinder.Of(lines, format, given), format, line) : null;
        }

        if (CsvSniffer.Delimiter(sample, atEnd, format) is not { } sniffed
            || SampledLines.Of(sample, atEnd, sniffed, format.CommentBytes, format.Missing, line) is not { } first)
        {
            return null;
        }

        var shape = TableFinder.Of(first, format, sniffed);
        var best = (Delimiter: sniffed, Lines: first, Shape: shape, Score: ScoreOf(first, shape));
        foreach (var candidate in Candidates)
        {
            // Blanks separate only what nothing else does: they stand in texts.
            if ((shape is not null && TableShape.AreAlike(first, first.Count)) || (candidate == BlankRuns.Delimiter
                && (best.Score.Rows > 0 || TableShape.AreAlike(first, (first.Count / 2) + 1))))
            {
                break;
            }

            if (candidate != sniffed && candidate != format.DecimalSeparator
                && SampledLines.Of(sample, atEnd, candidate, format.CommentBytes, format.Missing, line) is { } others
                && TableFinder.Of(others, format, candidate) is { } other
                && ScoreOf(others, other) is var score && score.CompareTo(best.Score) > 0)
            {
                best = (candidate, others, other, score);
            }
        }

        var read = Read(best.Delimiter, best.Lines, best.Shape, format, line);
        return best.Delimiter == BlankRuns.Delimiter
            ? read with { Findings = [TableFindings.BlankRuns(read.Fields?.Count ?? 0), .. read.Findings] } : read;
    }

    // Certain tables of two columns or more, and of those the one with the most rows, then the most numbers.
    private static (double Rows, double Numbers, int Fields) ScoreOf(List<SampledLine> lines, TableShape? shape)
    {
        if (shape is not { IsCertain: true, Profile.Width: > 1 })
        {
            return (0, 0, 0);
        }

        var rows = lines.Skip(shape.Body).Where(shape.Profile.FitsLoosely).ToList();
        var numbers = rows.Sum(row => row.Kinds.Count(kind => kind == 'N'));
        return ((double)rows.Count / lines.Count, (double)numbers / (rows.Count * shape.Fields.Count),
            shape.Fields.Count);
    }

    private static FoundTable Read(char delimiter, List<SampledLine> lines, TableShape? shape, CsvFormat format,
        long line)
    {
        if (shape is null)
        {
            return new FoundTable(delimiter) { Line = line, LinesBelowNames = format.HasUnits ? 1 : 0 };
        }

        if (!shape.IsCertain)
        {
            var hinted = shape.LowerNames > 0 ? shape.LowerNames : shape.CanHoldNames ? shape.Names : 0;
            return new FoundTable(delimiter)
            {
                Line = line,
                LinesBelowNames = format.HasUnits ? 1 : 0,
                Hint = hinted > 0 ? TableFindings.Hint(lines[hinted]) : "",
                HintLine = hinted > 0 ? lines[hinted].Line : 0,
                Findings = shape.LowerNames < 0 ? [] : [TableFindings.LowerNames(lines[0], lines[shape.LowerNames])],
                Refusal = shape.OtherNames >= 0
                    ? (lines[shape.Names].Line, TableFindings.TwoNames(lines[shape.OtherNames], lines[shape.Names]))
                    : HasNoNames(lines, shape, format)
                    ? (lines[shape.Body].Line, TableFindings.NoNames(lines[0], lines[shape.Body])) : null,
            };
        }

        var first = lines[Math.Max(shape.Names, 0)];
        var isGuess = format.HasHeader is null && format.HeaderLine is null;
        var found = new FoundTable(delimiter)
        {
            Start = shape.Names > 0 ? first.Start : 0,
            Line = shape.Names > 0 ? first.Line : line,
            HasHeader = shape.Names > 0 || shape.Units ? true : null,
            LinesBelowNames = shape.Names < 0 ? 0 : shape.Body - shape.Names - 1,
            Fields = shape.Fields,
            Width = shape.Profile.Width,
            Profile = shape.Profile,
            RowNames = shape.RowNames,
            Findings = [.. TableFindings.Of(lines, shape, line)],
        };
        return shape.Names >= 0 || !isGuess ? found : WithFirstRow(found, lines, shape);
    }

    // Rows below a title, which has not a name for each column.
    private static bool HasNoNames(List<SampledLine> lines, TableShape shape, CsvFormat format) =>
        format is { HasHeader: null, SkippedLines: null, HeaderLine: null, HasUnits: false }
            && shape is { Body: > 0, Profile: { Width: > 1, Count: > 1 } }
            && lines.Take(shape.Body).All(line => line.Used == 1);

    // The first line looks like all others, with numbers and texts in the same columns.
    private static FoundTable WithFirstRow(FoundTable found, List<SampledLine> lines, TableShape shape)
    {
        var first = lines[0];
        var texts = shape.Profile.Texts.Where(column => first.Kinds[column] == 'T').ToList();
        var others = lines.Skip(1).Where(shape.Profile.FitsLoosely).ToList();
        var isDated = first.Kinds.Index().Any(cell => cell.Item == 'D' && shape.Profile.IsMeasured(cell.Index));
        if (others.Count == 0 || (texts.Count == 0 && !isDated))
        {
            return found; // numbers alone
        }

        if (isDated || texts.Any(column => others.Exists(row => row.Cells[column] == first.Cells[column])))
        {
            return found with { HasHeader = false };
        }

        var numbers = first.Cells.Where((_, column) => first.Kinds[column] == 'N').ToList();
        return numbers.TrueForAll(cell => cell.All(char.IsAsciiDigit)) && numbers.Distinct().Count() == numbers.Count
            ? found // 2024, 2025, ... are names as well
            : found with { Refusal = (first.Line, TableFindings.NamesOrRow(first, numbers[0])) };
    }

    // Excel's sep=; in the first line.
    private static char? SeparatorLine(ReadOnlySpan<byte> sample, out int length)
    {
        length = sample.IndexOfAny((byte)'\r', (byte)'\n');
        var text = length < 0 ? [] : sample[..length].Trim("\" \t"u8);
        var isTab = sample.StartsWith("sep=\t"u8);
        if (length < 0 || !(text.Length == 5 || isTab) || !text.StartsWith("sep="u8) && !text.StartsWith("SEP="u8))
        {
            return null;
        }

        length += sample[length..].StartsWith("\r\n"u8) ? 2 : 1;
        var mark = isTab ? '\t' : (char)text[4];
        return mark is ',' or ';' or '\t' or '|' or ' ' or ':' or '~' or '^' ? mark : null;
    }
}
