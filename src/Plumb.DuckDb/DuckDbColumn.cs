using System.Text;
using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Stored">The whole numbers that stand for decimals or for levels; for other types the type
/// itself.</param>
/// <param name="Scale">The decimals after the point.</param>
internal sealed record DuckDbColumn(string Name, DuckDBType Type, DuckDBType Stored, int Scale)
{
    private const int MostLevels = 1 << 20;

    /// <summary>Of a list: what its values are; otherwise null.</summary>
    public DuckDbColumn? Element { get; private init; }

    /// <summary>Of a list whose type has its length: this length; otherwise 0.</summary>
    public int ArrayLength { get; private init; }

    /// <summary>Of an enumeration: its texts as UTF-8, by their numbers.</summary>
    public IReadOnlyList<byte[]> Levels { get; private init; } = [];

    /// <summary>Whether its values are numbers or truth values.</summary>
    public bool IsNumeric => Type != DuckDBType.Enum
        && (Stored is (>= DuckDBType.Boolean and <= DuckDBType.Double) or DuckDBType.HugeInt
            or DuckDBType.UnsignedHugeInt or DuckDBType.SqlNull);

    /// <summary>Whether its values are texts, or can be written as such.</summary>
    public bool IsTextual => IsNumeric || Kind is ColumnKind.Text or ColumnKind.Date;

    /// <summary>Whether its values are lists of numbers.</summary>
    public bool IsNumericList => Element is { IsNumeric: true };

    /// <summary>What it holds.</summary>
    public ColumnKind Kind => Type switch
    {
        DuckDBType.Boolean => ColumnKind.TruthValue,
        DuckDBType.Varchar or DuckDBType.Enum => ColumnKind.Text,
        DuckDBType.Date or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs
            or DuckDBType.TimestampNs or DuckDBType.TimestampTz => ColumnKind.Date,
        _ => IsNumeric ? ColumnKind.Number : ColumnKind.Other,
    };

    /// <summary>What it holds, for a message.</summary>
    public string Words => Type switch
    {
        DuckDBType.Varchar or DuckDBType.Enum => "text",
        DuckDBType.Date => "dates",
        DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs
            or DuckDBType.TimestampTz => "dates with times",
        DuckDBType.Time or DuckDBType.TimeTz => "times of the day",
        DuckDBType.Interval => "spans of time",
        DuckDBType.Blob or DuckDBType.Bit => "bytes",
        DuckDBType.Uuid => "identifiers (UUID)",
        DuckDBType.List or DuckDBType.Array => "lists",
        DuckDBType.Struct or DuckDBType.Map or DuckDBType.Union => "values with further values in them",
        _ => "values of another type",
    };

    /// <summary>The columns of a result.</summary>
    public static IReadOnlyList<DuckDbColumn> Of(ref DuckDBResult result)
    {
        var columns = new DuckDbColumn[NativeMethods.Query.DuckDBColumnCount(ref result)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, i);
            columns[i] = Of(NativeMethods.Query.DuckDBColumnName(ref result, i), type);
        }

        return columns;
    }

    private static DuckDbColumn Of(string name, DuckDBLogicalType type)
    {
        var kind = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        switch (kind)
        {
            case DuckDBType.Decimal:
                return new DuckDbColumn(name, kind, NativeMethods.LogicalType.DuckDBDecimalInternalType(type),
                    NativeMethods.LogicalType.DuckDBDecimalScale(type));
            case DuckDBType.Enum:
                var levels = Math.Min(NativeMethods.LogicalType.DuckDBEnumDictionarySize(type), MostLevels);
                return new DuckDbColumn(name, kind, NativeMethods.LogicalType.DuckDBEnumInternalType(type), 0)
                {
                    Levels = [.. Enumerable.Range(0, (int)levels).Select(level => Encoding.UTF8.GetBytes(
                        NativeMethods.LogicalType.DuckDBEnumDictionaryValue(type, level)))],
                };
            case DuckDBType.List:
                using (var element = NativeMethods.LogicalType.DuckDBListTypeChildType(type))
                {
                    return new DuckDbColumn(name, kind, kind, 0) { Element = Of(name, element) };
                }

            case DuckDBType.Array:
                using (var element = NativeMethods.LogicalType.DuckDBArrayTypeChildType(type))
                {
                    return new DuckDbColumn(name, kind, kind, 0)
                    {
                        Element = Of(name, element),
                        ArrayLength = (int)NativeMethods.LogicalType.DuckDBArrayVectorGetSize(type),
                    };
                }

            default:
                return new DuckDbColumn(name, kind, kind, 0);
        }
    }
}
