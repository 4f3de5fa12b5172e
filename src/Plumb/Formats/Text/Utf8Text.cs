using System.Buffers;
using System.Text;

namespace Plumb.Formats;

/// <summary>Bytes that should be UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>What to do about a file that is not: of Excel on Windows, most likely.</summary>
    public const string Remedy = "convert the file to UTF-8: save it as CSV UTF-8, or iconv -f WINDOWS-1252 -t UTF-8 "
        + "FILE > NEW.csv";

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
