namespace Plumb.Reports;

/// <summary>
/// Weights with their 95 % and 50 % intervals, a row an input in the order of the file; hatched where any value fits as
/// well; brackets for what ties weights together; targets beside each other.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Targets">One or more, with the same inputs.</param>
/// <param name="Brackets">Relations and entangled groups.</param>
/// <param name="Axis">In what weights are measured.</param>
internal sealed record WeightForest(string Title, string Caption, IReadOnlyList<ForestTarget> Targets,
    IReadOnlyList<ForestBracket> Brackets, ForestAxis Axis = ForestAxis.StandardErrors) : PageFigure(Title, Caption)
{
    /// <summary>How many inputs are drawn; the table holds all.</summary>
    public const int MostRows = 40;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "weights";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <summary>Whether any weight has a place on the axis; without one there is nothing to measure.</summary>
    public bool HasAxis => Targets.SelectMany(target => target.Rows.Take(MostRows))
        .Any(row => ForestPlace.Of(row, Axis).IsKnown);

    /// <summary>The words on the axis.</summary>
    public string AxisText => Axis == ForestAxis.StandardErrors ? "weight in its standard errors"
        : "effect of a standard deviation of the input";

    /// <inheritdoc/>
    public override PageTable Table => new(
        [
            PageColumn.Names("input"), PageColumn.Names("target"), new("weight"), new("standard error"),
            new("95 % from"), new("to"), PageColumn.Names("tied by"),
        ],
        [.. Targets.SelectMany(target => target.Rows.Select((row, i) => Cells(target, row, i)))]);

    /// <inheritdoc/>
    public override string ToSvg() => new ForestDrawing(this).ToSvg();

    /// <inheritdoc/>
    public override IReadOnlyList<string> ToLines(int width) => ForestLines.Of(this, width);

    private IReadOnlyList<PageCell> Cells(ForestTarget target, ForestRow row, int i)
    {
        var ties = string.Join("; ", Brackets.Where(bracket => bracket.Rows.Contains(i)).Select(b => b.Text));
        return row.IsDetermined
            ?
            [
                row.Name, target.Name, NumberText.Coefficient(row.Estimate), Measure(row.Error), Measure(row.Low),
                Measure(row.High), ties,
            ]
            : [row.Name, target.Name, "any value fits as well", "", "", "", ties];
    }

    private static string Measure(double value) => double.IsNaN(value) ? "-" : NumberText.Coefficient(value);
}
