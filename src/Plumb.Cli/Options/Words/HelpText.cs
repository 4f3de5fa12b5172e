using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>The help of a command, in lines of a terminal's width.</summary>
/// <param name="command">The command.</param>
/// <param name="width">Columns of the terminal.</param>
internal sealed class HelpText(Command command, int width)
{
    private const int Indent = 2;
    private const int Gap = 2; // between a name and its description
    private const int WidestNames = 36; // longer ones stand on a line of their own
    private const int DeepIndent = 6; // of a description below its name
    private const double MostOfNames = 0.45; // of the width

    private readonly List<string> _lines = [];

    /// <summary>All lines.</summary>
    public IReadOnlyList<string> Lines()
    {
        Heading("Description:");
        Wrapped(command.Description ?? "", Indent, Indent);
        Heading("Usage:");
        Wrapped(UsageOf(command), Indent, Indent + DeepIndent);
        if (command.Arguments.Count > 0)
        {
            Table("Arguments:", [.. command.Arguments.Select(argument =>
                ($"<{argument.Name}>", argument.Description ?? ""))]);
        }

        foreach (var (heading, options) in HelpGroups.Of(command))
        {
            Table(heading + ":", [.. options.Select(option => (NameOf(option), DescriptionOf(option)))]);
        }

        if (command.Subcommands.Count > 0)
        {
            Table("Commands:", [.. command.Subcommands.Where(other => !other.Hidden).Select(other =>
                (string.Join(' ', other.Arguments.Select(argument => $"<{argument.Name}>").Prepend(other.Name)),
                    other.Description ?? ""))]);
        }

        if (command is DocumentedCommand { Examples.Count: > 0 } documented)
        {
            Heading("Examples:");
            foreach (var example in documented.Examples)
            {
                _lines.AddRange(Continued(example));
            }
        }

        Heading("Documentation:");
        Wrapped(string.Join(", ", Pages.Of(command.Name)), Indent, Indent);
        return _lines;
    }

    /// <summary>A text broken between words into lines of a width; a longer word has its own line.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + word;
        }

        yield return line;
    }

    /// <summary>An option as it is written: -t, --target NAME.</summary>
    internal static string NameOf(Option option)
    {
        var names = string.Join(", ", Aliases.NamesOf(option).OrderBy(name => name.Length).ThenBy(name => name,
            StringComparer.Ordinal));
        var kind = option.HelpName is { Length: > 0 } help ? $" <{help}>" : "";
        return names + kind + (option.Required ? " (REQUIRED)" : "");
    }

    /// <summary>What an option does, and what holds without it.</summary>
    internal static string DescriptionOf(Option option) => option.HasDefaultValue && option.ValueType != typeof(bool)
        ? string.Create(CultureInfo.InvariantCulture, $"{option.Description} [default: {option.GetDefaultValue()}]")
        : option.Description ?? "";

    /// <summary>How a command is written.</summary>
    internal static string UsageOf(Command command)
    {
        var words = new List<string> { command.Name == "plumb" ? "plumb" : $"plumb {command.Name}" };
        words.AddRange(command.Arguments.Select(argument => argument.Arity switch
        {
            { MinimumNumberOfValues: 0, MaximumNumberOfValues: > 1 } => $"[<{argument.Name}>...]",
            { MinimumNumberOfValues: 0 } => $"[<{argument.Name}>]",
            { MaximumNumberOfValues: > 1 } => $"<{argument.Name}>...",
            _ => $"<{argument.Name}>",
        }));
        words.Add(command.Subcommands.Count > 0 ? "[command] [options]" : "[options]");
        return string.Join(' ', words);
    }

    private void Heading(string text)
    {
        if (_lines.Count > 0)
        {
            _lines.Add("");
        }

        _lines.Add(text);
    }

    private void Wrapped(string text, int indent, int later)
    {
        foreach (var (i, line) in Wrap(text, width - later).Index())
        {
            _lines.Add(new string(' ', i == 0 ? indent : later) + line);
        }
    }

    private void Table(string heading, IReadOnlyList<(string Name, string Description)> rows)
    {
        Heading(heading);
        var most = Math.Min(WidestNames, (int)(width * MostOfNames));
        var names = rows.Select(row => row.Name.Length).Where(length => length <= most).DefaultIfEmpty(0).Max();
        foreach (var (name, description) in rows)
        {
            var isBeside = name.Length <= names;
            var indent = isBeside || names > 0 ? Indent + names + Gap : DeepIndent;
            string[] lines = [.. Wrap(description, width - indent)];
            if (!isBeside)
            {
                _lines.AddRange(Wrap(name, width - Indent).Select((line, i) =>
                    new string(' ', i == 0 ? Indent : DeepIndent) + line));
            }

            foreach (var (i, line) in lines.Index())
            {
                _lines.Add((isBeside && i == 0 ? new string(' ', Indent) + name.PadRight(names + Gap)
                    : new string(' ', indent)) + line);
            }
        }
    }

    // A command that is longer than a line goes on in the next, as a shell reads it.
    private IEnumerable<string> Continued(string example)
    {
        const string More = " \\";
        var line = new string(' ', Indent);
        var isBegun = false;
        foreach (var word in Words(example))
        {
            if (isBegun && line.Length + 1 + word.Length > width - More.Length)
            {
                yield return line + More;
                (line, isBegun) = (new string(' ', DeepIndent), false);
            }

            line += (isBegun ? " " : "") + word;
            isBegun = true;
        }

        yield return line;
    }

    // Words between blanks, but for those in quotes.
    private static IEnumerable<string> Words(string line)
    {
        var (start, quote) = (0, '\0');
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ' ' && quote == '\0'))
            {
                yield return line[start..i];
                start = i + 1;
            }
            else if (line[i] is '"' or '\'')
            {
                quote = quote == '\0' ? line[i] : quote == line[i] ? '\0' : quote;
            }
        }
    }

    /// <summary>The pages about a command, in the folder of the documents.</summary>
    internal static class Pages
    {
        private static readonly Dictionary<string, string[]> s_pages = new(StringComparer.Ordinal)
        {
            ["plumb"] = ["README.md", "docs/tutorial.md", "docs/commands.md", "docs/findings.md"],
            ["look"] = ["docs/looking.md", "docs/csv.md", "docs/sources.md"],
            ["fit"] = ["docs/tutorial.md", "docs/findings.md", "docs/categories-and-terms.md", "docs/csv.md"],
            ["train"] = ["docs/training.md", "docs/findings.md"],
            ["explain"] = ["docs/explaining.md", "docs/findings.md"],
            ["next"] = ["docs/tasks/which-points-next.md"],
            ["export"] = ["docs/exporting.md"],
            ["predict"] = ["docs/exporting.md", "docs/sources.md"],
            ["moments"] = ["docs/sources.md", "docs/scale.md", "docs/mathematics.md"],
            ["parts"] = ["docs/scale.md"],
            ["sql"] = ["docs/scale.md"],
            ["merge"] = ["docs/sources.md", "docs/scale.md", "docs/mathematics.md"],
            ["studio"] = ["docs/studio.md"],
            ["completion"] = ["docs/installing.md"],
            ["man"] = ["docs/installing.md"],
        };

        /// <summary>Them.</summary>
        public static IReadOnlyList<string> Of(string command) => s_pages.GetValueOrDefault(command, ["README.md"]);
    }
}
