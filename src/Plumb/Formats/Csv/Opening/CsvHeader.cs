using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>The names of the columns, and whether they stand in the file.</summary>
/// <param name="Names">One name a column, all different.</param>
/// <param name="InFile">Whether the first row holds them; otherwise it is data.</param>
/// <param name="Unnamed">The columns that have no name in a first row that has some.</param>
internal sealed record CsvHeader(IReadOnlyList<string> Names, bool InFile, IReadOnlyList<int> Unnamed)
{
    /// <summary>The header that the current record, the file's first, is or stands in for.</summary>
    /// <param name="first">The records.</param>
    /// <param name="hasHeader">Whether it holds the names; null where that is not known.</param>
    /// <param name="table">Which fields are columns.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    /// <exception cref="InvalidDataException">It cannot be a header.</exception>
    public static CsvHeader Of(CsvRecords first, bool? hasHeader, FoundTable table, MissingTexts missing)
    {
        if (hasHeader != true && first.Fields[0] is { Quoted: false } field && first.Bytes(field) is [(byte)'#', ..])
        {
            throw first.Refuse(
                string.Create(CultureInfo.InvariantCulture,
                    $"the first line begins with '#', which looks like a comment, where the names of the columns were "
                        + $"expected; {Remedies.SkipComments}, or {Remedies.TakeLineForNames(first.Line)}."));
        }

        int[] fields = table.Fields is null ? [.. Enumerable.Range(0, first.Fields.Length)]
            : [.. table.Fields.Select(field => field - table.RowNames)];
        return hasHeader ?? !LooksLikeData(first, missing)
            ? new CsvHeader(NamesIn(first, fields), true, UnnamedIn(first, fields))
            : new CsvHeader(ColumnNames.Numbered(fields.Length), false, []);
    }

    private static List<int> UnnamedIn(CsvRecords first, int[] fields)
    {
        List<int> unnamed = [];
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i] >= first.Fields.Length || first.Fields[fields[i]].Length == 0)
            {
                unnamed.Add(i);
            }
        }

        return unnamed;
    }

    // A row of numbers is data, also when some of them are missing.
    private static bool LooksLikeData(CsvRecords first, MissingTexts missing)
    {
        var numbers = 0;
        foreach (var field in first.Fields)
        {
            var cell = CsvCell.Trim(first.Bytes(field));
            if (DecimalExact.LooksNumeric(cell))
            {
                numbers++;
            }
            else if (missing.IndexOf(cell) < 0)
            {
                return false;
            }
        }

        return numbers > 0;
    }

    private static string[] NamesIn(CsvRecords first, int[] fields)
    {
        var names = new string[fields.Length];
        var places = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var field = fields[i] < first.Fields.Length ? first.Fields[fields[i]] : default;
            var bytes = first.Bytes(field);
            if (Utf8Text.InvalidAt(bytes) is >= 0 and var invalid)
            {
                throw first.Refuse(
                    string.Create(CultureInfo.InvariantCulture,
                        $"the name of column {i + 1}, '{Escaped.Of(bytes, field.Escaped)}', is not valid UTF-8 (byte "
                            + $"{first.OffsetOf(field) + invalid}); {Utf8Text.Remedy}."));
            }

            var text = Encoding.UTF8.GetString(bytes);
            names[i] = text.Length == 0 ? NameOfUnnamed(i) : field.Escaped
                ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
            if (!places.TryAdd(names[i], i))
            {
                throw first.Refuse(
                    string.Create(CultureInfo.InvariantCulture,
                        $"duplicate column name '{Escaped.Of(names[i])}' at columns {places[names[i]] + 1} and "
                            + $"{i + 1}, where every name was expected once; rename one of them."));
            }
        }

        return names;
    }

    /// <summary>
    /// What a column is called that has no name where others have one, as the index that pandas writes.
    /// </summary>
    public static string NameOfUnnamed(int column) => "column" + (column + 1).ToString(CultureInfo.InvariantCulture);
}
