namespace Plumb.Fuzz;

/// <summary>A reader, and what it is tried on.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Seeds">Sound files, and odd ones.</param>
/// <param name="Words">Pieces that mean something in the format.</param>
/// <param name="ReadAsync">Reads a file to its end; a file that is bad is an <see cref="InvalidDataException"/>, and
/// nothing else.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words,
    Func<byte[], Task> ReadAsync)
{
    /// <summary>Mends what protects the bytes, such as a checksum, so that damage gets past it.</summary>
    public Func<byte[], byte[]>? Mend { get; init; }
}
