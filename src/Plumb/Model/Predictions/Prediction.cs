namespace Plumb;

/// <summary>A prediction of one target at one point, with how far it may be off.</summary>
/// <param name="Target">The target.</param>
/// <param name="Value">What is predicted; for a function of a column, in the column's own units.</param>
public sealed record Prediction(string Target, double Value)
{
    /// <summary>
    /// The standard error of the mean at the point, s sqrt(h); NaN where the data leave the prediction undetermined,
    /// or there are no standard errors. For a function of a column, that of the function.
    /// </summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>The standard error of one new observation, s sqrt(1 + h).</summary>
    public double NewStandardError { get; init; } = double.NaN;

    /// <summary>
    /// The lower end of the interval of the mean; of the median, where the target is a function of a column. NaN where
    /// there is none.
    /// </summary>
    public double MeanLow { get; init; } = double.NaN;

    /// <summary>The upper end of that.</summary>
    public double MeanHigh { get; init; } = double.NaN;

    /// <summary>The lower end of the interval of a new observation.</summary>
    public double NewLow { get; init; } = double.NaN;

    /// <summary>The upper end of that.</summary>
    public double NewHigh { get; init; } = double.NaN;

    /// <summary>
    /// h = z'(Z'Z)^-1 z, z = [1; x]: how far the point is from the data's middle, in their own units; infinite where
    /// the data leave the prediction undetermined.
    /// </summary>
    public double Leverage { get; init; } = double.NaN;

    /// <summary>Whether the leverage is larger than every row's; null where the rows' is not known.</summary>
    public bool? IsOutside { get; init; }

    /// <summary>The same of a column that this is the prediction of a function of.</summary>
    internal Prediction Undo(ColumnFunction? function)
    {
        if (function is null)
        {
            return this;
        }

        var ((meanLow, meanHigh), (newLow, newHigh)) =
            (function.InvertInterval(MeanLow, MeanHigh), function.InvertInterval(NewLow, NewHigh));
        return this with
        {
            Value = function.Invert(Value),
            MeanLow = meanLow,
            MeanHigh = meanHigh,
            NewLow = newLow,
            NewHigh = newHigh,
        };
    }

    /// <summary>The ends of an interval.</summary>
    /// <param name="kind">Which.</param>
    public (double Low, double High) Interval(IntervalKind kind) =>
        kind == IntervalKind.Mean ? (MeanLow, MeanHigh) : (NewLow, NewHigh);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Prediction), PrintMembers);
}
