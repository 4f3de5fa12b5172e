namespace Plumb.Formats;

/// <summary>
/// The coefficients within a printed summary of a regression, R's or statsmodels': the lines below the one that names
/// the estimates and their standard errors, whose numbers end where these names end.
/// </summary>
internal static class PrintedCoefficients
{
    private static readonly (string Estimate, string Error)[] s_heads =
        [("Estimate", "Std. Error"), ("coef", "std err"), ("Value", "Std. Error")];

    /// <summary>The table: a row of names, then the name and the estimate of each term; null where the text holds
    /// none.</summary>
    /// <exception cref="InvalidDataException">There are two, or a line has no number below the name.</exception>
    public static List<TableRow>? Find(IReadOnlyList<string> lines, string name)
    {
        List<TableRow>? found = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (HeadOf(lines[i]) is not { } head)
            {
                continue;
            }

            if (found is not null)
            {
                throw DataErrors.At(name, i + 1,
                    $"holds a second table of coefficients, after the one of {found[0].Place}, expected those of one "
                        + "target; keep one table in the file.");
            }

            found = Below(lines, i, head, name);
        }

        return found;
    }

    // A line that begins by the estimate and has its error next, without quotes or other separators.
    private static (string Estimate, int End, int ErrorEnd)? HeadOf(string line)
    {
        foreach (var (estimate, error) in s_heads)
        {
            var start = line.Length - line.AsSpan().TrimStart().Length;
            if (start > 0 && line.AsSpan(start).StartsWith(estimate)
                && line.AsSpan(start + estimate.Length).TrimStart() is var rest && rest.StartsWith(error)
                && line.AsSpan().IndexOfAny("\",;\t|") is var other && (other < 0 || IsHeadOfP(line, other)))
            {
                var end = start + estimate.Length;
                return (estimate, end, line.IndexOf(error, end, StringComparison.Ordinal) + error.Length);
            }
        }

        return null;
    }

    // The bars of P>|t| and Pr(>|t|) separate nothing.
    private static bool IsHeadOfP(string line, int bar) => bar > 0 && line[bar] == '|' && line[bar - 1] == '>';

    private static List<TableRow> Below(IReadOnlyList<string> lines, int head,
        (string Estimate, int End, int ErrorEnd) names, string name)
    {
        var error = lines[head][names.End..names.ErrorEnd].Trim();
        List<TableRow> rows = [TableRow.At(name, head + 1, ["", names.Estimate, error])];
        for (var i = head + 1; i < lines.Count; i++)
        {
            if (lines[i].All(c => c is '-' or '=' or ' '))
            {
                if (rows.Count > 1)
                {
                    break;
                }

                continue; // the rule below the names
            }

            var line = lines[i];
            var start = names.End <= line.Length ? line.LastIndexOf(' ', names.End - 1) : -1;
            var ends = start > 0 && EndsAt(line, names.End) && EndsAt(line, names.ErrorEnd)
                && line[names.End..names.ErrorEnd].Trim().Length > 0;
            var label = start > 0 ? line[..start].Trim() : "";
            if (!ends || label.Length == 0)
            {
                throw DataErrors.At(name, i + 1,
                    $"has no name and number that ends below '{names.Estimate}', expected a line of the table of "
                        + "coefficients; keep the lines of the table as they were printed, and an empty line below.");
            }

            rows.Add(TableRow.At(name, i + 1, [label, line[(start + 1)..names.End], ""]));
        }

        return rows.Count > 1 ? rows
            : throw DataErrors.At(name, head + 1, "has the head of a table of coefficients, but no line below it, "
                + "expected one or more; keep the table whole.");
    }

    // Whether a word ends there.
    private static bool EndsAt(string line, int end) =>
        end <= line.Length && line[end - 1] != ' ' && (end == line.Length || line[end] == ' ');
}
