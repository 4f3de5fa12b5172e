using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>Rows that equal earlier ones in every input and target, more of them than chance gives.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="Distinct">How many of them are different.</param>
/// <param name="Multiplicity">How often most of the repeated rows occur: 2 where each has one copy.</param>
/// <param name="PValue">How probable so many repeated rows would be, were all rows measured on their own.</param>
public sealed record CopiedRows(long Rows, long Distinct, long Multiplicity, double PValue)
{
    /// <summary>The rows that are copies of others.</summary>
    public long Copies => Rows - Distinct;

    /// <summary>
    /// By how much standard errors are too small if no copy was measured on its own: the square root of all rows over
    /// the different ones.
    /// </summary>
    public double ErrorFactor => Math.Sqrt((double)Rows / Distinct);

    /// <summary>Whether the rows were too many to keep, and the numbers are estimates from a sample of them.</summary>
    public bool IsEstimate { get; internal init; }

    /// <summary>What follows, in sentences.</summary>
    public Finding ToFinding() => new(
        Severity.Warning,
        "copies",
        string.Create(CultureInfo.InvariantCulture, $"{(IsEstimate ? "About " : "")}{Copies} of {Rows} rows are ")
            + "copies of others: standard errors count each as new, so they are too small by a factor of about "
            + ErrorFactor.ToString("g2", CultureInfo.InvariantCulture) + ".",
        "Remove the copies, or give each row once with its frequency if they really were measured again.");
}
