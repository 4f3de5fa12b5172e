using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Plumb.Arrow;

/// <summary>A column as it is read: one of the schema, or one place in its lists.</summary>
/// <param name="Field">The column of the schema.</param>
/// <param name="Place">Its place there, from 0.</param>
/// <param name="Index">The place in its lists, from 0; -1 where it holds no lists.</param>
/// <param name="Length">The values in each of its lists.</param>
internal sealed record ArrowSlot(Field Field, int Place, int Index = -1, int Length = 0)
{
    /// <summary>Its name.</summary>
    public string Name => Index < 0 ? Field.Name
        : string.Create(CultureInfo.InvariantCulture, $"{Field.Name}[{Index}]");

    /// <summary>What its values are.</summary>
    public IArrowType Type => Index >= 0 ? ElementOf(Field.DataType)!
        : Field.DataType is DictionaryType dictionary ? dictionary.ValueType : Field.DataType;

    /// <summary>What it holds.</summary>
    public ColumnKind Kind => Index >= 0 ? ColumnKind.Number : Type.TypeId switch
    {
        ArrowTypeId.Boolean => ColumnKind.TruthValue,
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => ColumnKind.Text,
        ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp => ColumnKind.Date,
        ArrowTypeId.Null => ColumnKind.Number,
        _ => ArrowColumn.IsNumeric(Type) ? ColumnKind.Number : ColumnKind.Other,
    };

    /// <summary>Whether it can be read, as numbers or as texts.</summary>
    public bool IsRead(bool asTexts) => asTexts ? Index < 0 && Kind != ColumnKind.Other
        : Kind is ColumnKind.Number or ColumnKind.TruthValue;

    /// <summary>What the values in lists are, where they are numbers; otherwise null.</summary>
    public static IArrowType? ElementOf(IArrowType type) => type switch
    {
        FixedSizeListType list when ArrowColumn.IsNumeric(list.ValueDataType) => list.ValueDataType,
        ListType list when ArrowColumn.IsNumeric(list.ValueDataType) => list.ValueDataType,
        LargeListType list when ArrowColumn.IsNumeric(list.ValueDataType) => list.ValueDataType,
        _ => null,
    };
}
