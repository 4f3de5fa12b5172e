namespace Plumb.Diagnosis;

/// <summary>What the evidence says to a <see cref="Question"/>.</summary>
public enum Answer
{
    /// <summary>It was looked at, and all is well.</summary>
    Holds,

    /// <summary>It was looked at, and something is wrong.</summary>
    Fails,

    /// <summary>Nobody looked: nothing is known.</summary>
    NotLookedAt,
}
