namespace Plumb.Reports;

/// <summary>
/// A table in lines of so many columns. What has no room beside the names follows below, with the names again; where
/// there is no room for even that, each row becomes a list.
/// </summary>
/// <param name="table">The table; its texts hold nothing that moves a cursor.</param>
/// <param name="width">The columns of a line.</param>
internal sealed class TableLayout(PageTable table, int width)
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int LeastName = 12;
    private const int LeastSentence = 24;

    private readonly int[] _widths = [.. table.Columns.Select((column, i) =>
        Math.Max(CellWidth.Of(column.Heading), table.Rows.Select(row => CellWidth.Of(CellOf(row, i).Text))
            .DefaultIfEmpty(0).Max()))];

    /// <summary>The lines, each in pieces of one tone.</summary>
    public IEnumerable<IReadOnlyList<PageCell>> Lines()
    {
        FitNames();
        var isList = Enumerable.Range(1, _widths.Length - 1).Any(i => Indent + _widths[0] + Gap + LeastOf(i) > width);
        return isList ? Lists() : Blocks().SelectMany((block, i) => Lines(block, isFirst: i == 0));
    }

    private int LeastOf(int column) => table.Columns[column].Kind == ColumnContent.Sentence
        ? Math.Min(_widths[column], LeastSentence) : _widths[column];

    /// <summary>Shortens names where the widest column would have no room beside them.</summary>
    private void FitNames()
    {
        var widest = Enumerable.Range(1, _widths.Length - 1).Select(LeastOf).DefaultIfEmpty(0).Max();
        var all = Indent + _widths.Sum() + Gap * (_widths.Length - 1);
        var room = width - Indent - Gap - widest;
        if (all > width)
        {
            // A third of the line is enough for a name, and more where it costs nothing.
            _widths[0] = Math.Min(_widths[0], Math.Max(Math.Min(room, width / 3), LeastName));
        }
    }

    /// <summary>The columns beside the names, as many at a time as there is room for.</summary>
    private IEnumerable<List<int>> Blocks()
    {
        var (block, used) = (new List<int>(), Indent + _widths[0]);
        for (var i = 1; i < _widths.Length; i++)
        {
            if (block.Count > 0 && used + Gap + LeastOf(i) > width)
            {
                yield return block;
                (block, used) = ([], Indent + _widths[0]);
            }

            block.Add(i);
            used += Gap + LeastOf(i);
        }

        yield return block;
    }

    private IEnumerable<IReadOnlyList<PageCell>> Lines(List<int> block, bool isFirst)
    {
        int[] columns = [0, .. block];
        var widths = columns.Select(i => _widths[i]).ToArray();
        foreach (var (place, i) in columns.Index().Where(column => table.Columns[column.Item].Kind
            == ColumnContent.Sentence))
        {
            var others = widths.Sum() - widths[place] + Gap * (widths.Length - 1);
            widths[place] = Math.Max(1, Math.Min(_widths[i], width - Indent - others));
        }

        if (!isFirst)
        {
            yield return [];
        }

        if (table.HasHeadings)
        {
            var length = Math.Min(width, Indent + widths.Sum() + Gap * (widths.Length - 1));
            yield return Line([.. columns.Select(i => new PageCell(table.Columns[i].Heading))], columns, widths);
            yield return [new PageCell(new string('─', length), Tone.Muted)];
        }

        foreach (var row in table.Rows)
        {
            var cells = columns.Select((i, place) => Wrapped(CellOf(row, i), i, widths[place])).ToArray();
            for (var k = 0; k < cells.Max(cell => cell.Count); k++)
            {
                var line = k;
                yield return Line([.. cells.Select(cell => line < cell.Count ? cell[line] : new PageCell(""))], columns,
                    widths);
            }
        }
    }

    private List<PageCell> Wrapped(PageCell cell, int column, int columns) => table.Columns[column].Kind switch
    {
        ColumnContent.Sentence => [.. WordWrap.Lines(cell.Text, columns).Select(text => cell with { Text = text })],
        ColumnContent.Name => [cell with { Text = WordWrap.Shortened(cell.Text, columns) }],
        _ => [cell],
    };

    private List<PageCell> Line(PageCell[] cells, int[] columns, int[] widths)
    {
        List<PageCell> line = [new PageCell(new string(' ', Indent))];
        for (var i = 0; i < cells.Length; i++)
        {
            var text = WordWrap.Shortened(cells[i].Text, widths[i]);
            var blanks = new string(' ', widths[i] - CellWidth.Of(text));
            var isRight = table.Columns[columns[i]].Kind == ColumnContent.Number;
            var isLast = i == cells.Length - 1;
            line.Add(cells[i] with { Text = isRight ? blanks + text : text });
            line.Add(new PageCell((isRight || isLast ? "" : blanks) + (isLast ? "" : new string(' ', Gap))));
        }

        return line;
    }

    /// <summary>A row after the other: its name, then a line a column.</summary>
    private IEnumerable<IReadOnlyList<PageCell>> Lists()
    {
        foreach (var (i, row) in table.Rows.Index())
        {
            if (i > 0)
            {
                yield return [];
            }

            foreach (var line in WordWrap.Lines(CellOf(row, 0).Text, width))
            {
                yield return [new PageCell(line)];
            }

            for (var j = 1; j < table.Columns.Count; j++)
            {
                var cell = CellOf(row, j);
                if (cell.Text.Length == 0)
                {
                    continue;
                }

                var heading = table.HasHeadings ? table.Columns[j].Heading + ": " : "";
                foreach (var line in WordWrap.Lines(heading + cell.Text, width - Indent))
                {
                    yield return [new PageCell(new string(' ', Indent)), cell with { Text = line }];
                }
            }
        }
    }

    private static PageCell CellOf(IReadOnlyList<PageCell> row, int column) =>
        column < row.Count ? row[column] : new PageCell("");
}
