using System.Text;

namespace Plumb.Tests;

/// <summary>A file that looks real.</summary>
/// <param name="Text">What it holds.</param>
/// <param name="Columns">Two inputs and a target.</param>
internal sealed record RealLookingFile(string Text, string[] Columns)
{
    /// <summary>Whether it is written as UTF-16.</summary>
    public bool IsUtf16 { get; init; }

    /// <summary>What it holds, as bytes.</summary>
    public byte[] Bytes => IsUtf16 ? [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)]
        : Encoding.UTF8.GetBytes(Text);
}
