using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>Collects rows until there is a block of them.</summary>
/// <param name="names">The names of the columns.</param>
/// <param name="texts">How many texts are kept beside each row.</param>
internal sealed class RowBlockBuffer(VariableNames names, int texts = 0)
{
    private const int MostRows = 2048; // the block that exact moments work on: 2^21 * 2^21 * 2^11 = 2^53
    private const int MostNumbers = 1 << 22; // 32 MiB: blocks of very wide files have fewer rows
    private readonly int _capacity = CapacityOf(names, texts);
    private Dataset? _block;

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the rows must be taken before the next one is added.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>Where the inputs of the next row go.</summary>
    public Span<double> NextInputs => Block.Inputs.WritableRow(Count);

    /// <summary>Where the targets of the next row go.</summary>
    public Span<double> NextTargets => Block.Targets.WritableRow(Count);

    private Dataset Block =>
        _block ??= new Dataset(new Matrix(_capacity, names.Inputs.Count), new Matrix(_capacity, names.Targets.Count),
            names);

    /// <summary>The rows of a full block.</summary>
    public static int CapacityOf(VariableNames names, int texts = 0) =>
        Math.Clamp(MostNumbers / Math.Max(1, names.Inputs.Count + names.Targets.Count + texts), 1, MostRows);

    /// <summary>Keeps what was written as the next row.</summary>
    public void Add() => Count++;

    /// <summary>Adds as many rows as there is room for.</summary>
    /// <param name="numbers">Rows x columns: the inputs of a row, then its targets.</param>
    /// <returns>The number of rows added.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<double> numbers)
    {
        var (inputs, targets) = (names.Inputs.Count, names.Targets.Count);
        var rows = Math.Min(numbers.Length / (inputs + targets), _capacity - Count);
        var allInputs = Block.Inputs.Writable[(Count * inputs)..];
        var allTargets = Block.Targets.Writable[(Count * targets)..];
        for (var row = 0; row < rows; row++)
        {
            numbers.Slice(row * (inputs + targets), inputs).CopyTo(allInputs[(row * inputs)..]);
            numbers.Slice(row * (inputs + targets) + inputs, targets).CopyTo(allTargets[(row * targets)..]);
        }

        Count += rows;
        return rows;
    }

    /// <summary>The rows so far, as a block to keep; the next row begins another.</summary>
    public Dataset Take()
    {
        var block = Show();
        _block = null;
        return block;
    }

    /// <summary>The rows so far, as a block that the next row is written over.</summary>
    public Dataset Show()
    {
        var block = IsFull ? Block : new Dataset(Block.Inputs.Top(Count), Block.Targets.Top(Count), names);
        Count = 0;
        return block;
    }
}
