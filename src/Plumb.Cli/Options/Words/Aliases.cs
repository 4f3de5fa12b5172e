using System.CommandLine;

namespace Plumb.Cli;

/// <summary>Other names of options: short ones, and what the same thing is called elsewhere, which the help does not
/// show.</summary>
internal static class Aliases
{
    private static readonly Dictionary<string, string[]> s_shown = new(StringComparer.Ordinal)
    {
        ["--target"] = ["-t"],
        ["--input"] = ["-i"],
    };

    private static readonly Dictionary<string, string[]> s_hidden = new(StringComparer.Ordinal)
    {
        ["--target"] = ["--targets", "--y", "--label", "--labels", "--response", "--outcome", "--dependent"],
        ["--input"] = ["--inputs", "--x", "--features", "--predictors", "--regressors", "--independent"],
        ["--learning-rate"] = ["--lr"],
        ["--batch"] = ["--batch-size"],
        ["--delimiter"] = ["--sep", "--separator"],
    };

    /// <summary>Gives the options of all commands below one their other names.</summary>
    public static Command WithAliases(this Command root)
    {
        foreach (var command in root.Subcommands)
        {
            var taken = command.Options.SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal);
            foreach (var option in command.Options)
            {
                var names = s_shown.GetValueOrDefault(option.Name, [])
                    .Concat(s_hidden.GetValueOrDefault(option.Name, []));
                foreach (var alias in names.Where(taken.Add))
                {
                    option.Aliases.Add(alias);
                }
            }
        }

        return root;
    }

    /// <summary>Takes the names that are not shown from the options of a command.</summary>
    public static void Hide(Command command)
    {
        foreach (var option in command.Options)
        {
            foreach (var alias in s_hidden.GetValueOrDefault(option.Name, []))
            {
                option.Aliases.Remove(alias);
            }
        }
    }

    /// <summary>All names of an option.</summary>
    public static IEnumerable<string> NamesOf(Option option) => [option.Name, .. option.Aliases];
}
