using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace Plumb;

/// <summary>
/// The lists that records hold: copied when they are given, equal where their items are, and shown by their items. A
/// record that holds its lists so compares and shows itself by what it holds, with nothing else to write.
/// </summary>
internal sealed class ValueList<T> : ReadOnlyCollection<T>, IEquatable<ValueList<T>>
{
    private const int Hashed = 8; // items; enough to tell lists apart, and quick for long ones

    internal ValueList(T[] items)
        : base(items)
    {
    }

    /// <summary>The list of nothing.</summary>
    public static new ValueList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || (Count == other.Count && this.SequenceEqual(other)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Count);
        for (var i = 0; i < Math.Min(Count, Hashed); i++)
        {
            hash.Add(this[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.List(this);
}

/// <summary>Makes lists of values.</summary>
internal static class ValueList
{
    /// <summary>A copy of a list that compares by its items; the list itself where it does so already.</summary>
    /// <exception cref="ArgumentNullException">There is no list.</exception>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items,
        [CallerArgumentExpression(nameof(items))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        return items as ValueList<T> ?? new ValueList<T>([.. items]);
    }
}
