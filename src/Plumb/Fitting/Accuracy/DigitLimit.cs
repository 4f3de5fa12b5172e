namespace Plumb.Fitting;

/// <summary>What limits the digits of a number.</summary>
public enum DigitLimit
{
    /// <summary>The computation: what of the number is proved.</summary>
    Arithmetic,

    /// <summary>The digits that the inputs were given to.</summary>
    Data,

    /// <summary>Noise: the standard error.</summary>
    Statistical,
}
