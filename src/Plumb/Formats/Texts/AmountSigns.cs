namespace Plumb.Formats;

/// <summary>Counts the texts of a column that are amounts, and whether all of these have one sign.</summary>
internal struct AmountSigns
{
    private string? _sign;
    private bool _differ;

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>Whether all texts of a column are amounts with one sign.</summary>
    /// <param name="texts">How many texts there are.</param>
    public readonly bool AreAll(long texts) => texts > 0 && Count == texts && !_differ;

    /// <summary>Takes note of a text.</summary>
    /// <returns>Whether it is an amount.</returns>
    public bool Add(string text)
    {
        if (AmountText.Of(text) is not { } amount)
        {
            return false;
        }

        _differ |= amount.Sign != (_sign ??= amount.Sign);
        Count++;
        return true;
    }
}
