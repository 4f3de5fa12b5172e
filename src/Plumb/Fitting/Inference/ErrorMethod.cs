namespace Plumb.Fitting;

/// <summary>How the errors of a fit's parameters are estimated: one of a closed set.</summary>
public abstract record ErrorMethod
{
    private protected ErrorMethod()
    {
    }

    /// <summary>What a table's heading calls it, such as "classical".</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
