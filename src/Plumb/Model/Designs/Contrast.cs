namespace Plumb.Designs;

/// <summary>One of the inputs that a category becomes: a number for each of its levels.</summary>
/// <param name="level">The level that it stands for.</param>
/// <param name="values">A finite number per level, in the order of the category's levels.</param>
public sealed class Contrast(string level, IReadOnlyList<double> values) : IEquatable<Contrast>
{
    private readonly double[] _values = [.. values];

    /// <summary>The level that it stands for.</summary>
    public string Level => level;

    /// <summary>A number per level, in the order of the category's levels.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Whether a product with it is exact in doubles: all numbers are 0, 1 or -1.</summary>
    internal bool IsUnit => Array.TrueForAll(_values, value => value is 0 or 1 or -1);

    /// <summary>The number of a code; none where there is no such level.</summary>
    internal double At(double code) => code >= 0 && code < _values.Length ? _values[(int)code] : double.NaN;

    /// <inheritdoc/>
    public bool Equals(Contrast? other) =>
        other is not null && Level == other.Level && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Contrast);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, _values.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Level} {Shown.Numbers(_values)}";
}
