using System.Buffers;
using Apache.Arrow.Memory;

namespace Plumb.Arrow;

/// <summary>
/// Memory for the buffers of one file: never more at a time than the file has bytes, whatever it says of itself; where
/// buffers are compressed, than so few bytes can come to.
/// </summary>
internal sealed class BoundedAllocator : MemoryAllocator
{
    private const long MostOfSmallFile = 256 << 20;
    private const long MostRatio = 1024; // what equal values compress to is smaller still, up to the above
    private readonly long _fileLength;

    /// <summary>Nothing is given away yet.</summary>
    /// <param name="fileLength">The bytes of the file.</param>
    public BoundedAllocator(long fileLength) => (_fileLength, Most) = (fileLength, fileLength);

    /// <summary>The most bytes that one buffer may take.</summary>
    public long Most { get; private set; }

    /// <summary>Allows for buffers that are compressed.</summary>
    public void AllowForCompression() =>
        Most = Math.Min(Array.MaxLength, MostOfSmallFile + MostRatio * Math.Min(_fileLength, int.MaxValue));

    /// <inheritdoc/>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        return length <= Most
            ? new Owner(length)
            : throw new InvalidDataException(
                FormattableString.Invariant($"a buffer of {length} bytes is announced, where the file has ")
                    + FormattableString.Invariant($"{_fileLength}"));
    }

    private sealed class Owner(int length) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(length);

        public Memory<byte> Memory => _bytes.AsMemory(0, length);

        public void Dispose()
        {
            if (_bytes is { } bytes)
            {
                _bytes = null;
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }
}
