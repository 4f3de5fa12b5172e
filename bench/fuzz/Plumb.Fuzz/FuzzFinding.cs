namespace Plumb.Fuzz;

/// <summary>A file that a reader did not bear.</summary>
/// <param name="Target">The reader.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Problem">What happened.</param>
public sealed record FuzzFinding(string Target, byte[] Bytes, string Problem)
{
    /// <summary>A name for the file.</summary>
    public string FileName =>
        $"{Target}_{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes))[..12]}.bin";
}
