namespace Plumb;

/// <summary>
/// Counts rows that equal others to the last bit, inputs and targets, and tells copies from rows that merely coincide
/// because their columns take few values. Memory does not grow with the rows:
/// of too many different rows a sample is kept, chosen by hashes, so that it is the same in any order. Flajolet, On
/// adaptive sampling, Computing 43, 1990.
/// </summary>
/// <param name="inputs">The number of inputs.</param>
/// <param name="targets">The number of targets.</param>
/// <param name="mostNumbers">How many numbers the sample holds.</param>
internal sealed class Copies(int inputs, int targets, int mostNumbers = 1 << 20)
{
    private const int LeastGroups = 1 << 10;
    private const int MostGroups = 1 << 16;

    private readonly int _most = Math.Clamp(mostNumbers / (inputs + targets), LeastGroups, MostGroups);
    private readonly SquaredCounts _sameInputs = new();
    private Dictionary<UInt128, CopyGroup> _groups = [];
    private int _depth; // so many bits of a kept row's hash are 0
    private long _rows;

    /// <summary>Looks at a row.</summary>
    public void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        _rows++;
        var hash = new RowHash();
        hash.Add(x);
        var ofInputs = hash.Value;
        _sameInputs.Add(ofInputs);
        hash.Add(y);
        var key = hash.Value;
        if (!IsKept(key))
        {
            return;
        }

        if (_groups.TryGetValue(key, out var group))
        {
            group.Count++;
            return;
        }

        _groups.Add(key, new CopyGroup(ofInputs, x.ToArray(), y.ToArray()));
        if (_groups.Count > _most)
        {
            Shrink(_depth + 1);
        }
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(Copies other)
    {
        _rows += other._rows;
        _sameInputs.Add(other._sameInputs);
        _depth = Math.Max(_depth, other._depth);
        foreach (var (key, group) in other._groups)
        {
            if (!_groups.TryAdd(key, group))
            {
                _groups[key].Count += group.Count;
            }
        }

        Shrink(_depth);
    }

    /// <summary>The copies, if there are more than chance gives; null otherwise.</summary>
    /// <param name="rSquared">The share of each target's sum of squares that the fit explains.</param>
    public CopiedRows? Report(IReadOnlyList<double> rSquared)
    {
        CopyGroup[] groups = [.. _groups.Values];
        return groups.Length == 0 ? null : new CopyTest(groups, _rows, _depth, _sameInputs).Of(rSquared);
    }

    /// <summary>Keeps the rows of a depth, or of a greater one if they are still too many.</summary>
    private void Shrink(int depth)
    {
        _depth = depth;
        _groups = _groups.Where(pair => IsKept(pair.Key)).ToDictionary();
        while (_groups.Count > _most)
        {
            _depth++;
            _groups = _groups.Where(pair => IsKept(pair.Key)).ToDictionary();
        }
    }

    private bool IsKept(UInt128 key) => _depth == 0 || key >> (128 - _depth) == 0;
}
