namespace Plumb;

/// <summary>A column of a table or a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type as PostgreSQL writes it.</param>
/// <param name="Type">The number of its type.</param>
internal sealed record PostgreSqlColumn(string Name, string TypeName, uint Type)
{
    // pg_type.dat
    public const uint Boolean = 16;
    public const uint BigInt = 20;
    public const uint SmallInt = 21;
    public const uint Integer = 23;
    public const uint Real = 700;
    public const uint DoublePrecision = 701;
    public const uint Numeric = 1700;

    /// <summary>Whether its values are numbers or truth values.</summary>
    public bool IsNumeric => Type is Boolean or BigInt or SmallInt or Integer or Real or DoublePrecision or Numeric;
}
