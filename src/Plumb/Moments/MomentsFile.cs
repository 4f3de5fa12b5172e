using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Moments as bytes, all little-endian: "PLUMBMOM", version (4 bytes), from version 2 on decimals (4), rows (8),
/// inputs (4), targets (4); from version 3 on how many of the last inputs are squares that are kept
/// beside others (4), and the place of each one's input (4); in version 4 the number of parts (4), and of each its
/// hash (32), rows (8), and label as its length (4) and UTF-8; in version 5 what inputs are made of, as in a model
/// file, as its length (4) and JSON; each name as its length (4) and UTF-8;
/// each sum of the upper triangle of z z', z = [x; y; 1] (from version 2 on times 10^decimals) and weighted, row by
/// row, as exponent (4), length (4) and the odd significand in two's complement; SHA-256 of all that.
/// Equal moments with equal names and parts give equal bytes. Moments of one part tell of none: their checksum is the
/// part's hash, as it is without what inputs are made of.
/// </summary>
internal static class MomentsFile
{
    private const int Version = 5;
    private const int OfParts = 4; // the version without what inputs are made of, which older programs read too
    private const int OfOnePart = 3; // that without parts either
    private const int OfDecimals = 2; // that without squares either
    private const int OfDoubles = 1; // that without decimals either
    private const int ChecksumBytes = SHA256.HashSizeInBytes;
    private const int MostColumns = 100_000; // the sums of more would not fit any machine
    private const int MostParts = 1 << 24;
    private const int MostNameBytes = 1 << 20;
    private const int MostDesignBytes = 1 << 30;
    private const int MostSignificandBytes = 1 << 12; // doubles' squares span 4300 bits; sums of 2^63 of them 64 more

    private static ReadOnlySpan<byte> Magic => "PLUMBMOM"u8;

    public static void Write(Stream stream, Moments moments, DecimalGram sums, MomentsParts parts)
    {
        var content = Content(moments, sums, [], []);
        var checksum = SHA256.HashData(content.Span);
        var hash = Convert.ToHexStringLower(checksum);
        var all = parts.Closed(hash, moments.Rows).List;
        var design = moments.Design.Meanings.Count > 0 ? DesignWriter.Encode(moments.Design) : [];
        if (design.Length > 0 || all is not ([] or [{ Label: "" }]) || (all is [var only] && only.Hash != hash))
        {
            content = Content(moments, sums, all, design);
            checksum = SHA256.HashData(content.Span);
        }

        stream.Write(content.Span);
        stream.Write(checksum);
    }

    private static ReadOnlyMemory<byte> Content(Moments moments, DecimalGram sums,
        IReadOnlyList<MomentsPart> parts, byte[] design)
    {
        var (gram, decimals) = (sums.Gram, sums.Decimals);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        var version = design.Length > 0 ? Version : parts.Count > 0 ? OfParts : moments.Squares.Count > 0 ? OfOnePart
            : decimals > 0 ? OfDecimals : OfDoubles;
        writer.Write(version);
        if (version >= OfDecimals)
        {
            writer.Write(decimals);
        }

        writer.Write(moments.Rows);
        writer.Write(moments.InputCount);
        writer.Write(moments.TargetCount);
        if (version >= OfOnePart)
        {
            var inputs = moments.Names.Inputs.ToList();
            writer.Write(moments.Squares.Count);
            foreach (var square in moments.Squares)
            {
                writer.Write(inputs.IndexOf(square.Input));
            }
        }

        if (version >= OfParts)
        {
            writer.Write(parts.Count);
            foreach (var part in parts)
            {
                writer.Write(Convert.FromHexString(part.Hash));
                writer.Write(part.Rows);
                WriteText(writer, part.Label);
            }
        }

        if (version >= Version)
        {
            writer.Write(design.Length);
            writer.Write(design);
        }

        foreach (var name in moments.Names.Inputs.Concat(moments.Names.Targets))
        {
            WriteText(writer, name);
        }

        for (var i = 0; i < gram.Size; i++)
        {
            for (var j = i; j < gram.Size; j++)
            {
                var sum = gram[i, j];
                var bytes = sum.Significand.ToByteArray();
                writer.Write(sum.Exponent);
                writer.Write(bytes.Length);
                writer.Write(bytes);
            }
        }

        writer.Flush();
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    /// <exception cref="InvalidDataException">It is no moments file, a newer one, or damaged.</exception>
    public static MomentsContent Read(Stream stream, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new Reader(stream, name, hash);
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException(
                $"{name}: is not a moments file; write one by 'plumb moments DATA -o FILE'.");
        }

        var version = reader.Int();
        if (version is < OfDoubles or > Version)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: has version {version} of the moments format, but this program reads versions up to "
                        + $"{Version}; use the program that wrote it, or write it again."));
        }

        var decimals = version == OfDoubles ? 0 : reader.Count("decimals", DecimalMoments.MostDecimals);
        var rows = reader.Long();
        var (inputs, targets) = (reader.Count("inputs", MostColumns), reader.Count("targets", MostColumns));
        if (inputs + targets > MostColumns)
        {
            throw reader.Damaged($"{inputs} inputs and {targets} targets, expected at most {MostColumns} columns");
        }

        var places = version >= OfOnePart ? reader.Places(inputs) : [];
        var parts = version >= OfParts ? reader.Parts() : [];
        var made = version >= Version ? reader.Bytes(reader.Count("bytes of a design", MostDesignBytes)).ToArray() : [];
        var names = new VariableNames(reader.Names(inputs), reader.Names(targets));
        if (names.Inputs.Concat(names.Targets).Distinct(StringComparer.Ordinal).Count() < inputs + targets)
        {
            throw reader.Damaged("two columns of one name");
        }

        var gram = new ExactGram(inputs + targets + 1);
        for (var i = 0; i < gram.Size; i++)
        {
            for (var j = i; j < gram.Size; j++)
            {
                var exponent = reader.Int();
                gram.Add(i, j,
                    new Dyadic(new BigInteger(reader.Bytes(reader.Count("bytes of a sum", MostSignificandBytes))),
                        exponent));
            }
        }

        var checksum = reader.RequireChecksum();
        if (parts.Count == 0 && rows != 0 && version < Version)
        {
            parts.Add(new MomentsPart(checksum, rows));
        }

        var columns = Design.Of(names, [.. places.Select((place, k) =>
            new KeptSquare(names.Inputs[place], names.Inputs[inputs - places.Length + k]))]);
        return new MomentsContent(columns, made.Length > 0 ? DesignReader.Decode(made, names, name) : columns, rows,
            DecimalGram.Of(gram, decimals), new MomentsParts(parts, false));
    }

    private sealed class Reader(Stream stream, string name, IncrementalHash hash)
    {
        public ReadOnlySpan<byte> Bytes(int count)
        {
            var bytes = new byte[count];
            if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            {
                throw Damaged("an early end");
            }

            hash.AppendData(bytes);
            return bytes;
        }

        public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

        public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

        public int Count(string what, int most)
        {
            var count = Int();
            return count >= 0 && count <= most ? count
                : throw Damaged(FormattableString.Invariant($"{count} {what}, expected 0 to {most}"));
        }

        /// <summary>The inputs, all before the squares, that these are squares of.</summary>
        public int[] Places(int inputs)
        {
            var count = Count("squares", inputs / 2);
            return [.. Enumerable.Range(0, count).Select(_ => Count("as the place of an input", inputs - count - 1))];
        }

        public string[] Names(int count)
        {
            var names = new List<string>(); // grows with what is really there
            for (var i = 0; i < count; i++)
            {
                names.Add(Text("bytes of a name"));
            }

            return [.. names];
        }

        public List<MomentsPart> Parts()
        {
            var (count, parts) = (Count("parts", MostParts), new List<MomentsPart>());
            for (var i = 0; i < count; i++)
            {
                parts.Add(new MomentsPart(Convert.ToHexStringLower(Bytes(ChecksumBytes)), Long())
                {
                    Label = Text("bytes of a part's label"),
                });
            }

            return parts;
        }

        public string RequireChecksum()
        {
            var expected = hash.GetHashAndReset();
            var found = new byte[ChecksumBytes + 1];
            if (stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) != ChecksumBytes
                || !found.AsSpan(0, ChecksumBytes).SequenceEqual(expected))
            {
                throw Damaged("a checksum that does not fit");
            }

            return Convert.ToHexStringLower(expected);
        }

        private string Text(string what) => Encoding.UTF8.GetString(Bytes(Count(what, MostNameBytes)));

        public InvalidDataException Damaged(string found) =>
            new($"{name}: is damaged: found {found}; write it again by 'plumb moments', or copy it again.");
    }
}
