namespace Plumb.Formats;

/// <summary>How well a double holds a number that was written in decimal digits.</summary>
[Flags]
internal enum DecimalOutcome
{
    /// <summary>A number, correctly rounded.</summary>
    Number = 0,

    /// <summary>No number in decimal notation.</summary>
    NotANumber = 1,

    /// <summary>Larger in magnitude than every double.</summary>
    Overflow = 2,

    /// <summary>Not zero, but rounded to zero.</summary>
    Underflow = 4,

    /// <summary>More than 17 significant digits, not all of which a double holds.</summary>
    DigitsLost = 8,

    /// <summary>A whole number above 2^53, changed by rounding.</summary>
    IntegerRounded = 16,

    /// <summary>More significant digits than are kept of a decimal.</summary>
    TooManyDigits = 32,

    /// <summary>Digits farther from the point than a decimal may have them.</summary>
    TooFarFromPoint = 64,

    /// <summary>Whatever is not read as a number.</summary>
    Refused = NotANumber | Overflow | TooManyDigits | TooFarFromPoint,
}
