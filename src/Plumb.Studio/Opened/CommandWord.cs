using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>An option of a command line, and its value.</summary>
/// <param name="Option">The option.</param>
/// <param name="Value">Its value; null for a flag.</param>
internal sealed record CommandWord(string Option, string? Value)
{
    /// <summary>One word, in which no value is taken for an option.</summary>
    public string ForParser => Value is null ? Option : $"{Option}={Value}";

    /// <summary>As it is typed in a shell.</summary>
    public string ForShell => Value is null ? Option : ShellWord.Option(Option, Value);

    /// <summary>A command as it is typed in a shell.</summary>
    /// <param name="command">Its name, such as fit.</param>
    /// <param name="path">The file.</param>
    /// <param name="words">The rest.</param>
    public static string Line(string command, OpenedPath path, IEnumerable<CommandWord> words) =>
        string.Join(' ', (string[])["plumb", command, File(path), .. words.Select(word => word.ForShell)]);

    /// <summary>A file as it is typed in a shell.</summary>
    public static string File(OpenedPath path) =>
        ShellWord.Of(path.Shown.StartsWith('-') ? "./" + path.Shown : path.Shown);
}
