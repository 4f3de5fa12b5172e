namespace Plumb.PostgreSql;

/// <summary>A column of a table or a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type as PostgreSQL writes it.</param>
/// <param name="Type">The number of its type.</param>
internal sealed record PostgreSqlColumn(string Name, string TypeName, uint Type)
{
    // pg_type.dat
    public const uint Boolean = 16;
    public const uint Char = 18;
    public const uint ObjectName = 19;
    public const uint BigInt = 20;
    public const uint SmallInt = 21;
    public const uint Integer = 23;
    public const uint Text = 25;
    public const uint Real = 700;
    public const uint DoublePrecision = 701;
    public const uint Character = 1042;
    public const uint CharacterVarying = 1043;
    public const uint Date = 1082;
    public const uint Timestamp = 1114;
    public const uint TimestampWithZone = 1184;
    public const uint Numeric = 1700;

    /// <summary>Whether its type is an enumeration of the database's own.</summary>
    public bool IsEnum { get; init; }

    /// <summary>Whether its values are numbers or truth values.</summary>
    public bool IsNumeric => Type is Boolean or BigInt or SmallInt or Integer or Real or DoublePrecision or Numeric;

    /// <summary>Whether its values are texts of any kind.</summary>
    public bool IsFreeText => Type is Char or ObjectName or Text or Character or CharacterVarying;

    /// <summary>What it holds.</summary>
    public ColumnKind Kind => Type switch
    {
        Boolean => ColumnKind.TruthValue,
        _ when IsFreeText => ColumnKind.Text,
        Date or Timestamp or TimestampWithZone => ColumnKind.Date,
        _ => IsNumeric ? ColumnKind.Number : IsEnum ? ColumnKind.Text : ColumnKind.Other,
    };

    /// <summary>Its values as doubles, in SQL.</summary>
    public SqlColumn ToSql() =>
        new(Name, $"{SqlName.Of(Name)}{(Type == Boolean ? "::integer" : "")}::double precision")
        {
            MayBeRounded = Type is BigInt or Numeric,
        };

    /// <summary>What it holds, for a message.</summary>
    public string Words => Kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Date => Type == Date ? "dates" : "dates with times",
        _ => $"values of type {TypeName}",
    };
}
