using System.Buffers.Binary;
using System.Text;

namespace Plumb.Fuzz;

/// <summary>Makes damaged files of sound ones: a few changes each, the same for the same seed.</summary>
/// <param name="random">Where the changes come from.</param>
/// <param name="seeds">The files.</param>
/// <param name="words">Pieces that mean something in the format.</param>
public sealed class Mutator(RandomSource random, IReadOnlyList<byte[]> seeds, IReadOnlyList<string> words)
{
    private const int MostChanges = 6;
    private const int MostBytes = 1 << 16; // files that grow longer are cut: they are slow, and say no more
    private static readonly long[] s_numbers = [0, -1, 1, sbyte.MaxValue, short.MaxValue, short.MinValue, int.MaxValue,
        int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];

    private readonly int _longest = seeds.Max(seed => seed.Length);

    /// <summary>The next damaged file.</summary>
    public byte[] Next()
    {
        var bytes = Pick(seeds).ToList();
        for (var changes = 1 + random.NextIndex(MostChanges); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes.Take(Math.Max(MostBytes, _longest))];
    }

    private void Change(List<byte> bytes)
    {
        var place = random.NextIndex(bytes.Count + 1);
        var length = Math.Min(bytes.Count - place, 1 + random.NextIndex(random.NextIndex(8) == 0 ? 1000 : 8));
        switch (random.NextIndex(9))
        {
            case 0 when place < bytes.Count:
                bytes[place] ^= (byte)(1 << random.NextIndex(8));
                break;
            case 1 when place < bytes.Count:
                bytes[place] = (byte)random.NextIndex(256);
                break;
            case 2:
                bytes.RemoveRange(place, length);
                break;
            case 3:
                bytes.InsertRange(random.NextIndex(bytes.Count + 1), [.. bytes.GetRange(place, length)]);
                break;
            case 4:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 5:
                var other = Pick(seeds);
                bytes.RemoveRange(place, bytes.Count - place);
                bytes.AddRange(other[Math.Min(other.Length, place)..]);
                break;
            case 6:
                Overwrite(bytes, place);
                break;
            case 7:
                bytes.InsertRange(place, Enumerable.Repeat((byte)random.NextIndex(256), random.NextIndex(300)));
                break;
            default:
                bytes.InsertRange(place, Encoding.Latin1.GetBytes(Pick(words)));
                break;
        }
    }

    private void Overwrite(List<byte> bytes, int place)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, Pick(s_numbers) + random.NextIndex(3) - 1);
        var size = 1 << random.NextIndex(4);
        for (var k = 0; k < size && place + k < bytes.Count; k++)
        {
            bytes[place + k] = number[k];
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[random.NextIndex(list.Count)];
}
