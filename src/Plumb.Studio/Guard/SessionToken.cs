using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plumb.Studio;

/// <summary>What shows that a request comes from the page that this run printed the address of.</summary>
internal sealed class SessionToken
{
    private const int Bytes = 32;
    private readonly byte[] _hash;

    /// <summary>A fresh one.</summary>
    public SessionToken()
    {
        Text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        _hash = HashOf(Text);
    }

    /// <summary>As the address has it, behind #: browsers send that to nobody.</summary>
    public string Text { get; }

    /// <summary>Whether a text is this token; takes as long whatever it holds.</summary>
    public bool Is(string? text) => CryptographicOperations.FixedTimeEquals(_hash, HashOf(text ?? ""));

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
