using System.Text;

namespace Plumb.Formats;

/// <summary>The cells of a table of weights: separated as in CSV, by blanks, or printed in a regression's
/// summary.</summary>
internal static class WeightsCells
{
    /// <summary>The rows, each with as many cells as the first.</summary>
    /// <exception cref="InvalidDataException">They are ragged, or there is none.</exception>
    public static List<TableRow> Of(ReadOnlyMemory<byte> file, string name)
    {
        // All bytes are in memory, so nothing is ever waited for.
        var source = new CsvSource(name, new MemoryStream(file.ToArray(), writable: false));
        try
        {
            var rows = ReadAsync(source, name).AsTask().GetAwaiter().GetResult();
            return rows.Count > 0 ? Aligned(rows) : throw DataErrors.At(name, 1,
                "the file holds no row, expected a table of weights; check what wrote it.");
        }
        catch (DecoderFallbackException)
        {
            throw DataErrors.NotUtf16(name, 1);
        }
    }

    private static async ValueTask<List<TableRow>> ReadAsync(CsvSource source, string name)
    {
        await using var owner = source.ConfigureAwait(false);
        await source.BeginAsync(CancellationToken.None).ConfigureAwait(false);
        while (!source.AtEnd)
        {
            await source.FillAsync(CancellationToken.None).ConfigureAwait(false);
        }

        var lines = BlankSeparated.Lines(source.Rest);
        if (PrintedCoefficients.Find(lines, name) is { } printed)
        {
            return printed;
        }

        var delimiter = CsvSniffer.Delimiter(source.Rest, true, new CsvFormat()) ?? ',';
        if (char.IsWhiteSpace(delimiter) ? delimiter != '\t' : AreBlank(lines, delimiter))
        {
            return BlankSeparated.Rows(lines, name);
        }

        var records = new CsvRecords(name, source, new CsvTokenizer((byte)delimiter, new CsvFormat().CommentBytes));
        var rows = new List<TableRow>();
        while (await records.NextAsync(CancellationToken.None).ConfigureAwait(false))
        {
            rows.Add(TableRow.At(name, records.Line, TextOf(records)));
        }

        return rows;
    }

    // Whether a line of several cells holds no separator.
    private static bool AreBlank(string[] lines, char delimiter) =>
        !Array.Exists(lines, line => line.Contains(delimiter))
            && Array.Exists(lines, line => BlankSeparated.Cells(line).Length > 1);

    // R's write.table names no column of names.
    private static List<TableRow> Aligned(List<TableRow> rows)
    {
        var first = rows[0].Text;
        if (rows.Count > 1 && rows[1].Text.Length == first.Length + 1 && !Array.Exists(first, WeightsTable.IsNumber)
            && !WeightsTable.IsNumber(rows[1].Text[0]))
        {
            rows[0] = rows[0] with { Text = ["", .. first] };
        }

        return rows.Find(row => row.Text.Length != rows[0].Text.Length) is { } ragged
            ? throw ragged.Refusal(FormattableString.Invariant($"has {ragged.Text.Length} fields, expected ")
                + FormattableString.Invariant($"{rows[0].Text.Length} as in the first row; give every row as many."))
            : rows;
    }

    private static string[] TextOf(CsvRecords records)
    {
        var cells = new string[records.Fields.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var field = records.Fields[i];
            var text = Encoding.UTF8.GetString(records.Bytes(field)).Trim();
            cells[i] = field.Escaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
        }

        return cells;
    }
}
