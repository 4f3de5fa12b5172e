using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// The header of an NPY array, versions 1 to 3: a Python dictionary with the keys descr, fortran_order and shape, read
/// by a fixed grammar without recursion; nothing is evaluated.
/// numpy.lib.format, "Format Version 1.0" to "3.0".
/// </summary>
/// <param name="Descr">The type of the elements, such as &lt;f8.</param>
/// <param name="IsFortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The lengths.</param>
/// <param name="Bytes">The bytes of magic and header: where the data begin.</param>
internal sealed record NpyHeader(string Descr, bool IsFortran, IReadOnlyList<long> Shape, int Bytes)
{
    /// <summary>The most bytes of magic and header.</summary>
    public const int MostBytes = 1 << 16;

    /// <summary>The bytes of one character of a text: NumPy keeps UTF-32.</summary>
    public const int CharacterBytes = 4;

    private const int MostDimensions = 32; // NumPy's own limit
    private const string Remedy = "write the file again with numpy.save";

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The type of the elements; null for one that holds no real numbers.</summary>
    public ElementType? Type => (Descr.Length > 1 && Descr[0] is '<' or '>' or '|' or '=' ? Descr[1..] : Descr) switch
    {
        "f2" => ElementType.Float16,
        "f4" => ElementType.Float32,
        "f8" => ElementType.Float64,
        "i1" => ElementType.Int8,
        "i2" => ElementType.Int16,
        "i4" => ElementType.Int32,
        "i8" => ElementType.Int64,
        "u1" => ElementType.UInt8,
        "u2" => ElementType.UInt16,
        "u4" => ElementType.UInt32,
        "u8" => ElementType.UInt64,
        "b1" => ElementType.Boolean,
        _ => null,
    };

    /// <summary>The characters of each element where these are texts, as in &lt;U12; null where they are not.</summary>
    public int? TextLength =>
        Descr.StartsWith("<U", StringComparison.Ordinal)
            && int.TryParse(Descr.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length < MostBytes ? length : null;

    /// <summary>The bytes of each element; 0 where the type is not read.</summary>
    public int BytesEach => Type?.Bytes ?? CharacterBytes * (TextLength ?? 0);

    /// <summary>Reads a header.</summary>
    /// <param name="file">The first bytes of the file: all of them, or <see cref="MostBytes"/>.</param>
    /// <param name="place">File and array, for messages.</param>
    /// <exception cref="InvalidDataException">It is no such header.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> file, string place)
    {
        if (!file.StartsWith(Magic))
        {
            throw new InvalidDataException(
                $"{place}: byte 0: does not begin with the mark of NPY, expected \\x93NUMPY; {Remedy}, or name the "
                    + $"file after what it holds.");
        }

        if (file.Length < 10 || file[6] is not (1 or 2 or 3) || file[7] != 0)
        {
            throw new InvalidDataException(file.Length < 8
                ? $"{place}: byte {file.Length}: ends within the header; {Remedy}."
                : string.Create(CultureInfo.InvariantCulture,
                    $"{place}: byte 6: is NPY version {file[6]}.{file[7]}, expected 1.0, 2.0 or 3.0; {Remedy}."));
        }

        var prefix = file[6] == 1 ? 10 : 12;
        var length = file.Length < prefix ? 0 : file[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (length > MostBytes - prefix || length == 0)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{place}: byte 8: says that its header has {length} bytes, expected at most {MostBytes - prefix}; "
                        + $"{Remedy}."));
        }

        if (prefix + length > file.Length)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{place}: byte 8: says that its header has {length} bytes, but only {file.Length - prefix} "
                        + $"follow; {Remedy}."));
        }

        var text = (file[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(file.Slice(prefix, (int)length));
        return new Parser(text, place, prefix).Read(prefix + (int)length);
    }

    /// <summary>Reads { 'descr': '...', 'fortran_order': True, 'shape': (2, 3), } in any order of the keys.</summary>
    private sealed class Parser(string text, string place, int start)
    {
        private int _at;
        private string? _descr;
        private bool? _isFortran;
        private List<long>? _shape;

        public NpyHeader Read(int bytes)
        {
            Expect('{');
            while (!Accept('}'))
            {
                ReadEntry();
                if (!Accept(','))
                {
                    Expect('}');
                    break;
                }
            }

            SkipBlanks();
            if (_at < text.Length)
            {
                throw Refusal("nothing after the dictionary");
            }

            return _descr is not null && _isFortran is { } isFortran && _shape is not null
                ? new NpyHeader(_descr, isFortran, _shape, bytes)
                : throw new InvalidDataException(
                    $"{place}: byte {start}: the header lacks one of descr, fortran_order and shape; {Remedy}.");
        }

        private void ReadEntry()
        {
            var key = Text("a key in quotes");
            Expect(':');
            switch (key)
            {
                case "descr" when _descr is null:
                    _descr = Accept('[')
                        ? throw new InvalidDataException($"{place}: byte {start + _at - 1}: holds records with fields, "
                            + $"expected one type for all elements; write each field as an array of its own with "
                                + $"numpy.savez.")
                        : Text("a type in quotes, such as '<f8'");
                    break;
                case "fortran_order" when _isFortran is null:
                    _isFortran = Word("True") || (Word("False") ? false : throw Refusal("True or False"));
                    break;
                case "shape" when _shape is null:
                    _shape = ReadShape();
                    break;
                default:
                    throw Refusal("each of descr, fortran_order and shape once");
            }
        }

        private List<long> ReadShape()
        {
            var shape = new List<long>();
            Expect('(');
            while (!Accept(')'))
            {
                shape.Add(Whole());
                if (shape.Count > MostDimensions)
                {
                    throw Refusal("at most 32 lengths");
                }

                if (!Accept(','))
                {
                    Expect(')');
                    break;
                }
            }

            return shape;
        }

        private long Whole()
        {
            SkipBlanks();
            var end = _at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (!long.TryParse(text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture,
                out var value))
            {
                throw Refusal("a length of 0 or more");
            }

            _at = end < text.Length && text[end] == 'L' ? end + 1 : end; // Python 2 wrote 3L
            return value;
        }

        private string Text(string expected)
        {
            SkipBlanks();
            if (_at >= text.Length || text[_at] is not ('\'' or '"'))
            {
                throw Refusal(expected);
            }

            var end = text.IndexOf(text[_at], _at + 1);
            if (end < 0 || text.AsSpan(_at, end - _at).Contains('\\'))
            {
                throw Refusal(expected);
            }

            var value = text[(_at + 1)..end];
            _at = end + 1;
            return value;
        }

        private bool Word(string word)
        {
            SkipBlanks();
            var isHere = text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal);
            _at += isHere ? word.Length : 0;
            return isHere;
        }

        private void Expect(char c)
        {
            if (!Accept(c))
            {
                throw Refusal($"'{c}'");
            }
        }

        private bool Accept(char c)
        {
            SkipBlanks();
            var isHere = _at < text.Length && text[_at] == c;
            _at += isHere ? 1 : 0;
            return isHere;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n' or '\t' or '\r')
            {
                _at++;
            }
        }

        private InvalidDataException Refusal(string expected) => new(string.Create(CultureInfo.InvariantCulture,
            $"{place}: byte {start + _at}: the header holds '"
                + $"{Escaped.Of(text[Math.Min(_at, text.Length)..].TrimEnd())}', expected {expected}; {Remedy}."));
    }
}
