using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Finds the table among the first lines of a file: its rows by what they have in common, then its names.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="profile">What rows look like.</param>
/// <param name="fields">The fields of a row up to the last that is not always empty.</param>
/// <param name="delimiter">What separates them.</param>
internal sealed class TableFinder(IReadOnlyList<SampledLine> lines, TableProfile profile, int fields, char delimiter)
{
    private const string Logger = "TOA5"; // begins files of Campbell's loggers: their names are in the second line

    /// <summary>The table; null where no line holds a number.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="format">What is said of the file.</param>
    /// <param name="delimiter">What separates fields.</param>
    public static TableShape? Of(IReadOnlyList<SampledLine> lines, CsvFormat format, char delimiter)
    {
        if (TableProfile.Of(lines) is not { } profile)
        {
            return null;
        }

        var used = lines.Skip(profile.First).Where(profile.Fits).Max(line => line.Used);
        return new TableFinder(lines, profile, used, delimiter).Find(format);
    }

    private TableShape Find(CsvFormat format)
    {
        var beginsHere = format.SkippedLines is not null || format.HeaderLine is not null;
        var (body, certain) = Body();
        if (body == 0 || format.HasHeader == false)
        {
            return WithFields(new TableShape(profile, body, -1, false) { IsCertain = certain && body == 0 });
        }

        if (beginsHere || format.HasHeader == true || format.HasUnits)
        {
            var names = format.HasUnits && !beginsHere && format.HasHeader != true ? Math.Max(body - 2, 0) : 0;
            var units = body > names + 1
                && Enumerable.Range(names + 1, body - names - 1)
                    .All(i => (format.HasUnits && i == names + 1) || HoldsUnits(lines[i]));
            return WithFields(new TableShape(profile, units ? body : names + 1, names, units)
            {
                IsCertain = certain && CanBeNames(lines[names]) && (units || body == names + 1),
            });
        }

        return WithFields(FindNames(body, certain));
    }

    // The first row, and whether what is between it and the block is plainly part of the table too.
    private (int Body, bool IsCertain) Body()
    {
        var body = profile.First;
        while (body > 0 && profile.FitsLoosely(lines[body - 1]))
        {
            body--;
        }

        var first = 0;
        while (!profile.Fits(lines[first]))
        {
            first++;
        }

        if (first >= body)
        {
            return (body, true);
        }

        var second = Enumerable.Range(first, body - first).Any(i => lines[i].Width != profile.Width
            || (!lines[i].HasNumber && lines[i].Used == fields && !profile.FitsLoosely(lines[i])));
        return (second ? body : first, !second);
    }

    private TableShape FindNames(int body, bool certain)
    {
        var names = body - 1;
        while (names > 0 && !lines[names].AfterGap && HoldsUnits(lines[names])
            && (IsNamed(lines[names - 1]) || HoldsUnits(lines[names - 1]) || lines[names].IsRule))
        {
            names--;
        }

        var line = lines[names];
        if (MayBeginWithNames(names, body))
        {
            // Read as it stands: the first line names the columns, and the second is a row.
            return new TableShape(profile, body, 0, false)
            {
                IsCertain = false,
                LowerNames = IsPlain(line) ? names : -1,
            };
        }

        var other = IsBelowOtherNames(names, body) ? names - 1 : -1;
        var valid = CanBeNames(line) && (names < body - 1 || !NumbersInNumericColumns(line));
        return new TableShape(profile, body, names, names < body - 1)
        {
            IsCertain = certain && valid && other < 0 && (names == 0 || IsPreamble(names, body)),
            CanHoldNames = valid && profile.Width > 1 && profile.Count > 1,
            OtherNames = valid && certain && profile.Width > 1 ? other : -1,
        };
    }

    // Whether a line taken for names may be a row that lacks numbers, and the first line the names.
    private bool MayBeginWithNames(int names, int body)
    {
        if (names == 0 || lines[0].Cells[0] == Logger || !CanBeNames(lines[0])
            || !lines[0].Kinds.Contains('T') || (lines[1].Width != profile.Width && !IsNamed(lines[0])))
        {
            return false;
        }

        return !IsPlain(lines[names])
            || !(lines[0].IsComment || lines[names].AfterGap || IsBelowOtherNames(names, body));
    }

    private bool IsPlain(SampledLine line) => line.Kinds.Take(fields).All(kind => kind == 'T');

    // Whether the line above may hold the names just as well.
    private bool IsBelowOtherNames(int names, int body) =>
        names > 0 && names == body - 1 && CanBeNames(lines[names])
            && (!lines[names].AfterGap || (names == 1 && lines[0].Width == profile.Width))
            && !lines[names - 1].IsComment && (IsNamed(lines[names - 1])
                ? !lines[names - 1].HasNumber || lines[names].Kinds.Take(fields).Contains('M')
                : lines[names].Kinds.Take(fields).Contains('M') && CanBeNames(lines[names - 1]));

    private bool CanBeNames(SampledLine line)
    {
        var used = Math.Max(line.Used, 1);
        return used == fields || (line.Width == profile.Width && used > fields / 2) || NamesRowsAsWell(line)
            || (used == fields + 1 && IsRemark(line.Cells[fields]));
    }

    // A name for every column.
    private bool IsNamed(SampledLine line) => line.Used == fields && !line.Cells.Take(fields).Contains("")
        && Enumerable.Range(0, fields).Any(i => line.Kinds[i] == 'T');

    private bool NumbersInNumericColumns(SampledLine line) =>
        Enumerable.Range(0, Math.Min(line.Width, profile.Width))
            .Any(i => line.Kinds[i] == 'N' && profile.IsNumeric(i));

    // R leaves out the name of the column that names the rows: there, names and texts, or 1, 2, 3, ...
    private bool NamesRowsAsWell(SampledLine line)
    {
        if (line.Width != profile.Width - 1 || line.Used != fields - 1 || line.Cells.Contains(""))
        {
            return false;
        }

        var rows = lines.Skip(profile.First).Take(profile.Count).ToList();
        return rows.All(row => row.BeginsQuoted || row.Kinds[0] == 'T')
            || (delimiter is ' ' or '\t' && rows.Index().All(row => row.Item.Cells[0] == Counted(row.Index + 1))
                && !(fields == 2 && rows.All(row => IsGroup(row.Cells[1])))); // 1 234 may be one number

        static string Counted(int row) => row.ToString(CultureInfo.InvariantCulture);
        static bool IsGroup(string cell) => cell.Length == 3 && cell.All(char.IsAsciiDigit);
    }

    private bool HoldsUnits(SampledLine line)
    {
        if (line.IsRule)
        {
            return true;
        }

        if (line.Used > profile.Width || (line.Used < fields && line.Width != profile.Width) || line.IsComment)
        {
            return false;
        }

        var found = false;
        for (var i = 0; i < Math.Min(line.Width, profile.Width); i++)
        {
            var cell = line.Cells[i];
            if (cell.Length == 0)
            {
                continue;
            }

            if (!UnitTexts.Is(cell) && (cell != "1" || !profile.IsNumeric(i)))
            {
                return false;
            }

            found |= profile.IsMeasured(i) && !UnitTexts.IsVague(cell);
        }

        return found;
    }

    // Lines that are no rows of another table, above one that has names and at least two rows.
    private bool IsPreamble(int names, int body)
    {
        if (profile.Width < 2 || profile.Count < 2 || lines[names].IsComment
            || (names == body - 1 && lines[names].HasNumber))
        {
            return false;
        }

        return !lines.Take(names).Any(line => line.Width > 1 && line.Used > 1 && line.Kinds[0] is 'N' or 'D'
            && !line.Kinds.Contains('T'));
    }

    private static bool IsRemark(string name) =>
        name.ToLowerInvariant() is "" or "comment" or "comments" or "remark" or "remarks" or "note" or "notes";

    private TableShape WithFields(TableShape shape)
    {
        var named = shape.Names >= 0 ? lines[shape.Names] : null;
        var shift = named is not null && NamesRowsAsWell(named) ? 1 : 0;
        // The first line may hold the names all the same, where rows begin the file; a name counts as a value does.
        var rows = lines.Skip(shape.Body).Where(named is null ? profile.FitsLoosely : profile.Fits).ToList();
        return shape with
        {
            RowNames = shift,
            Fields =
            [
                .. Enumerable.Range(shift, profile.Width - shift).Where(i => named is null
                    ? rows.Any(row => row.Used > i)
                    : (i - shift < named.Width && named.Cells[i - shift].Length > 0)
                        || rows.Any(row => row.Cells[i].Length > 0)),
            ],
        };
    }
}
