namespace Plumb.Cli;

/// <summary>What becomes of rows that lack a value which the model needs.</summary>
internal enum LackingRows
{
    /// <summary>The data are refused.</summary>
    Refused,

    /// <summary>They are left out.</summary>
    Dropped,

    /// <summary>Their predictions are empty.</summary>
    Empty,
}
