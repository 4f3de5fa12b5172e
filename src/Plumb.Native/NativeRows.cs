using System.Runtime.CompilerServices;

namespace Plumb.Native;

/// <summary>Rows that lie in a caller's memory, and are read there: a pointer and a stride for each column.</summary>
internal sealed unsafe class NativeRows
{
    private const int BlockNumbers = 1 << 20;

    private readonly long _rows;
    private readonly nint* _columns;
    private readonly long* _strides;
    private readonly VariableNames _names;

    /// <summary>Rows.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="columns">Where each column begins: the inputs, then the targets.</param>
    /// <param name="strides">The bytes from one row to the next, of each column; NULL where doubles follow one
    /// another.</param>
    /// <param name="names">The names of the columns.</param>
    /// <exception cref="ArgumentException">The number of rows is negative, or there are no pointers.</exception>
    public NativeRows(long rows, nint* columns, long* strides, VariableNames names)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (columns is null)
        {
            throw new ArgumentException("the columns are NULL.");
        }

        for (var j = 0; j < names.Inputs.Count + names.Targets.Count; j++)
        {
            if (columns[j] == 0 && rows > 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"column {j + 1} is NULL."));
            }
        }

        _rows = rows;
        _columns = columns;
        _strides = strides;
        _names = names;
    }

    /// <summary>The rows, some at a time.</summary>
    public IEnumerable<Dataset> Blocks()
    {
        var size = Math.Max(1, BlockNumbers / (_names.Inputs.Count + _names.Targets.Count));
        for (var first = 0L; first < _rows; first += size)
        {
            yield return Block(first, (int)Math.Min(size, _rows - first));
        }
    }

    private Dataset Block(long first, int count)
    {
        var (inputs, targets) = (_names.Inputs.Count, _names.Targets.Count);
        var (x, y) = (new double[count * inputs], new double[count * targets]);
        for (var j = 0; j < inputs + targets; j++)
        {
            var (values, place, width) = j < inputs ? (x, j, inputs) : (y, j - inputs, targets);
            var stride = _strides is null ? sizeof(double) : _strides[j];
            var from = (byte*)_columns[j] + first * stride;
            for (var i = 0; i < count; i++, from += stride)
            {
                var value = Unsafe.ReadUnaligned<double>(from);
                if (!double.IsFinite(value))
                {
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"row {first + i + 1}: column '{NameOf(j)}' is {value}, expected a finite number; ")
                            + "leave out rows with missing values.");
                }

                values[i * width + place] = value;
            }
        }

        return new Dataset(Matrix.Over(x, count, inputs), Matrix.Over(y, count, targets), _names);
    }

    private string NameOf(int column) => column < _names.Inputs.Count ? _names.Inputs[column]
        : _names.Targets[column - _names.Inputs.Count];
}
