using System.Buffers;
using System.Text;

namespace Plumb;

/// <summary>Bytes that should be UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>The place of the first byte that is not UTF-8, or -1.</summary>
    public static int InvalidAt(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[position..], out _, out var length) != OperationStatus.Done)
            {
                return position;
            }

            position += length;
        }

        return -1;
    }
}
