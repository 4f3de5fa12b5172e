using System.Text.Json;

namespace Plumb.Formats;

/// <summary>The values of a list in a JSON file, one by one and without an object for each.</summary>
/// <param name="list">The list.</param>
internal struct JsonItems(JsonPlace list)
{
    private readonly string _stem = list.Path;
    private JsonElement.ArrayEnumerator _items = list.Value.EnumerateArray();
    private int _ordinal;

    /// <summary>The value that it stands at.</summary>
    public readonly JsonPlace Current => list.Item(_stem, _items.Current, _ordinal);

    /// <summary>From the first value on.</summary>
    public readonly JsonItems GetEnumerator() => this;

    /// <summary>Goes on to the next value, if there is one.</summary>
    public bool MoveNext()
    {
        _ordinal++;
        return _items.MoveNext();
    }
}
