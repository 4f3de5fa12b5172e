using System.Globalization;
using System.Numerics;

namespace Plumb.Formats;

/// <summary>
/// An array whose elements are rows of data, and how its bytes are read: in their order, from any of them on.
/// </summary>
/// <param name="Array">Its name, shape and type.</param>
/// <param name="Open">Begins to read at a byte of its elements.</param>
internal sealed record ArrayData(StoredArray Array, Func<long, ArrayBytes> Open)
{
    private const int MostColumns = 1 << 20;

    /// <summary>Whether it has one or two lengths, rows, or rows and columns, of which there are some.</summary>
    public bool IsTable => Array.Shape.Count is 1 or 2 && (Array.Shape.Count == 1 || Array.Shape[1] > 0);

    /// <summary>Its first length.</summary>
    public long Rows => Array.Shape[0];

    /// <summary>Its second length; 1 where there is none.</summary>
    public int Columns => Array.Shape.Count == 1 ? 1 : Array.Shape[1] <= MostColumns
        ? (int)Array.Shape[1]
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{Array.Place}: has "
            + $"{Array.Shape[1]} columns, expected at most {MostColumns}; rows are the first index."));

    /// <summary>The bytes of its elements.</summary>
    public static BigInteger BytesOf(StoredArray array) =>
        array.Shape.Aggregate(new BigInteger(array.Type?.Bytes ?? 0), (product, length) => product * length);
}
