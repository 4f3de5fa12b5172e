namespace Plumb.Designs;

/// <summary>How a category's levels become inputs.</summary>
public enum Coding
{
    /// <summary>Each level against one of them, the reference: 1 on its rows. R's contr.treatment.</summary>
    Treatment,

    /// <summary>Each level but the reference, which is -1 throughout, against the mean of all. R's contr.sum.</summary>
    Sum,

    /// <summary>Each level but the first against the mean of those before it. R's contr.helmert.</summary>
    Helmert,

    /// <summary>Each level: 1 on its rows. With a bias, they are dependent.</summary>
    Full,
}
