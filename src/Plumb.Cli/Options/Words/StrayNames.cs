using System.CommandLine;
using System.CommandLine.Parsing;

namespace Plumb.Cli;

/// <summary>Names of columns that were taken for files: in --target y1 y2, the option takes y1 only.</summary>
internal static class StrayNames
{
    /// <summary>Refuses a file that does not exist and stands where a name was probably meant.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="files">The files that it names.</param>
    /// <exception cref="CommandException">There is one.</exception>
    public static void Refuse(ParseResult parsed, IReadOnlyList<string> files)
    {
        var tokens = parsed.Tokens;
        var command = parsed.CommandResult.Command;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Type != TokenType.Option || command.Options.FirstOrDefault(option =>
                Aliases.NamesOf(option).Contains(tokens[i].Value)) is not Option<string[]> { HelpName: "NAME" } names)
            {
                continue;
            }

            string[] words = [.. tokens.Skip(i + 1).TakeWhile(token => token.Type == TokenType.Argument)
                .Select(token => token.Value)];
            string[] stray = [.. words.Skip(1).TakeWhile(word => files.Contains(word) && IsNoFile(word))];
            if (stray.Length > 0)
            {
                throw CommandException.Usage($"'{stray[0]}' is taken for a file, and there is none of that name; did "
                    + $"you mean {names.Name} {string.Join(',', [words[0], .. stray])}?");
            }
        }
    }

    // Neither there nor called like a file.
    private static bool IsNoFile(string word) =>
        !File.Exists(word) && !Directory.Exists(word) && !PostgreSqlAddress.IsMeant(word)
            && word.IndexOfAny(['/', '\\', '*', '?']) < 0 && Path.GetExtension(word).Length == 0 && word != "-";
}
