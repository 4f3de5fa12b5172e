namespace Plumb.Reports;

/// <summary>A parameter: where it should be, where it is, and the causes between.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="From">The truth, or the best fit.</param>
/// <param name="To">What was learned.</param>
/// <param name="Parts">From the first cause to the last; they sum to the difference.</param>
internal sealed record CauseRow(string Name, double From, double To, IReadOnlyList<CausePart> Parts)
{
    /// <summary>Whether all of it can be drawn.</summary>
    public bool IsFinite =>
        double.IsFinite(From) && double.IsFinite(To) && Parts.All(part => double.IsFinite(part.Amount));

    /// <summary>The places between parts, from 0 to the whole difference.</summary>
    public IReadOnlyList<double> Sums
    {
        get
        {
            var sums = new double[Parts.Count + 1];
            for (var i = 0; i < Parts.Count; i++)
            {
                sums[i + 1] = sums[i] + Parts[i].Amount;
            }

            return sums;
        }
    }
}
