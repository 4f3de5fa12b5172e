namespace Plumb.Formats;

/// <summary>What is counted while rows are read; counts of parts of a file add up to those of the whole.</summary>
/// <param name="columns">The number of columns asked for.</param>
internal sealed class RowCounts(int columns)
{
    private readonly long[] _missing = new long[columns];

    /// <summary>Lines without text that were passed over.</summary>
    public long BlankLines { get; set; }

    /// <summary>Lines that ended in a carriage return alone.</summary>
    public long LoneCarriageReturns { get; set; }

    /// <summary>Rows left out because of a missing value.</summary>
    public long RowsDropped { get; set; }

    /// <summary>Rows of data, also those left out.</summary>
    public long RowsSeen { get; set; }

    /// <summary>Cells that are not zero, but round to zero.</summary>
    public long Underflows { get; private set; }

    /// <summary>Cells with digits that a double does not hold.</summary>
    public long DigitsLost { get; private set; }

    /// <summary>Whole numbers changed by rounding.</summary>
    public long IntegersRounded { get; private set; }

    /// <summary>The missing cells of each column asked for: inputs, then targets.</summary>
    public Span<long> Missing => _missing;

    /// <summary>Counts how well a double holds one more cell.</summary>
    public void Add(DecimalOutcome outcome)
    {
        Underflows += outcome.HasFlag(DecimalOutcome.Underflow) ? 1 : 0;
        DigitsLost += outcome.HasFlag(DecimalOutcome.DigitsLost) ? 1 : 0;
        IntegersRounded += outcome.HasFlag(DecimalOutcome.IntegerRounded) ? 1 : 0;
    }

    /// <summary>Counts cells with digits that a double does not hold.</summary>
    public void AddDigitsLost(int cells) => DigitsLost += cells;

    /// <summary>Adds the counts of another part.</summary>
    public void Add(RowCounts other)
    {
        BlankLines += other.BlankLines;
        LoneCarriageReturns += other.LoneCarriageReturns;
        RowsDropped += other.RowsDropped;
        RowsSeen += other.RowsSeen;
        Underflows += other.Underflows;
        DigitsLost += other.DigitsLost;
        IntegersRounded += other.IntegersRounded;
        for (var i = 0; i < _missing.Length; i++)
        {
            _missing[i] += other._missing[i];
        }
    }
}
