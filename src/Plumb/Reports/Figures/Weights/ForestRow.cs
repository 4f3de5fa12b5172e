namespace Plumb.Reports;

/// <summary>A weight, or the bias, as a row of a forest.</summary>
/// <param name="Name">Of the input.</param>
/// <param name="Estimate">The weight.</param>
/// <param name="Error">Its standard error; NaN where there is none.</param>
/// <param name="Low">Where its 95 % interval begins; NaN where there is none.</param>
/// <param name="High">Where it ends.</param>
internal sealed record ForestRow(string Name, double Estimate, double Error, double Low, double High)
{
    /// <summary>Whether the rows fix it; otherwise any value fits as well.</summary>
    public bool IsDetermined { get; init; } = true;

    /// <summary>The 50 % interval's share of the 95 % one: a normal's, unless degrees of freedom are few.</summary>
    public double InnerShare { get; init; } = 0.344; // 0.6745 / 1.96

    /// <summary>
    /// The standard deviation of the input, in which weights of different units can be compared; NaN where it has none,
    /// as for the bias, which a picture of effects leaves out.
    /// </summary>
    public double Spread { get; init; } = double.NaN;

    /// <summary>The weight and its error in a few digits; empty where any value fits as well.</summary>
    public string Text => !IsDetermined ? "" : Error > 0 && double.IsFinite(Error)
        ? ErrorText.Estimate(Estimate, Error) : NumberText.Coefficient(Estimate);
}
