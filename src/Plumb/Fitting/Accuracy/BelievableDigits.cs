namespace Plumb.Fitting;

/// <summary>How many decimal digits of a number to trust, and what limits them.</summary>
/// <param name="Digits">The smallest of the counts.</param>
/// <param name="Limit">Whose it is.</param>
public readonly record struct BelievableDigits(double Digits, DigitLimit Limit)
{
    /// <summary>
    /// The smallest of three counts, those that are NaN left aside; the first of equals. Null where all are NaN.
    /// </summary>
    public static BelievableDigits? Of(double arithmetic, double data, double statistical)
    {
        BelievableDigits? smallest = null;
        foreach (var candidate in new BelievableDigits[] { new(arithmetic, DigitLimit.Arithmetic),
            new(data, DigitLimit.Data), new(statistical, DigitLimit.Statistical) })
        {
            smallest = double.IsNaN(candidate.Digits) || candidate.Digits >= smallest?.Digits ? smallest : candidate;
        }

        return smallest;
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(BelievableDigits), PrintMembers);
}
