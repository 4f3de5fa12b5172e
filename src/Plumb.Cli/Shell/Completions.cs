using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>The words that may stand where the cursor of a command line is, for completion in shells.</summary>
internal sealed class Completions
{
    private const string Directive = "[suggest";

    private static readonly string[] s_ofColumns =
        ["--target", "--input", "--exclude", "--keep", "--categorical", "--weight", "--frequency", "--sigma",
            "--against", "--by"];

    private readonly Command _root;
    private readonly ProcessStreams _terminal;
    private readonly List<string> _words; // before the one at the cursor
    private readonly string _word; // as far as it is typed

    private Completions(Command root, string line, int position, ProcessStreams terminal)
    {
        var typed = Words(line[..Math.Clamp(position, 0, line.Length)]);
        (_root, _terminal) = (root, terminal);
        (_words, _word) = (typed[..^1], typed[^1]);
    }

    /// <summary>Whether the words of a command line ask for completions: [suggest:POSITION] "LINE".</summary>
    public static bool AreAskedFor(string[] args) =>
        args is [var first, ..] && first.StartsWith(Directive, StringComparison.Ordinal) && first.EndsWith(']');

    /// <summary>Writes the words, one per line.</summary>
    /// <param name="args">[suggest:POSITION] and the line; without a position, the end of the line.</param>
    /// <param name="root">The tree of commands.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading of names of columns.</param>
    public static async Task WriteAsync(string[] args, Command root, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var line = args.Length > 1 ? args[1] : "";
        var text = args[0][Directive.Length..^1].TrimStart(':');
        var position = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given
            : line.Length;
        foreach (var word in await new Completions(root, line, position, terminal).OfAsync(cancellationToken))
        {
            terminal.Out.WriteLine(word);
        }
    }

    private async Task<IEnumerable<string>> OfAsync(CancellationToken cancellationToken)
    {
        var command = _root.Subcommands.FirstOrDefault(other => other.Name == _words.ElementAtOrDefault(1));
        if (command is null)
        {
            return _words.Count > 1 ? []
                : Beginning(_word.StartsWith('-') ? OptionsOf(_root)
                    : _root.Subcommands.Where(other => !other.Hidden).Select(other => other.Name));
        }

        Aliases.Hide(command);
        var option = command.Options.FirstOrDefault(option => Aliases.NamesOf(option).Contains(_words[^1])
            && option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool));
        if (option is not null)
        {
            return s_ofColumns.Contains(option.Name)
                ? Listed(await ColumnsAsync(command, cancellationToken))
                : Beginning(Values(option));
        }

        return _word.StartsWith('-') ? Beginning(OptionsOf(command))
            : Beginning(command.Arguments.SelectMany(argument => argument.CompletionSources)
                .SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label));
    }

    private static IEnumerable<string> OptionsOf(Command command) => HelpGroups.All(command)
        .Where(option => !option.Hidden).Select(option => option.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Values(Option option) =>
        option.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label);

    private IEnumerable<string> Beginning(IEnumerable<string> words) =>
        words.Where(word => word.StartsWith(_word, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    // y1,y2,y: what stands before the last comma stays.
    private IEnumerable<string> Listed(IEnumerable<string> names)
    {
        var end = _word.LastIndexOf(',') + 1;
        var taken = _word[..end].Split(',');
        return Beginning(names.Where(name => !taken.Contains(name)).Select(name => _word[..end] + name));
    }

    // The names of the first file on the line that has columns; nothing where none can be read.
    private async Task<IReadOnlyList<string>> ColumnsAsync(Command command, CancellationToken cancellationToken)
    {
        var skipped = command.Arguments.Count > 1 ? 1 : 0; // MODEL comes before DATA
        foreach (var path in _words.Skip(2).Where(word => !word.StartsWith('-') && File.Exists(word)).Skip(skipped))
        {
            try
            {
                if (DataFile.Length(path) == 0)
                {
                    continue; // a pipe, which reading would empty
                }

                await using var reader = await new DataArguments([path], new CsvFormat()).ToSource(_terminal)
                    .OpenAsync(cancellationToken);
                return [.. reader.Columns.Where(IsPlain)];
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or CommandException
                or UnauthorizedAccessException or NotSupportedException)
            {
                // nothing to propose
            }
        }

        return [];
    }

    // Neither controls the terminal nor turns its writing round.
    private static bool IsPlain(string name) => name.Length > 0 && Escaped.InFull(name) == name;

    // The words of a line, the last one as far as it is typed; quotes and backslashes as shells have them.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var (word, quote, isBegun) = (new System.Text.StringBuilder(), '\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
                isBegun = true;
            }
            else if (quote == '\0' && (c == '"' || c == '\''))
            {
                (quote, isBegun) = (c, true);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (char.IsWhiteSpace(c) && quote == '\0')
            {
                if (isBegun)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isBegun = false;
            }
            else
            {
                word.Append(c);
                isBegun = true;
            }
        }

        words.Add(word.ToString());
        return words;
    }
}
