namespace Plumb.Numerics;

/// <summary>What became of rows that were to be added by way of doubles.</summary>
internal enum SliceOutcome
{
    /// <summary>All were added.</summary>
    Added,

    /// <summary>
    /// None was: magnitudes are too extreme or too far apart; they must be added one product at a time.
    /// </summary>
    Unsliceable,

    /// <summary>None was: a value is not finite.</summary>
    NotFinite,
}
