namespace Plumb.Reports;

/// <summary>The digits of a weight that each limit leaves; NaN where it is not known.</summary>
/// <param name="Name">Of the weight.</param>
/// <param name="Arithmetic">Proved of the computation.</param>
/// <param name="Data">Left by the digits in which the inputs are given.</param>
/// <param name="Noise">Left by the standard error.</param>
internal sealed record DigitRow(string Name, double Arithmetic, double Data, double Noise)
{
    /// <summary>The three, in the order in which they are drawn, with what limits them.</summary>
    public IReadOnlyList<(string Limit, double Digits)> Limits =>
        [("arithmetic", Arithmetic), ("data", Data), ("noise", Noise)];

    /// <summary>The least: it is what counts; NaN where none is known.</summary>
    public (string Limit, double Digits) Least =>
        Limits.Where(limit => !double.IsNaN(limit.Digits)).OrderBy(limit => limit.Digits)
            .FirstOrDefault(("", double.NaN));
}
