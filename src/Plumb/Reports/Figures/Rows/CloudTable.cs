namespace Plumb.Reports;

/// <summary>The rows that a picture names, as numbers.</summary>
internal static class CloudTable
{
    /// <summary>The first few of the extremes.</summary>
    public static PageTable Of(IEnumerable<CloudPoint> extremes, string x, string y, string order) => new(
        [PageColumn.Names("row"), new(x), new(y)],
        [
            .. extremes.Take(CloudDrawing.MostInTable).Select(point => (IReadOnlyList<PageCell>)
            [
                NumberText.Count(point.Row), NumberText.Coefficient(point.X), NumberText.Coefficient(point.Y),
            ]),
        ])
    {
        Caption = $"Of the rows drawn, up to {CloudDrawing.MostInTable}: those {order}.",
    };
}
