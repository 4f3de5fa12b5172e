using System.Buffers.Binary;
using Apache.Arrow.Ipc;

namespace Plumb.Arrow;

/// <summary>
/// The compressed buffers behind a message, each after eight bytes that announce how many it unpacks to.
/// Apache Arrow's JavaScript library announced how many it is packed into (mended in apache/arrow-js#470), and its Java
/// library at times 0 (apache/arrow-java#1116). What is packed says itself where it ends, so such numbers are put right
/// here before Apache.Arrow, which goes by them, sees them.
/// </summary>
/// <param name="Length">The bytes of all buffers with what lies between them.</param>
/// <param name="Codec">How they are compressed.</param>
/// <param name="Buffers">Where each begins, and how many bytes it has.</param>
internal sealed record PackedBody(long Length, CompressionCodecType Codec, (long Start, long Length)[] Buffers)
{
    private const int Prefix = sizeof(long);

    /// <summary>Writes into each buffer that announces a wrong number in one of these ways the right one.</summary>
    /// <param name="body">All buffers.</param>
    /// <param name="most">The most bytes that one may come to.</param>
    public void PutRight(Span<byte> body, long most)
    {
        foreach (var (start, length) in Buffers)
        {
            if (start < 0 || length <= Prefix || start > body.Length - length)
            {
                continue; // which Apache.Arrow refuses, or is empty
            }

            var buffer = body.Slice((int)start, (int)length);
            var announced = BinaryPrimitives.ReadInt64LittleEndian(buffer);
            if (announced == 0 || announced == length - Prefix)
            {
                BinaryPrimitives.WriteInt64LittleEndian(buffer, ArrowCodecs.LengthOf(Codec, buffer[Prefix..], most));
            }
        }
    }
}
