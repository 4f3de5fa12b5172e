namespace Plumb.Formats;

/// <summary>A row of a table of weights, its cells as texts.</summary>
/// <param name="Place">File and line, for messages.</param>
/// <param name="Text">The cells, without blanks around them.</param>
internal sealed record TableRow(string Place, string[] Text)
{
    /// <summary>A row of a file.</summary>
    public static TableRow At(string file, long line, string[] text) =>
        new(FormattableString.Invariant($"{Escaped.InFull(file)}({line})"), text);

    /// <summary>The refusal of what the row holds.</summary>
    public InvalidDataException Refusal(string message) => new($"{Place}: {message}");
}
