using System.Runtime.InteropServices;

namespace Plumb.Training;

/// <summary>
/// Numbers that belong to the parameters of a map, as training holds them: (inputs + 1) x stride, row j over all
/// targets for input j, the last row for the bias.
/// Rows are padded with zeros to whole octets of targets, and begin where a cache line does.
/// </summary>
internal sealed class ParameterBlock
{
    /// <summary>Targets are taken eight at a time.</summary>
    public const int Octet = 8;

    private readonly double[] _values; // pinned, so that what is aligned stays so
    private readonly int _start;

    public ParameterBlock(int inputs, int targets)
    {
        const int LineBytes = Octet * sizeof(double);
        (Inputs, Targets, Stride) = (inputs, targets, checked(targets + Octet - 1) / Octet * Octet);
        Length = checked((inputs + 1) * Stride);
        _values = GC.AllocateArray<double>(Length + Octet, pinned: true);
        _start =
            (int)((LineBytes - Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) % LineBytes) % LineBytes
                / sizeof(double));
    }

    public int Inputs { get; }

    public int Targets { get; }

    /// <summary>The length of a row.</summary>
    public int Stride { get; }

    /// <summary>The length of all rows.</summary>
    public int Length { get; }

    public Span<double> Values => _values.AsSpan(_start, Length);

    /// <summary>The numbers of the bias, one per target and padding.</summary>
    public Span<double> Bias => Values[(Inputs * Stride)..];

    public static ParameterBlock Of(AffineMap map)
    {
        var block = new ParameterBlock(map.InputCount, map.TargetCount);
        for (var t = 0; t < map.TargetCount; t++)
        {
            var weights = map.WeightsOf(t);
            for (var j = 0; j < weights.Length; j++)
            {
                block.Values[j * block.Stride + t] = weights[j];
            }

            block.Bias[t] = map.Bias[t];
        }

        return block;
    }

    public AffineMap ToMap(VariableNames names)
    {
        var (values, stride) = (_values, Stride);
        var weights = Matrix.Create(Targets, Inputs, (t, j) => values[_start + j * stride + t]);
        return new AffineMap(weights, Bias[..Targets], names);
    }
}
