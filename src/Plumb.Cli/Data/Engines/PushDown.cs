namespace Plumb.Cli;

/// <summary>Whether an engine that holds the rows adds them up itself.</summary>
internal enum PushDown
{
    /// <summary>Where that is quicker, and no row is wanted besides.</summary>
    Auto,

    /// <summary>Yes, or the data are refused.</summary>
    Always,

    /// <summary>No: the rows are read out.</summary>
    Never,
}
