using DuckDB.NET.Native;

namespace Plumb;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Stored">The whole numbers that stand for decimals; for other types the type itself.</param>
/// <param name="Scale">The decimals after the point.</param>
internal sealed record DuckDbColumn(string Name, DuckDBType Type, DuckDBType Stored, int Scale)
{
    /// <summary>Whether its values are numbers or truth values.</summary>
    public bool IsNumeric =>
        Stored is (>= DuckDBType.Boolean and <= DuckDBType.Double) or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt
            or DuckDBType.SqlNull;

    /// <summary>The columns of a result.</summary>
    public static IReadOnlyList<DuckDbColumn> Of(ref DuckDBResult result)
    {
        var columns = new DuckDbColumn[NativeMethods.Query.DuckDBColumnCount(ref result)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, i);
            var kind = NativeMethods.LogicalType.DuckDBGetTypeId(type);
            var isDecimal = kind == DuckDBType.Decimal;
            columns[i] = new DuckDbColumn(
                NativeMethods.Query.DuckDBColumnName(ref result, i),
                kind,
                isDecimal ? NativeMethods.LogicalType.DuckDBDecimalInternalType(type) : kind,
                isDecimal ? NativeMethods.LogicalType.DuckDBDecimalScale(type) : 0);
        }

        return columns;
    }
}
