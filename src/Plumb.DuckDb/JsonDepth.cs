using System.Buffers;
using System.IO.Compression;

namespace Plumb;

/// <summary>
/// Refuses JSON whose values are nested deeper than rows of numbers ever are, before DuckDB sees it: a few kilobytes of
/// brackets within brackets take it half a minute, or end the process.
/// </summary>
internal static class JsonDepth
{
    private const int Most = 100;
    private const int BufferBytes = 1 << 16;

    private static readonly SearchValues<byte> s_outside = SearchValues.Create("{}[]\"\n"u8);
    private static readonly SearchValues<byte> s_inString = SearchValues.Create("\"\\\n"u8);

    /// <summary>Looks through a file, which may be compressed by gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is nested too deeply.</exception>
    public static void Require(string path, string name)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream text = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        var (buffer, state) = (new byte[BufferBytes], new State(name));
        while (text.Read(buffer) is var count and > 0)
        {
            state.Add(buffer.AsSpan(0, count));
        }
    }

    private sealed class State(string name)
    {
        private int _depth;
        private long _line = 1;
        private bool _isInString;
        private bool _isEscaped;

        public void Add(ReadOnlySpan<byte> text)
        {
            while (!text.IsEmpty)
            {
                if (_isEscaped)
                {
                    _isEscaped = false;
                    text = text[1..];
                    continue;
                }

                var place = text.IndexOfAny(_isInString ? s_inString : s_outside);
                if (place < 0)
                {
                    return;
                }

                Take(text[place]);
                text = text[(place + 1)..];
            }
        }

        private void Take(byte mark)
        {
            switch (mark)
            {
                case (byte)'"':
                    _isInString = !_isInString;
                    break;
                case (byte)'\\':
                    _isEscaped = true;
                    break;
                case (byte)'\n':
                    (_line, _isInString) = (_line + 1, false); // no string goes on behind the end of a line
                    break;
                case (byte)'{' or (byte)'[':
                    _depth = _depth < Most ? _depth + 1
                        : throw DataErrors.At(name, _line,
                            $"values lie more than {Most} deep in each other, where rows of numbers were expected; "
                                + "give one object a row, whose values are numbers.");
                    break;
                default:
                    _depth = Math.Max(0, _depth - 1);
                    break;
            }
        }
    }
}
