namespace Plumb.Reports;

/// <summary>Standard errors before and after in a terminal: a line a weight, on a logarithmic axis.</summary>
internal static class NextLines
{
    private const int MostName = 24;
    private const int FewestCells = 12;
    private const int MostCells = 80;
    private const string Never = "▸ ○"; // not determined yet: beyond the end of the axis

    /// <summary>The lines, of at most so many columns.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<NextError> errors, int points, int width)
    {
        if (errors.Count == 0)
        {
            return [];
        }

        var names = errors.Select(error => LineText.Cut(error.Name, Math.Min(MostName, width / 3))).ToArray();
        var nameWidth = names.Max(LineText.Width);
        var cells = Math.Clamp(width - nameWidth - 1 - Never.Length, FewestCells, MostCells);
        var scale = LogScale.Around(errors.SelectMany(error => new[] { error.Before, error.After }));
        var isAnyNever = errors.Any(error => !double.IsFinite(error.Before));
        var key = $"standard error: ○ now, ● after {(points == 1 ? "the point" : "all points")}"
            + (isAnyNever ? "; ▸ ○ not determined" : "");
        return
        [
            LineText.Cut(key, width),
            .. errors.Select((error, i) =>
                $"{LineText.Padded(names[i], nameWidth)} {Line(error, scale, cells)}".TrimEnd()),
            LineAxis.Numbers(scale, nameWidth + 1, cells),
        ];
    }

    private static string Line(NextError error, AxisScale scale, int cells)
    {
        var line = new string(' ', cells).ToCharArray();
        var after = Place(error.After);
        var before = double.IsPositiveInfinity(error.Before) ? cells : Place(error.Before);
        if (before is { } from && after is { } to)
        {
            line.AsSpan(Math.Min(from, to), Math.Abs(from - to) + (from < cells ? 1 : 0)).Fill('─');
        }

        if (before < cells)
        {
            line[before.Value] = '○';
        }

        if (after is { } then)
        {
            line[then] = '●';
        }

        return new string(line) + (double.IsPositiveInfinity(error.Before) ? Never : "");

        int? Place(double value) => value > 0 && double.IsFinite(value) ? LineAxis.Cell(scale, value, cells) : null;
    }
}
