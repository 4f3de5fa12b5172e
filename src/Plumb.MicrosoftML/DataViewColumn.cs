using Microsoft.ML;
using Microsoft.ML.Data;

namespace Plumb.MicrosoftML;

/// <summary>One column of a schema: what its numbers are called, and how they are read.</summary>
/// <param name="schema">The column.</param>
internal sealed class DataViewColumn(DataViewSchema.Column schema)
{
    /// <summary>The column in its schema.</summary>
    public DataViewSchema.Column Schema => schema;

    /// <summary>Its name there.</summary>
    public string Name => schema.Name;

    /// <summary>The names of its numbers: its own, or one a slot.</summary>
    public IReadOnlyList<string> Slots { get; } = SlotsOf(schema);

    /// <summary>Whether it holds numbers or truth values, and how many is known.</summary>
    public bool IsNumeric => ItemType is NumberDataViewType or BooleanDataViewType
        && schema.Type is not VectorDataViewType { Size: 0 };

    /// <summary>Whether it holds truth values.</summary>
    public bool HoldsTruthValues => ItemType is BooleanDataViewType;

    private DataViewType ItemType => schema.Type is VectorDataViewType vector ? vector.ItemType : schema.Type;

    /// <summary>What reads the column's numbers of the cursor's row into a place of each slot's values.</summary>
    /// <param name="cursor">A cursor for which the column is active.</param>
    /// <param name="slots">The slots asked for, and whose values they are.</param>
    /// <param name="values">Receive the numbers.</param>
    /// <param name="blocks">Counts what doubles do not hold.</param>
    public Action<int> ReaderOf(DataViewRow cursor, IReadOnlyList<(int Slot, int Place)> slots, double[][] values,
        ColumnBlocks blocks)
    {
        Action<int> Of<T>(Func<T, double> toDouble) => schema.Type is VectorDataViewType
            ? VectorReader(cursor.GetGetter<VBuffer<T>>(schema), slots, values, toDouble)
            : ScalarReader(cursor.GetGetter<T>(schema), values[slots[0].Place], toDouble);

        return ItemType.RawType switch
        {
            var type when type == typeof(bool) => Of<bool>(value => value ? 1 : 0),
            var type when type == typeof(float) => Of<float>(value => value),
            var type when type == typeof(double) => Of<double>(value => value),
            var type when type == typeof(sbyte) => Of<sbyte>(value => value),
            var type when type == typeof(byte) => Of<byte>(value => value),
            var type when type == typeof(short) => Of<short>(value => value),
            var type when type == typeof(ushort) => Of<ushort>(value => value),
            var type when type == typeof(int) => Of<int>(value => value),
            var type when type == typeof(uint) => Of<uint>(value => value),
            var type when type == typeof(long) => Of<long>(value => blocks.Counted(ScaledInteger.ToDouble(value))),
            var type
                when type == typeof(ulong) =>
                Of<ulong>(value => blocks.Counted(ScaledInteger.ToDouble((UInt128)value))),
            _ =>
                throw new InvalidOperationException(
                    $"a column of type {schema.Type} was read as numbers; this is a defect."),
        };
    }

    private static Action<int> ScalarReader<T>(ValueGetter<T> getter, double[] values, Func<T, double> toDouble)
    {
        var value = default(T)!;
        return row =>
        {
            getter(ref value);
            values[row] = toDouble(value);
        };
    }

    private static Action<int> VectorReader<T>(ValueGetter<VBuffer<T>> getter,
        IReadOnlyList<(int Slot, int Place)> slots, double[][] values, Func<T, double> toDouble)
    {
        var vector = default(VBuffer<T>);
        return row =>
        {
            getter(ref vector);
            if (vector.IsDense)
            {
                var items = vector.GetValues();
                foreach (var (slot, place) in slots)
                {
                    values[place][row] = toDouble(items[slot]);
                }

                return;
            }

            foreach (var (slot, place) in slots)
            {
                values[place][row] = toDouble(vector.GetItemOrDefault(slot));
            }
        };
    }

    private static string[] SlotsOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: > 0 and var size })
        {
            return [column.Name];
        }

        var names = default(VBuffer<ReadOnlyMemory<char>>);
        if (column.HasSlotNames())
        {
            column.GetSlotNames(ref names);
        }

        string NameOf(int slot) => names.Length == size && names.GetItemOrDefault(slot) is { IsEmpty: false } own
            ? own.ToString() : FormattableString.Invariant($"{slot}");
        string[] slots = [.. Enumerable.Range(0, size).Select(slot => $"{column.Name}[{NameOf(slot)}]")];
        return slots.Distinct(StringComparer.Ordinal).Count() == size ? slots
            : [.. Enumerable.Range(0, size).Select(slot => FormattableString.Invariant($"{column.Name}[{slot}]"))];
    }
}
