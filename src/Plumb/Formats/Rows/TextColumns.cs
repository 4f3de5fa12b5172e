namespace Plumb.Formats;

/// <summary>
/// Columns of which texts are wanted, read as further targets of a source that hands out numbers only; of a column that
/// is read anyway, and whose texts mean something, the texts are kept beside what they mean.
/// </summary>
internal sealed class TextColumns
{
    private readonly IReadOnlyList<string> _inputs;
    private readonly int _targets;
    private readonly TextShelf?[] _shelves; // of the columns wanted; null where they hold numbers
    private readonly int[] _places; // of the columns wanted: among the inputs, then among the targets read

    /// <summary>Chooses how each column is read.</summary>
    public TextColumns(RowReader reader, IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        IReadOnlyList<string> texts)
    {
        (_inputs, _targets) = (inputs, targets.Count);
        Targets = [.. targets, .. texts.Except(inputs, StringComparer.Ordinal).Except(targets, StringComparer.Ordinal)];
        _shelves = new TextShelf?[texts.Count];
        _places = new int[texts.Count];
        string[] read = [.. inputs, .. Targets];
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] = Array.IndexOf(read, texts[i]);
            var column = reader.Columns.ToList().IndexOf(texts[i]);
            var isRead = _places[i] < inputs.Count + _targets;
            var reading = isRead ? reader.ReadingOf(texts[i]) : null;
            if (reading is not null
                || (!isRead && column >= 0 && reader.Kinds[column] != ColumnKind.Number))
            {
                reader.ReadAs(texts[i], _shelves[i] = new TextShelf(reading));
            }
        }
    }

    /// <summary>The targets, and the columns that are read for their texts alone.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>A block without the columns that were read for their texts, and these texts.</summary>
    public RowsWithTexts Separate(Dataset block)
    {
        var texts = new RowTexts(_places.Length);
        for (var i = 0; i < block.Rows; i++)
        {
            for (var j = 0; j < _places.Length; j++)
            {
                var number = _places[j] < _inputs.Count ? block.Inputs[i, _places[j]]
                    : block.Targets[i, _places[j] - _inputs.Count];
                if (double.IsNaN(number))
                {
                    texts.AddNull();
                }
                else
                {
                    texts.Add(_shelves[j] is { } shelf ? shelf.Take() : TextShelf.Digits(number));
                }
            }
        }

        var names = new VariableNames(_inputs, [.. block.Names.Targets.Take(_targets)]);
        var targets = Matrix.Create(block.Rows, _targets, (i, t) => block.Targets[i, t]);
        return new RowsWithTexts(new Dataset(block.Inputs, targets, names), texts);
    }
}
