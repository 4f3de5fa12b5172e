using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Counts rows that equal others to the last bit, inputs and targets, and tells copies from rows that merely coincide
/// because their columns take few values. Memory does not grow with the rows:
/// of too many different rows a sample is kept, chosen by hashes, so that it is the same in any order. Flajolet, On
/// adaptive sampling, Computing 43, 1990.
/// </summary>
/// <param name="inputs">The number of inputs.</param>
/// <param name="targets">The number of targets.</param>
/// <param name="mostNumbers">How many numbers the sample holds.</param>
internal sealed class CopyCounts(int inputs, int targets, int mostNumbers = 1 << 18)
{
    private const int LeastGroups = 1 << 10;
    private const int MostGroups = 1 << 14;
    private const int Bits = 64;

    private readonly int _most = Math.Clamp(mostNumbers / (inputs + targets), LeastGroups, MostGroups);
    private readonly SquaredCounts _sameInputs = new();
    private readonly CopyGroups _groups = new(inputs, targets);
    private int _depth; // so many bits of a kept row's hash are 0
    private long _rows;

    /// <summary>Whether a row with this hash may be in the sample.</summary>
    public bool Takes(ulong rowHash) => _depth == 0 || rowHash >> (Bits - _depth) == 0;

    /// <summary>Looks at a row that the sample does not take.</summary>
    /// <param name="inputHash">What stands for its inputs.</param>
    public void Skip(ulong inputHash)
    {
        _rows++;
        _sameInputs.Add(inputHash);
    }

    /// <summary>Looks at a row that it may take.</summary>
    /// <param name="inputHash">What stands for its inputs.</param>
    /// <param name="rowHash">What stands for its inputs and targets.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    public void Add(ulong inputHash, ulong rowHash, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Skip(inputHash);
        var hash = new RowHash();
        hash.Add(x);
        var ofInputs = new RowKey(inputHash, hash.Value);
        hash.Add(y);
        _groups.Add(new RowKey(rowHash, hash.Value), ofInputs, x, y);
        Shrink();
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(CopyCounts other)
    {
        _rows += other._rows;
        _sameInputs.Add(other._sameInputs);
        _depth = Math.Max(_depth, other._depth);
        _groups.Add(other._groups);
        KeepTaken();
        Shrink();
    }

    /// <summary>The copies, if there are more than chance gives; null otherwise.</summary>
    /// <param name="rSquared">The share of each target's sum of squares that the fit explains.</param>
    public CopiedRows? Report(IReadOnlyList<double> rSquared)
    {
        var groups = _groups.ToArray();
        return groups.Length == 0 ? null : new CopyTest(groups, _rows, _depth, _sameInputs).Of(rSquared);
    }

    /// <summary>Keeps rows of a greater depth while they are too many.</summary>
    private void Shrink()
    {
        while (_groups.Count > _most)
        {
            _depth++;
            KeepTaken();
        }
    }

    private void KeepTaken() => _groups.Keep(key => Takes(key.First));
}
