namespace Plumb.Diagnosis;

/// <summary>Finds columns' ranges, block by block; their order makes no difference.</summary>
internal sealed class ColumnRangesBuilder(VariableNames names)
{
    private const long MostKept = 4_000_000; // numbers: quartiles need all of them

    private readonly ColumnRangeBuilder[] _inputs = [.. names.Inputs.Select(_ => new ColumnRangeBuilder())];
    private readonly ColumnRangeBuilder[] _targets = [.. names.Targets.Select(_ => new ColumnRangeBuilder())];
    private long _numbers;

    /// <summary>Rows more.</summary>
    public void Add(Dataset block)
    {
        _numbers += (long)block.Rows * (_inputs.Length + _targets.Length);
        Add(_inputs, block.Inputs, _numbers <= MostKept);
        Add(_targets, block.Targets, _numbers <= MostKept);
    }

    /// <summary>The ranges of the rows so far.</summary>
    public ColumnRanges ToRanges() =>
        new([.. _inputs.Select(column => column.ToRange())], [.. _targets.Select(column => column.ToRange())]);

    private static void Add(ColumnRangeBuilder[] columns, Matrix rows, bool areKept)
    {
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows.Row(i);
            for (var j = 0; j < columns.Length; j++)
            {
                columns[j].Add(row[j], areKept);
            }
        }
    }
}
