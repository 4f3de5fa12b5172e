namespace Plumb.Sql;

/// <summary>A column of a table, as sums are made of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">Its values as doubles, in SQL.</param>
internal sealed record SqlColumn(string Name, string Expression)
{
    /// <summary>Whether its numbers may be whole ones that doubles do not hold.</summary>
    public bool MayBeRounded { get; init; }
}
