using System.CommandLine;
using System.Text;

namespace Plumb.Cli;

/// <summary>The help of a command as a manual page: roff with the macros of man(7).</summary>
internal static class ManualPage
{
    /// <summary>The page.</summary>
    /// <param name="command">The command; plumb itself for the page of all.</param>
    /// <param name="root">The tree of commands.</param>
    public static string Of(Command command, Command root)
    {
        var name = command == root ? "plumb" : $"plumb-{command.Name}";
        var page = new StringBuilder($".TH {name.ToUpperInvariant()} 1 \"\" plumb\n.SH NAME\n");
        page.Append($"{Text(name)} \\- {Text(FirstSentence(command.Description ?? ""))}\n.SH SYNOPSIS\n");
        page.Append($".B {Text(HelpText.UsageOf(command))}\n.SH DESCRIPTION\n{Text(command.Description ?? "")}\n");
        if (command.Arguments.Count > 0)
        {
            page.Append(".SH ARGUMENTS\n");
            foreach (var argument in command.Arguments)
            {
                page.Append(Entry(argument.Name, argument.Description ?? ""));
            }
        }

        page.Append(".SH OPTIONS\n");
        foreach (var (heading, options) in HelpGroups.Of(command))
        {
            page.Append(heading == "Options" ? "" : $".SS {Text(heading)}\n");
            foreach (var option in options)
            {
                page.Append(Entry(HelpText.NameOf(option), HelpText.DescriptionOf(option)));
            }
        }

        if (command == root)
        {
            page.Append(".SH COMMANDS\n");
            foreach (var other in root.Subcommands)
            {
                page.Append(Entry($"plumb {other.Name}", other.Description ?? ""));
            }
        }

        return page.Append(Examples(command)).Append(EndOf(command, root)).ToString();
    }

    private static string Examples(Command command) => command is not DocumentedCommand { Examples.Count: > 0 } own ? ""
        : ".SH EXAMPLES\n.nf\n" + string.Concat(own.Examples.Select(example => Text(example) + "\n")) + ".fi\n";

    private static string EndOf(Command command, Command root)
    {
        var others = command == root ? root.Subcommands.Select(other => "plumb-" + other.Name) : ["plumb"];
        return ".SH EXIT STATUS\n0 done, 2 usage, 3 data refused, 4 read but no honest answer exists, 5 environment, "
            + "130 interrupted.\n.SH SEE ALSO\n"
            + string.Join(",\n", others.Select(other => $".BR {Text(other)} (1)")).Replace(" (1),", " (1),",
                StringComparison.Ordinal) + $"\n.PP\n{Text(string.Join(", ", HelpText.Pages.Of(command.Name)))}\n";
    }

    private static string Entry(string name, string description) => $".TP\n.B {Text(name)}\n{Text(description)}\n";

    private static string FirstSentence(string text)
    {
        var end = text.AsSpan().IndexOfAny(".:;");
        return end > 0 ? text[..end] : text;
    }

    // A backslash, a hyphen and quotes are themselves; no line begins as a request does.
    private static string Text(string text)
    {
        var plain = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal).Replace("\"", "\\(dq", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal).Replace("~", "\\(ti", StringComparison.Ordinal);
        return plain.StartsWith('.') ? "\\&" + plain : plain;
    }
}
