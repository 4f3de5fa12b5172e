namespace Plumb.Cli;

/// <summary>What a number in a text is taken for.</summary>
internal enum NumberReading
{
    /// <summary>
    /// The nearest double; or the decimal as it is written, where rounding to doubles hides a relation that decimals
    /// decide.
    /// </summary>
    Auto,

    /// <summary>The nearest double.</summary>
    Double,

    /// <summary>The decimal as it is written.</summary>
    Decimal,
}
