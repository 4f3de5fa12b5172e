using System.Collections;

namespace Plumb.Numerics;

/// <summary>A list of items that are made when they are first asked for, each once.</summary>
/// <param name="count">How many there are.</param>
/// <param name="make">Makes one; at times on two threads at once, of which one is heard.</param>
internal sealed class LazyList<T>(int count, Func<int, T> make) : IReadOnlyList<T>
    where T : class
{
    private readonly T?[] _items = new T?[count];

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public T this[int index] =>
        _items[index] ?? Interlocked.CompareExchange(ref _items[index], make(index), null) ?? _items[index]!;

    /// <summary>Makes every item that is not there yet, over as many threads as there are.</summary>
    public LazyList<T> All()
    {
        ParallelFor.ForEach(count, index => _ = this[index]);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
