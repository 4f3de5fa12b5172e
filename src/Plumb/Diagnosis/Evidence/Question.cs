namespace Plumb.Diagnosis;

/// <summary>What must be known before W and b can be trusted: a closed list.</summary>
public enum Question
{
    /// <summary>Do the data determine every parameter?</summary>
    Determined,

    /// <summary>Can the inputs be told apart, given the noise?</summary>
    ToldApart,

    /// <summary>How many digits stand?</summary>
    Digits,

    /// <summary>Does no row decide alone?</summary>
    Rows,

    /// <summary>Is the relation affine in these inputs?</summary>
    Affine,

    /// <summary>Do the standard errors hold: is the noise alike on all rows, and are the rows independent?</summary>
    Errors,

    /// <summary>Are neighbouring rows independent of each other?</summary>
    Order,

    /// <summary>Has training converged?</summary>
    Converged,

    /// <summary>Is it known how the map was made?</summary>
    Origin,
}
