using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Plumb.Training;

/// <summary>A few letters that differ when what training starts from differs.</summary>
internal static class Fingerprint
{
    /// <summary>Of rows in their order.</summary>
    public static string Of(Dataset data)
    {
        using var hash = Begin(data.Inputs.Rows, data.Inputs.Columns, data.Targets.Columns);
        hash.AppendData(MemoryMarshal.AsBytes(data.Inputs.Values));
        hash.AppendData(MemoryMarshal.AsBytes(data.Targets.Values));
        return End(hash);
    }

    /// <summary>Of rows in any order.</summary>
    public static string Of(Moments moments)
    {
        using var bytes = new MemoryStream();
        moments.Save(bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>Of a map's numbers.</summary>
    public static string Of(AffineMap map)
    {
        using var hash = Begin(map.InputCount, map.TargetCount);
        hash.AppendData(MemoryMarshal.AsBytes(map.Weights.Values));
        hash.AppendData(MemoryMarshal.AsBytes(map.Bias));
        return End(hash);
    }

    private static IncrementalHash Begin(params ReadOnlySpan<int> shape)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(shape));
        return hash;
    }

    private static string End(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
