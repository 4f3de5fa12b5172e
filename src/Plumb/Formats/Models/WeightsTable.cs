using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>
/// Weights as a CSV table: rows are targets and columns inputs, or the other way round; a row or a column called bias
/// or intercept holds b and so tells which.
/// The first row may hold names, and so may the first column. Numbers alone, as numpy.savetxt writes them, are W.
/// </summary>
internal static class WeightsTable
{
    private static readonly string[] s_biases = ["bias", "(bias)", "intercept", "(intercept)", "intercept_", "const"];

    /// <summary>The weights of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such table.</exception>
    public static StoredWeights Read(ReadOnlyMemory<byte> file, string name, WeightsFormat format)
    {
        var cells = Cells(file, name);
        var hasHeader = cells[0].Text[0].Length == 0 || cells[0].Text.Skip(1).Any(cell => !IsNumber(cell))
            || !IsNumber(cells[0].Text[0]);
        var body = hasHeader ? cells[1..] : cells;
        if (body.Count == 0)
        {
            throw DataErrors.At(name, cells[0].Line,
                "the table has a row of names, but none of numbers, expected one row or more; write the weights below "
                    + "the names.");
        }

        var hasLabels = (hasHeader && cells[0].Text[0].Length == 0) || body.Exists(row => !IsNumber(row.Text[0]));
        var first = hasLabels ? 1 : 0;
        var columns = cells[0].Text.Length - first;
        if (columns == 0)
        {
            throw DataErrors.At(name, cells[0].Line,
                "the table has one column, and it holds no numbers, expected weights; write one column or more of "
                    + "numbers.");
        }

        var values = Matrix.Create(body.Count, columns,
            (i, j) => Number(body[i].Text[first + j], name, body[i].Line, first + j));
        var columnNames = hasHeader ? NamesOf(cells[0].Text[first..]) : null;
        var rowNames = hasLabels ? NamesOf([.. body.Select(row => row.Text[0])]) : null;
        return Split(values, rowNames, columnNames, name, format);
    }

    /// <summary>Takes the bias out of the table.</summary>
    private static StoredWeights Split(Matrix values, string[]? rows, string[]? columns, string name,
        WeightsFormat format)
    {
        var (biasRow, biasColumn) = (BiasAt(rows, format), BiasAt(columns, format));
        if (biasRow >= 0 && biasColumn >= 0 && values.Rows > 1 && values.Columns > 1)
        {
            throw DataErrors.At(name, 1,
                "a row and a column are both called bias, expected one of the two; rename one.");
        }

        biasRow = biasColumn >= 0 ? -1 : biasRow;
        int[] keptRows = [.. Enumerable.Range(0, values.Rows).Where(i => i != biasRow)];
        int[] keptColumns = [.. Enumerable.Range(0, values.Columns).Where(j => j != biasColumn)];
        var findings = new List<Finding>();
        if (biasRow < 0 && biasColumn < 0)
        {
            findings.Add(
                new Finding(Severity.Information, "no-bias",
                    $"{name}: no row and no column is called bias or intercept; b = 0 was taken.",
                    "If the map has one, add it as such a column, one number a target."));
        }

        return new StoredWeights(name, findings)
        {
            Values = Matrix.Create(keptRows.Length, keptColumns.Length, (i, j) => values[keptRows[i], keptColumns[j]]),
            Bias = biasColumn >= 0 ? [.. keptRows.Select(i => values[i, biasColumn])] : biasRow >= 0
                ? [.. keptColumns.Select(j => values[biasRow, j])] : null,
            RowNames = rows is null ? null : [.. keptRows.Select(i => rows[i])],
            ColumnNames = columns is null ? null : [.. keptColumns.Select(j => columns[j])],
            RowsAreTargets = biasColumn >= 0 ? true : biasRow >= 0 || format.Transposed ? false : null,
        };
    }

    private static int BiasAt(string[]? names, WeightsFormat format) => names is null ? -1 : Array.FindIndex(
        names,
        cell => format.BiasName is { } name ? cell == name : s_biases.Contains(cell.ToLowerInvariant()));

    // Numbers in the place of names, such as pandas' 0, 1, 2, name nothing.
    private static string[]? NamesOf(string[] cells) => cells.Any(cell => !IsNumber(cell)) ? cells : null;

    private static bool IsNumber(string cell) => DecimalExact.LooksNumeric(Encoding.UTF8.GetBytes(cell));

    private static double Number(string cell, string name, long line, int column) =>
        double.TryParse(cell,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw DataErrors.At(name, line,
                string.Create(CultureInfo.InvariantCulture, $"column {column + 1} holds '{Escaped.Of(cell)}', "
                    + $"expected a finite number; write one there, with a point for decimals."));

    private static List<Row> Cells(ReadOnlyMemory<byte> file, string name)
    {
        // All bytes are in memory, so nothing is ever waited for.
        var source = new CsvSource(name, new MemoryStream(file.ToArray(), writable: false));
        try
        {
            return ReadAsync(source, name).AsTask().GetAwaiter().GetResult();
        }
        catch (DecoderFallbackException)
        {
            throw DataErrors.NotUtf16(name, 1);
        }
    }

    private static async ValueTask<List<Row>> ReadAsync(CsvSource source, string name)
    {
        await using var owner = source.ConfigureAwait(false);
        await source.BeginAsync(CancellationToken.None).ConfigureAwait(false);
        while (!source.AtEnd)
        {
            await source.FillAsync(CancellationToken.None).ConfigureAwait(false);
        }

        var delimiter = CsvSniffer.Delimiter(source.Rest, true, new CsvFormat()) ?? ',';
        var records = new CsvRecords(name, source, new CsvTokenizer((byte)delimiter, new CsvFormat().CommentBytes));
        var rows = new List<Row>();
        while (await records.NextAsync(CancellationToken.None).ConfigureAwait(false))
        {
            rows.Add(new Row(records.Line, TextOf(records)));
            if (rows[^1].Text.Length != rows[0].Text.Length)
            {
                throw records.Refuse(
                    string.Create(CultureInfo.InvariantCulture,
                        $"has {rows[^1].Text.Length} fields, expected {rows[0].Text.Length} as in the first row; give "
                            + $"every row as many."));
            }
        }

        return rows.Count > 0 ? rows
            : throw DataErrors.At(name, 1, "the file holds no row, expected a table of weights; check what wrote it.");
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

    private sealed record Row(long Line, string[] Text);
}
