using System.Security.Cryptography;

namespace Plumb.Fuzz;

/// <summary>Every reader, with files to begin from.</summary>
public static class FuzzTargets
{
    private const int ChecksumBytes = 32;

    /// <summary>Numbers, and what JSON is made of.</summary>
    internal static readonly string[] Numbers = ["0", "-1", "1e999", "1e-999", "NaN", "null", "9007199254740993",
        "0.1", "123456789012345678901234567890", "[", "]", "{", "}", "\"", ",", ":"];

    /// <summary>All readers.</summary>
    /// <param name="folder">Files of the kinds that are not made here, such as *.npy and *.safetensors.</param>
    public static IReadOnlyList<FuzzTarget> All(string folder)
    {
        var seeds = new Seeds(folder);
        return [.. RowTargets.All(seeds), .. WeightsTargets.All(seeds), .. EngineTargets.All(seeds),
            new("moments", typeof(Moments), Seeds.MomentsFiles(), Numbers,
                bytes => Task.FromResult(Moments.Load(new MemoryStream(bytes)))) { Mend = WithChecksum },
            new("checkpoint", typeof(Checkpoint), Seeds.Checkpoints(), Numbers,
                bytes => Task.FromResult(Checkpoint.Load(new MemoryStream(bytes)))) { Mend = WithChecksum },
        ];
    }

    /// <summary>Reads all rows; what they hold, and how many there are.</summary>
    internal static async Task<string> RowsOfAsync(RowReader reader)
    {
        var hash = new HashCode();
        if (reader.Columns.Count == 0)
        {
            return "no columns"; // and so nothing that could be asked for
        }

        await foreach (var block in reader.ReadAsync([.. reader.Columns.Take(50)], []))
        {
            foreach (var value in block.Inputs.Values)
            {
                hash.Add(value);
            }
        }

        return FormattableString.Invariant($"{reader.Rows} rows, {hash.ToHashCode()}");
    }

    private static byte[] WithChecksum(byte[] bytes) =>
        bytes.Length < ChecksumBytes ? bytes
            : [.. bytes[..^ChecksumBytes], .. SHA256.HashData(bytes.AsSpan(..^ChecksumBytes))];
}
