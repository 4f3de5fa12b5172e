using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plumb.Formats;

/// <summary>
/// The levels of a category: each text has a code, 0, 1, 2, ..., in the order in which texts were first met. Which that
/// is may differ from run to run where several threads read; <see cref="InOrder"/> does not.
/// </summary>
public sealed class Levels : TextReading
{
    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _names = [];
    private readonly Lock _growing = new();

    /// <summary>No levels yet; a new text becomes one.</summary>
    /// <param name="most">How many there may be: a further text is refused.</param>
    public Levels(int most = int.MaxValue) =>
        (Most, _lookup) = (most, _codes.GetAlternateLookup<ReadOnlySpan<char>>());

    /// <summary>These levels, with codes in this order; another text is refused.</summary>
    /// <param name="names">The levels, all different.</param>
    public static Levels Of(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var levels = new Levels();
        foreach (var name in names)
        {
            levels.CodeOf(name);
        }

        levels.Freeze();
        return levels;
    }

    /// <summary>How many levels there may be.</summary>
    public int Most { get; private set; }

    /// <summary>The number of levels.</summary>
    public int Count
    {
        get
        {
            lock (_growing)
            {
                return _names.Count;
            }
        }
    }

    /// <summary>The levels in the order of their codes.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_growing)
            {
                return [.. _names];
            }
        }
    }

    /// <summary>
    /// The codes in the order of their names, which is the same however they were read: numbers by size, texts by their
    /// characters.
    /// </summary>
    public IReadOnlyList<int> InOrder()
    {
        var names = Names;
        var numbers = names.Select(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number) ? number : double.NaN).ToArray();
        return numbers.Any(double.IsNaN)
            ? [.. Enumerable.Range(0, names.Count).OrderBy(code => names[code], StringComparer.Ordinal)]
            : [.. Enumerable.Range(0, names.Count).OrderBy(code => numbers[code])
                .ThenBy(code => names[code], StringComparer.Ordinal)];
    }

    /// <summary>From now on, a text that is not a level is refused.</summary>
    public void Freeze()
    {
        lock (_growing)
        {
            Most = _names.Count;
        }
    }

    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture,
        $"one of the {Most} levels {string.Join(", ", Names.Take(5))}{(Count > 5 ? ", ..." : "")}");

    /// <summary>The code of a level, which becomes one if it is new; -1 where there may be no more.</summary>
    public int CodeOf(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out var code))
        {
            return code;
        }

        lock (_growing)
        {
            if (_lookup.TryGetValue(name, out code))
            {
                return code;
            }

            if (_names.Count >= Most)
            {
                return -1;
            }

            var added = name.ToString();
            _names.Add(added);
            _codes[added] = _names.Count - 1;
            return _names.Count - 1;
        }
    }

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        const int Short = 256;
        var longest = Encoding.UTF8.GetMaxCharCount(cell.Length);
        var text = longest <= Short ? stackalloc char[Short] : new char[longest];
        var code = Utf8.ToUtf16(cell, text, out _, out var written, replaceInvalidSequences: false)
            == OperationStatus.Done ? CodeOf(text[..written]) : -1;
        number = code;
        return code >= 0;
    }
}
