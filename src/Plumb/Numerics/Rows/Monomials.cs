namespace Plumb.Numerics;

/// <summary>
/// What the elements of z are made of, but for the last, which is 1: element i is the column Columns[i] of a row to the
/// power Powers[i].
/// </summary>
/// <param name="Columns">A column an element.</param>
/// <param name="Powers">A power an element, 1 or more.</param>
internal sealed record Monomials(IReadOnlyList<int> Columns, IReadOnlyList<int> Powers);
