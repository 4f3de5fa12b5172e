using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace Plumb;

/// <summary>
/// What records hold by name: copied when it is given, equal where the same names have equal values, in any order.
/// </summary>
internal sealed class ValueMap<T> : ReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private ValueMap(Dictionary<string, T> items)
        : base(items)
    {
    }

    /// <summary>The map of nothing.</summary>
    public static new ValueMap<T> Empty { get; } = new([]);

    /// <summary>A copy that compares by its names and values; the map itself where it does so already.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static IReadOnlyDictionary<string, T> Of(IReadOnlyDictionary<string, T> items,
        [CallerArgumentExpression(nameof(items))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        return items as ValueMap<T> ?? new ValueMap<T>(new Dictionary<string, T>(items, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public bool Equals(ValueMap<T>? other) =>
        other is not null && Count == other.Count && this.All(pair => other.TryGetValue(pair.Key, out var value)
            && EqualityComparer<T>.Default.Equals(pair.Value, value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var (name, value) in this)
        {
            hash += HashCode.Combine(name, value); // a sum is the same in every order
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Shown.List([.. this.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}: {Shown.Of(pair.Value)}")]);
}
