using System.Buffers;
using System.Text;

namespace Plumb.Formats;

/// <summary>The texts of cells as they stand where rows are read from, rows x columns.</summary>
public sealed class RowTexts
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(int Start, int Length)> _cells = []; // of length -1 where there is no text

    internal RowTexts(int columns) => Columns = columns;

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Columns == 0 ? 0 : _cells.Count / Columns;

    /// <summary>The text of a cell, empty where there is none; null where the source holds a null.</summary>
    public string? this[int row, int column] => IsNull(row, column) ? null
        : Encoding.UTF8.GetString(Utf8(row, column));

    /// <summary>The same as it stands; empty where the source holds a null.</summary>
    public ReadOnlySpan<byte> Utf8(int row, int column)
    {
        var (start, length) = _cells[row * Columns + column];
        return length <= 0 ? [] : _bytes.WrittenSpan.Slice(start, length);
    }

    /// <summary>Whether the source holds a null, and no text.</summary>
    public bool IsNull(int row, int column) => _cells[row * Columns + column].Length < 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Shown.Count(Rows, "row")} of {Shown.Count(Columns, "text")}";

    /// <summary>The texts of some rows.</summary>
    internal RowTexts Only(IReadOnlyList<int> rows)
    {
        var some = new RowTexts(Columns);
        foreach (var row in rows)
        {
            for (var j = 0; j < Columns; j++)
            {
                if (IsNull(row, j))
                {
                    some.AddNull();
                }
                else
                {
                    some.Add(Utf8(row, j));
                }
            }
        }

        return some;
    }

    /// <summary>Adds the next cell.</summary>
    internal void Add(ReadOnlySpan<byte> cell)
    {
        _cells.Add((_bytes.WrittenCount, cell.Length));
        _bytes.Write(cell);
    }

    /// <summary>Adds the next cell, whose doubled quotes mean one each.</summary>
    internal void AddEscaped(ReadOnlySpan<byte> cell)
    {
        var start = _bytes.WrittenCount;
        while (cell.IndexOf("\"\""u8) is >= 0 and var quote)
        {
            _bytes.Write(cell[..(quote + 1)]);
            cell = cell[(quote + 2)..];
        }

        _bytes.Write(cell);
        _cells.Add((start, _bytes.WrittenCount - start));
    }

    /// <summary>Adds a null.</summary>
    internal void AddNull() => _cells.Add((0, -1));
}
