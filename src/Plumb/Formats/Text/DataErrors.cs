namespace Plumb.Formats;

/// <summary>The exception for bad data, in the one form that all messages have.</summary>
internal static class DataErrors
{
    /// <summary>name(line): what was found, where, what was expected, and the remedy.</summary>
    public static InvalidDataException At(string name, long line, string message) =>
        new(FormattableString.Invariant($"{Escaped.InFull(name)}({line}): {message}"));

    /// <summary>name(row 17): the same for a file that has rows, but no lines.</summary>
    public static InvalidDataException AtRow(string name, long row, string message) =>
        new(FormattableString.Invariant($"{Escaped.InFull(name)}(row {row}): {message}"));

    /// <summary>name: the same for a file as a whole.</summary>
    public static InvalidDataException Of(string name, string message) =>
        new(FormattableString.Invariant($"{Escaped.InFull(name)}: {message}"));

    /// <summary>The exception for a column of another type.</summary>
    /// <param name="name">The file.</param>
    /// <param name="column">The column.</param>
    /// <param name="values">What the column holds, as in "text".</param>
    public static InvalidDataException NotNumbers(string name, string column, string values) =>
        Of(name,
            $"column '{Escaped.Of(column)}' holds {values}, where numbers were expected; "
                + $"{Remedies.LeaveColumnOut}, or give it as numbers.");

    /// <summary>The exception for a file that has the mark of UTF-16, and breaks its rules.</summary>
    public static InvalidDataException NotUtf16(string name, long line) =>
        At(name, line, "the file begins with the mark of UTF-16, but is not valid UTF-16; convert it to UTF-8.");
}
