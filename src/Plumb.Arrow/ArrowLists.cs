using Apache.Arrow;
using Apache.Arrow.Types;

namespace Plumb.Arrow;

/// <summary>Columns of lists.</summary>
internal static class ArrowLists
{
    /// <summary>The values of all lists.</summary>
    public static IArrowArray ValuesOf(IArrowArray lists) => lists switch
    {
        FixedSizeListArray array => array.Values,
        ListArray array => array.Values,
        LargeListArray array => array.Values,
        _ => throw new InvalidOperationException(
            $"a column of type {lists.Data.DataType.Name} was read as lists; this is a defect."),
    };

    /// <summary>Where the values of a list begin, and how many they are.</summary>
    public static (long Offset, long Length) At(IArrowArray lists, int row)
    {
        switch (lists)
        {
            case ListArray array:
                var offsets = array.ValueOffsets;
                return (offsets[row], offsets[row + 1] - offsets[row]);
            case LargeListArray array:
                var longOffsets = array.ValueOffsets;
                return (longOffsets[row], longOffsets[row + 1] - longOffsets[row]);
            default:
                var size = ((FixedSizeListType)lists.Data.DataType).ListSize;
                return ((long)(lists.Offset + row) * size, size);
        }
    }

    /// <summary>The length of the first list that is there; 0 where none is.</summary>
    public static int FirstLength(IArrowArray lists)
    {
        for (var row = 0; row < lists.Length; row++)
        {
            if (!lists.IsNull(row))
            {
                return (int)Math.Min(At(lists, row).Length, int.MaxValue);
            }
        }

        return 0;
    }
}
