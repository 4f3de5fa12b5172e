using System.Text;

namespace Plumb.Tests;

/// <summary>
/// A plain table has its names in the first line, whatever its columns hold and its first rows lack: it is read so,
/// refused, or, where a name is a number, read with a warning that the first line looks like data.
/// </summary>
public sealed class CsvHeaderLawTests
{
    private static readonly Gen<string> s_name = Gen.Frequency(
        (6, Gen.String[Gen.Char['a', 'z'], 1, 6].Select(text => "n" + text)),
        (1, Gen.Int[1990, 2030].Select(i => FormattableString.Invariant($"{i}"))),
        (1, Gen.OneOf("", "1", "1.5", "-", "two words", "\"a;b\"", "\"line\nbreak\"", "speed [m/s]", "p (kPa)", "m/s",
            "\"quoted\"", "2026-01-01", "Total", "share %", "a|b", "\u00B0C")));

    private static readonly Gen<string> s_missing = Gen.OneOf("", "NA", "-", "1.#IND", "?", "\"\"", "null", "n/a");

    private static readonly Gen<string> s_number = Gen.OneOf(
        Gen.Int[-1000, 1000].Select(i => FormattableString.Invariant($"{i / 10.0}")),
        Gen.Int[0, 3].Select(i => FormattableString.Invariant($"{i}")),
        Gen.OneOf(" -9999.00 ", "1e5", "\"2\"", "-9.999e3"));

    private static readonly Gen<string> s_text = Gen.OneOf("Bern", "www", "\"two\nlines\"", "\"two words\"", "x y z",
        "m", "s", "none", "F", "a: b", "\"Basel, BS\"", "kg");

    private static readonly Gen<Gen<string>> s_column = Gen.Frequency(
        (6, Gen.Const(Gen.Frequency((8, s_number), (1, s_missing)))),
        (2, Gen.Const(Gen.Frequency((4, s_text), (1, s_missing)))),
        (1, Gen.Const(Gen.Frequency((3, s_text), (1, s_number), (2, s_missing)))), // numbers by chance
        (1, Gen.Const(Gen.Frequency((8, s_number), (1, s_text), (2, s_missing)))), // with bad cells
        (1, Gen.Const(s_missing)),
        (1, Gen.Const(Gen.Int[10, 28].Select(day => FormattableString.Invariant($"2026-01-{day}")))));

    private static readonly Gen<(string[] Names, string[][] Rows)> s_tables =
        from columns in s_column.Array[2, 6]
        from names in s_name.Array[columns.Length]
        from lacking in Gen.Int[0, 2]
        from first in Row([.. columns.Select(_ => Gen.Frequency((2, s_missing), (1, s_text)))]).Array[lacking]
        from rows in Row(columns).Array[1, 25]
        let all = (string[][])[.. first, .. rows]
        // What stands above an empty row may be no table; a first line that ends in delimiters may be a title.
        where names[^1].Length > 0 && all.All(row => row.Any(cell => cell is not ("" or "\"\"")))
        // A column without a name and without a value is left out, and told.
        where names.Index().All(name => name.Item.Length > 0 || all.Any(row => row[name.Index] is not ("" or "\"\"")))
        where names.Distinct().Count() == names.Length && names.Any(name => name.StartsWith('n'))
        select (names, all);

    [Fact]
    public Task Plain_table_has_its_names_in_the_first_line_or_is_refused() =>
        Gen.Select(s_tables, Gen.OneOf(',', ';', '\t', '|'), Gen.Bool, Gen.Bool).SampleAsync(
            async (table, separator, isSaid, lineIsSaid) =>
            {
                var text = string.Concat(((string[][])[table.Names, .. table.Rows]).Select(row =>
                    string.Join(separator, row.Select(cell => Quoted(cell, separator))) + "\n"));
                try
                {
                    await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)),
                        "t.csv", new CsvFormat
                        {
                            Delimiter = isSaid ? separator : null,
                            HeaderLine = lineIsSaid ? 1 : null,
                        }, TestContext.Current.CancellationToken);
                    if (reader.HasHeader)
                    {
                        Assert.Equal(table.Names.Select(NameOf), reader.Columns);
                    }
                    else
                    {
                        Assert.Contains(table.Names, name => name.Length > 0 && char.IsAsciiDigit(name[0]));
                        Assert.Contains("no-header", reader.Findings.Select(finding => finding.Code));
                    }
                }
                catch (InvalidDataException)
                {
                    Assert.True(table.Rows.Length > 0);
                }
            },
            iter: 500);

    private static Gen<string[]> Row(Gen<string>[] cells) =>
        cells.Aggregate(Gen.Const(Array.Empty<string>()), (row, cell) =>
            Gen.Select(row, cell, (head, last) => (string[])[.. head, last]));

    private static string Quoted(string cell, char separator) =>
        cell.Contains(separator, StringComparison.Ordinal) && !cell.StartsWith('"') ? $"\"{cell}\"" : cell;

    private static string NameOf(string name, int column) =>
        name.Length == 0 ? FormattableString.Invariant($"column{column + 1}") : name.Trim('"');
}
