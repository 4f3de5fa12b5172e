namespace Plumb.Reports;

/// <summary>How something is meant; a colour where there are colours, and never the only sign.</summary>
internal enum Tone
{
    /// <summary>As it stands.</summary>
    Plain,

    /// <summary>Beside the point.</summary>
    Muted,

    /// <summary>To be known.</summary>
    Note,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Warning,

    /// <summary>Wrong.</summary>
    Bad,
}
