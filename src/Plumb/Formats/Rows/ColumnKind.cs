namespace Plumb.Formats;

/// <summary>What a column seems to hold, by its type or by its first rows.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, or nothing but missing values.</summary>
    Number,

    /// <summary>Texts, of which none is a number.</summary>
    Text,

    /// <summary>Truth values, such as yes and no.</summary>
    TruthValue,

    /// <summary>Dates or times.</summary>
    Date,

    /// <summary>Numbers with a sign of percent or of money, the same in every cell.</summary>
    Amount,

    /// <summary>What no number can be made of, such as bytes or lists of unequal length.</summary>
    Other,
}
