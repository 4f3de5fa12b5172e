using System.Text;

namespace Plumb.Formats;

/// <summary>What stands for each key; keys that come in the order of the object before are found at once.</summary>
/// <typeparam name="T">What stands for a key.</typeparam>
/// <param name="create">Makes it for a key not met before; null where nothing stands for it.</param>
internal sealed class JsonKeys<T>(Func<string, T?> create)
    where T : class
{
    private readonly Dictionary<string, T?> _known = new(StringComparer.Ordinal);
    private readonly List<T> _all = [];
    private readonly List<(byte[] Key, T? Value)> _before = [];

    /// <summary>All, in the order in which they were met.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>Lets something stand for a key.</summary>
    public void Add(string name, T value)
    {
        _known[name] = value;
        _all.Add(value);
    }

    /// <summary>What stands for a key.</summary>
    /// <param name="place">The key's place in its object.</param>
    /// <param name="key">The key.</param>
    /// <param name="bytes">The bytes that it is in.</param>
    public T? Of(int place, JsonPart key, Span<byte> bytes)
    {
        var raw = key.In(bytes);
        if (place < _before.Count && raw.SequenceEqual(_before[place].Key))
        {
            return _before[place].Value;
        }

        var name = Encoding.UTF8.GetString(key.TextIn(bytes));
        if (!_known.TryGetValue(name, out var value))
        {
            value = create(name);
            _known.Add(name, value);
            if (value is not null)
            {
                _all.Add(value);
            }
        }

        Remember(place, raw.ToArray(), value);
        return value;
    }

    private void Remember(int place, byte[] key, T? value)
    {
        if (place < _before.Count)
        {
            _before[place] = (key, value);
        }
        else if (place == _before.Count)
        {
            _before.Add((key, value));
        }
    }
}
