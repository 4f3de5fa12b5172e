namespace Plumb.Cli;

/// <summary>Keeps the rows with the largest Cook's distances, of each target.</summary>
/// <param name="targets">The targets.</param>
/// <param name="most">How many rows of each.</param>
internal sealed class LargestEffects(IReadOnlyList<string> targets, int most)
{
    private readonly Dictionary<string, PriorityQueue<RowEffect, (double, long)>> _kept =
        targets.ToDictionary(target => target, _ => new PriorityQueue<RowEffect, (double, long)>(),
            StringComparer.Ordinal);

    /// <summary>Looks at a row; one without a distance, which is met whatever it says, comes first.</summary>
    public void Add(RowEffect effect)
    {
        var kept = _kept[effect.Target];
        kept.Enqueue(effect, (SizeOf(effect), -effect.Row));
        if (kept.Count > most)
        {
            kept.Dequeue();
        }
    }

    /// <summary>Target by target, the largest first.</summary>
    public IReadOnlyList<RowEffect> ToList() => [.. targets.SelectMany(target => _kept[target].UnorderedItems
        .Select(item => item.Element).OrderByDescending(SizeOf).ThenBy(effect => effect.Row))];

    private static double SizeOf(RowEffect effect) =>
        double.IsNaN(effect.CooksDistance) ? double.PositiveInfinity : effect.CooksDistance;
}
