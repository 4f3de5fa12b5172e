namespace Plumb.Formats;

/// <summary>Reads the next bytes; fewer than asked for only at the end.</summary>
/// <param name="destination">Receives them.</param>
/// <returns>How many.</returns>
internal delegate int ArrayBytes(Span<byte> destination);
