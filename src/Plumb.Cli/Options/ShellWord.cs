namespace Plumb.Cli;

/// <summary>A word of a command line as a shell takes it.</summary>
internal static class ShellWord
{
    private const string Unquoted = "-_./,=:@^"; // what a shell takes as it is, beside letters and digits
    private const string Special = "\"$`\\!"; // what means something between double quotes

    /// <summary>The word, in quotes where it needs them.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || Unquoted.Contains(c)) ? word
        : !word.AsSpan().ContainsAny(Special) ? $"\"{word}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>An option and its value, which is not taken for an option where it begins like one.</summary>
    public static string Option(string name, string value) =>
        Of(value) is var word && value.StartsWith('-') ? $"{name}={word}" : $"{name} {word}";
}
