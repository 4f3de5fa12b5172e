namespace Plumb.Reports;

/// <summary>A forest in a terminal: a line an input.</summary>
internal static class ForestLines
{
    private const int MostName = 24;
    private const int FewestCells = 12;

    /// <summary>The lines, of at most so many columns.</summary>
    public static IReadOnlyList<string> Of(WeightForest forest, int width)
    {
        var scale = ForestScale.Of(forest.Targets.SelectMany(target => target.Rows.Take(WeightForest.MostRows))
            .Select(row => ForestPlace.Of(row, forest.Axis)), forest.Axis);
        List<string> lines = [];
        foreach (var target in forest.HasAxis ? forest.Targets : Alike(forest.Targets))
        {
            ForestRow[] rows = [.. target.Rows.Take(WeightForest.MostRows)];
            var names = rows.Select(row => LineText.Cut(row.Name, Math.Min(MostName, width / 3))).ToArray();
            var nameWidth = names.Select(LineText.Width).DefaultIfEmpty(0).Max();
            var numbers = rows.Select(row => row.Text).ToArray();
            var numberWidth = numbers.Select(number => number.Length).DefaultIfEmpty(0).Max();
            var cells = Math.Min(80, width - nameWidth - numberWidth - 2);
            if (cells < FewestCells)
            {
                (numberWidth, cells) = (0, Math.Max(FewestCells, width - nameWidth - 1));
            }

            if (forest.Targets.Count > 1)
            {
                lines.Add(LineText.Cut(target.Name, width));
            }

            foreach (var (i, row) in rows.Index())
            {
                var number = numberWidth == 0 ? "" : " " + numbers[i].PadLeft(numberWidth);
                var name = LineText.Padded(names[i], nameWidth);
                lines.Add($"{name} {Bar(row, forest.Axis, scale, cells)}{number}".TrimEnd());
                lines.AddRange(forest.Brackets.Where(bracket => bracket.Rows.DefaultIfEmpty(-1).Max() == i)
                    .Select(bracket => LineText.Cut(new string(' ', nameWidth + 1) + "└ " + bracket.Text, width)));
            }

            if (forest.HasAxis)
            {
                lines.Add(LineAxis.Numbers(scale, nameWidth + 1, cells));
            }

            if (target.Rows.Count > rows.Length)
            {
                lines.Add(LineText.Cut($"and {target.Rows.Count - rows.Length} more", width));
            }
        }

        return forest.HasAxis ? [.. lines, LineText.Cut(forest.AxisText, width)] : lines;
    }

    // Where any value fits everywhere, targets look alike: once for all.
    private static IEnumerable<ForestTarget> Alike(IReadOnlyList<ForestTarget> targets) =>
        targets.Take(1).Select(target => target with { Name = string.Join(", ", targets.Select(one => one.Name)) });

    private static string Bar(ForestRow row, ForestAxis axis, AxisScale scale, int cells)
    {
        if (!row.IsDetermined)
        {
            const string Words = " any value fits as well ";
            var shade = new string('░', cells);
            var start = (cells - Words.Length) / 2;
            return start < 1 ? shade : shade[..start] + Words + shade[(start + Words.Length)..];
        }

        var at = ForestPlace.Of(row, axis);
        var line = new string(' ', cells).ToCharArray();
        int Cell(double value) => LineAxis.Cell(scale, value, cells);
        line[Cell(0)] = '│';
        if (at.HasInterval)
        {
            line.AsSpan(Cell(at.Low), Cell(at.High) - Cell(at.Low) + 1).Fill('─');
            line.AsSpan(Cell(at.InnerLow), Cell(at.InnerHigh) - Cell(at.InnerLow) + 1).Fill('━');
            line[0] = at.Low < scale.Low ? '◂' : line[0];
            line[^1] = at.High > scale.High ? '▸' : line[^1];
        }

        if (at.IsKnown)
        {
            line[Cell(at.Middle)] = '●';
        }

        return new(line);
    }
}
