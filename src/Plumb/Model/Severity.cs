namespace Plumb;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>The result is right, but easily misread.</summary>
    Warning,

    /// <summary>Part of the result cannot be trusted.</summary>
    Error,
}
