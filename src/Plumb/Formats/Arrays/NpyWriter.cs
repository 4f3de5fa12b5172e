using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Writes NumPy's NPY: one array, little-endian, the last index running fastest. numpy.lib.format, "Format Version
/// 1.0".
/// </summary>
internal static class NpyWriter
{
    private const int Alignment = 64; // bytes: where NumPy wants the data to begin
    private const int PrefixBytes = 10; // magic, version, and the length of the header

    /// <summary>Writes doubles.</summary>
    public static void Write(Stream stream, IReadOnlyList<int> shape, ReadOnlySpan<double> values)
    {
        WriteHeader(stream, "<f8", shape);
        LittleEndian.Write(stream, values);
    }

    /// <summary>
    /// Writes a list of texts, as NumPy holds them: UTF-32, each filled up with zeros to the length of the longest.
    /// </summary>
    public static void Write(Stream stream, IReadOnlyList<string> texts)
    {
        var encoded = texts.Select(Encoding.UTF32.GetBytes).ToArray();
        var bytesEach = encoded.Max(text => text.Length);
        WriteHeader(stream, string.Create(CultureInfo.InvariantCulture, $"<U{bytesEach / NpyHeader.CharacterBytes}"),
            [texts.Count]);
        foreach (var text in encoded)
        {
            stream.Write(text);
            stream.Write(new byte[bytesEach - text.Length]);
        }
    }

    private static void WriteHeader(Stream stream, string type, IReadOnlyList<int> shape)
    {
        var lengths = string.Concat(shape.Select(length => string.Create(CultureInfo.InvariantCulture, $"{length}, ")))
            .TrimEnd(' ');
        var header =
            $"{{'descr': '{type}', 'fortran_order': False, 'shape': ("
                + $"{(shape.Count == 1 ? lengths : lengths.TrimEnd(','))}), }}";
        var length = header.Length + PrefixBytes + 1;
        header = header.PadRight(header.Length + (Alignment - length % Alignment) % Alignment) + "\n";
        stream.Write(NpyHeader.Magic);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
    }
}
