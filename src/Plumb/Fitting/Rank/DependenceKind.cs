namespace Plumb.Fitting;

/// <summary>How surely columns depend on one another.</summary>
public enum DependenceKind
{
    /// <summary>The relation holds on every row, to the last bit.</summary>
    Exact,

    /// <summary>The relation could hold: changing inputs in their last bit would make it exact.</summary>
    Near,
}
