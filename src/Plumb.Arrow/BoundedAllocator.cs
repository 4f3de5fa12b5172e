using System.Buffers;
using Apache.Arrow.Memory;

namespace Plumb;

/// <summary>
/// Memory for the buffers of one file: never more at a time than the file has bytes, whatever it says of itself.
/// </summary>
internal sealed class BoundedAllocator(long most) : MemoryAllocator
{
    /// <inheritdoc/>
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        return length <= most
            ? new Owner(length)
            : throw new InvalidDataException(
                FormattableString.Invariant($"a buffer of {length} bytes is announced, where the file has {most}"));
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
