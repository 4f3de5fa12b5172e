using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Weights as a CSV table: rows are targets and columns inputs, or the other way round; a row or a column called bias
/// or intercept holds b and so tells which.
/// The first row may hold names, and so may the first column. Numbers alone, as numpy.savetxt writes them, are W.
/// </summary>
internal static class WeightsTable
{
    private static readonly string[] s_indexNames = ["term", "name", "names", "variable", "feature", "input", "index"];

    /// <summary>The weights of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such table.</exception>
    public static StoredWeights Read(ReadOnlyMemory<byte> file, string name, WeightsFormat format) =>
        Of(WeightsCells.Of(file, name), name, format);

    /// <summary>The weights of a table.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public static StoredWeights Of(IReadOnlyList<TableRow> rows, string name, WeightsFormat format,
        List<Finding>? findings = null)
    {
        var header = HasNames(rows) ? rows[0] : null;
        IReadOnlyList<TableRow> body = header is null ? rows : [.. rows.Skip(1)];
        if (body.Count == 0)
        {
            throw rows[0].Refusal("the table has a row of names, but none of numbers, expected one row or more; write "
                + "the weights below the names.");
        }

        if (header is not null && CoefficientColumns.Of(header, body, format) is { } coefficients)
        {
            return OfCoefficients(coefficients, header, body, name, format);
        }

        var first = (header?.Text[0].Length == 0 || body.Any(row => !IsNumber(row.Text[0]))) ? 1 : 0;
        var columns = rows[0].Text.Length - first;
        if (columns == 0)
        {
            throw rows[0].Refusal("the table has one column, and it holds no numbers, expected weights; write one "
                + "column or more of numbers.");
        }

        var values = Matrix.Create(body.Count, columns, (i, j) => Number(body[i], first + j));
        var columnNames = header is null ? null : NamesOf(header.Text[first..]);
        var rowNames = first == 1 ? NamesOf([.. body.Select(row => row.Text[0])]) : null;
        return Split(values, rowNames, columnNames, name, format, findings ?? []);
    }

    /// <summary>Whether a cell holds a number, or what looks like one.</summary>
    public static bool IsNumber(string cell) => DecimalExact.LooksNumeric(Encoding.UTF8.GetBytes(cell));

    // A text and numbers may be the first row of a table without names; but pandas counts columns from 0.
    private static bool HasNames(IReadOnlyList<TableRow> rows)
    {
        var (corner, numbers) = (rows[0].Text[0], rows[0].Text[1..]);
        return corner.Length == 0 || numbers.Any(cell => !IsNumber(cell))
            || (!IsNumber(corner) && (numbers.Length == 0
                || (rows.Count > 1 && rows.Skip(1).All(row => IsNumber(row.Text[0])))
                || (!BiasNames.Contains(corner) && AreCounted(numbers)
                    && (numbers.Length > 1 || s_indexNames.Contains(corner.ToLowerInvariant())))));
    }

    private static bool AreCounted(string[] cells) =>
        cells.Select((cell, i) => cell == i.ToString(CultureInfo.InvariantCulture)).All(isNext => isNext);

    /// <summary>One target's weights and bias, from the one column that holds them.</summary>
    private static StoredWeights OfCoefficients(CoefficientColumns columns, TableRow header,
        IReadOnlyList<TableRow> body, string name, WeightsFormat format)
    {
        var (label, estimate) = (columns.Label, columns.Estimate);
        var unused = header.Text.Where((_, j) => j != label && j != estimate && header.Text[j].Length > 0).ToList();
        List<Finding> findings =
        [
            new Finding(Severity.Information, "coefficients",
                $"{name}: is a table of coefficients: the column '{Escaped.Of(header.Text[estimate])}' holds W and b"
                    + $"{(unused.Count > 0 ? $"; not used: {CoefficientColumns.List(unused)}" : "")}.", ""),
        ];
        var missing = body.Where(row => row.Text[estimate] == "NA").Select(row => row.Text[label]).ToList();
        if (missing.Count > 0)
        {
            findings.Add(new Finding(Severity.Warning, "coefficients-missing",
                $"{name}: holds NA for {CoefficientColumns.List(missing)}, as R does for inputs that others determine; "
                    + "the weight 0 was taken, with which R predicts.", ""));
        }

        var values = Matrix.Create(body.Count, 1,
            (i, _) => body[i].Text[estimate] == "NA" ? 0 : Number(body[i], estimate));
        return Split(values, [.. body.Select(row => row.Text[label])], null, name, format, findings, isOneTarget: true);
    }

    /// <summary>Takes the bias out of the table.</summary>
    private static StoredWeights Split(Matrix values, string[]? rows, string[]? columns, string name,
        WeightsFormat format, List<Finding> findings, bool isOneTarget = false)
    {
        var (biasRow, biasColumn) = (BiasNames.IndexIn(rows, format), BiasNames.IndexIn(columns, format));
        if (biasRow >= 0 && biasColumn >= 0 && values.Rows > 1 && values.Columns > 1)
        {
            throw DataErrors.At(name, 1,
                "a row and a column are both called bias, expected one of the two; rename one.");
        }

        biasRow = biasColumn >= 0 ? -1 : biasRow;
        int[] keptRows = [.. Enumerable.Range(0, values.Rows).Where(i => i != biasRow)];
        int[] keptColumns = [.. Enumerable.Range(0, values.Columns).Where(j => j != biasColumn)];
        if (biasRow < 0 && biasColumn < 0 && format.BiasAt is null)
        {
            findings.Add(
                new Finding(Severity.Information, "no-bias",
                    $"{name}: no row and no column is called bias or intercept; b = 0 was taken.",
                    "If the map has one, add it as such a column, one number per target."));
        }

        return new StoredWeights(name, findings)
        {
            Values = Matrix.Create(keptRows.Length, keptColumns.Length, (i, j) => values[keptRows[i], keptColumns[j]]),
            Bias = biasColumn >= 0 ? [.. keptRows.Select(i => values[i, biasColumn])] : biasRow >= 0
                ? [.. keptColumns.Select(j => values[biasRow, j])] : null,
            BiasAt = biasColumn < 0 && biasRow < 0 ? format.BiasAt
                : format.BiasAt is null ? null : throw WeightsFile.HasBias(name),
            RowNames = rows is null ? null : [.. keptRows.Select(i => rows[i])],
            ColumnNames = columns is null ? null : [.. keptColumns.Select(j => columns[j])],
            RowsAreTargets = biasColumn >= 0 ? true : biasRow >= 0 || isOneTarget || format.Transposed ? false : null,
        };
    }

    // Numbers in the place of names, such as pandas' 0, 1, 2, name nothing.
    private static string[]? NamesOf(string[] cells) => cells.Any(cell => !IsNumber(cell)) ? cells : null;

    private static double Number(TableRow row, int column) =>
        double.TryParse(row.Text[column],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw row.Refusal(string.Create(CultureInfo.InvariantCulture,
                $"column {column + 1} holds '{Escaped.Of(row.Text[column])}', expected a finite number; write one "
                    + $"there, with a point for decimals."));
}
