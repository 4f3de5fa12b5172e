namespace Plumb.Reports;

/// <summary>What ties some weights together.</summary>
/// <param name="Rows">Their places among the rows, from 0.</param>
/// <param name="Text">The relation, such as "surface = wall + 2 roof".</param>
/// <param name="IsExact">Whether it holds on every row; otherwise noise cannot tell them apart.</param>
internal sealed record ForestBracket(IReadOnlyList<int> Rows, string Text, bool IsExact = true);
