namespace Plumb.Fuzz;

/// <summary>A reader, and what it is tried on.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Door">The type that reads it, for the test that looks for readers without a target.</param>
/// <param name="Seeds">Sound files, and odd ones.</param>
/// <param name="Words">Pieces that mean something in the format.</param>
/// <param name="ReadAsync">Reads a file to its end; a file that is bad is an <see cref="InvalidDataException"/>, and
/// nothing else.</param>
public sealed record FuzzTarget(string Name, Type Door, IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words,
    Func<byte[], Task> ReadAsync)
{
    /// <summary>Mends what protects the bytes, such as a checksum, so that damage gets past it.</summary>
    public Func<byte[], byte[]>? Mend { get; init; }

    /// <summary>Whether an engine that is not .NET reads it: begun for each file, which takes a while, and able to end
    /// the process.</summary>
    public bool IsNative { get; init; }
}
