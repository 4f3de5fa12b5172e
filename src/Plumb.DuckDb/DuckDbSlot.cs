using System.Globalization;
using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>A column as it is read: one of a result, or one place in its lists.</summary>
/// <param name="Column">The column of the result.</param>
/// <param name="Place">Its place there, from 0.</param>
/// <param name="Index">The place in its lists, from 0; -1 where it holds no lists.</param>
/// <param name="Length">The values in each of its lists.</param>
internal sealed record DuckDbSlot(DuckDbColumn Column, int Place, int Index = -1, int Length = 0)
{
    /// <summary>Its name.</summary>
    public string Name => Index < 0 ? Column.Name
        : string.Create(CultureInfo.InvariantCulture, $"{Column.Name}[{Index}]");

    /// <summary>What it holds.</summary>
    public ColumnKind Kind => Index < 0 ? Column.Kind : ColumnKind.Number;

    /// <summary>The values of a column that holds no lists as doubles, in SQL: those nearest to its numbers.</summary>
    public SqlColumn ToSql()
    {
        // What is not held in 64 bits is rounded twice on its way to a double, unless it goes there as text.
        var (name, isWide) = (Sql(Place), Column.Type == DuckDBType.Decimal || Column.Stored is DuckDBType.HugeInt
            or DuckDBType.UnsignedHugeInt);
        return new SqlColumn(Name, SqlDialect.DuckDb.Double(isWide ? $"cast({name} AS varchar)" : name))
        {
            MayBeRounded = isWide || Column.Stored is DuckDBType.BigInt or DuckDBType.UnsignedBigInt,
        };
    }

    /// <summary>What SQL calls a column of a result, whatever the file calls it: by its place.</summary>
    public static string Sql(int place) => string.Create(CultureInfo.InvariantCulture, $"plumb_{place}");
}
