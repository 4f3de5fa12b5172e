namespace Plumb.Formats;

/// <summary>What a value in JSON is.</summary>
internal enum JsonKind
{
    /// <summary>A number, also NaN and Infinity, which Python writes.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>true or false.</summary>
    TruthValue,

    /// <summary>null.</summary>
    Null,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Object,
}
