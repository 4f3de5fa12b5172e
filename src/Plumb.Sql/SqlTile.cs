namespace Plumb.Sql;

/// <summary>One query of sums, which gives one row: how many rows it saw, how many of them it cannot take, and the
/// sums.</summary>
/// <param name="Sql">The query.</param>
/// <param name="Terms">What each sum is part of.</param>
internal sealed record SqlTile(string Sql, IReadOnlyList<SqlTerm> Terms)
{
    /// <summary>The values before the sums.</summary>
    public const int Counts = 2;
}

/// <summary>What a sum, times 2^Exponent, is part of: the sum of the product of two columns.</summary>
/// <param name="Left">The place of a column.</param>
/// <param name="Right">The place of a column, or of the 1 behind all, not before the other.</param>
/// <param name="Exponent">The power of two.</param>
internal readonly record struct SqlTerm(int Left, int Right, int Exponent);
