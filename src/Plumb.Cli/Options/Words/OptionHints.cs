using System.CommandLine;

namespace Plumb.Cli;

/// <summary>What a word that is no option of a command was probably meant to be: what other programs call the same, an
/// option of another command, or a mistyped one.</summary>
internal static class OptionHints
{
    // What is called otherwise elsewhere, the best answer first; a command may have none of them.
    private static readonly Dictionary<string, string[]> s_elsewhere = new(StringComparer.Ordinal)
    {
        ["--alpha"] = ["--ridge", "--weight-decay"],
        ["--lambda"] = ["--ridge", "--weight-decay"],
        ["--l2"] = ["--ridge", "--weight-decay"],
        ["--penalty"] = ["--ridge", "--weight-decay"],
        ["--wd"] = ["--weight-decay"],
        ["--delim"] = ["--delimiter"],
        ["-d"] = ["--delimiter"],
        ["--dec"] = ["--decimal"],
        ["--decimal-separator"] = ["--decimal"],
        ["--na-values"] = ["--missing-values"],
        ["--na"] = ["--missing-values"],
        ["--na-strings"] = ["--missing-values"],
        ["--null-values"] = ["--missing-values"],
        ["--nan"] = ["--missing-values"],
        ["--dropna"] = ["--missing drop"],
        ["--drop-na"] = ["--missing drop"],
        ["--drop-missing"] = ["--missing drop"],
        ["--skipna"] = ["--missing drop"],
        ["--skiprows"] = ["--skip"],
        ["--skip-rows"] = ["--skip"],
        ["--skip-header"] = ["--skip"],
        ["--skipfooter"] = ["--footer"],
        ["--skip-footer"] = ["--footer"],
        ["--epochs"] = ["--steps"],
        ["--epoch"] = ["--steps"],
        ["--max-epochs"] = ["--steps"],
        ["--max-iter"] = ["--steps"],
        ["--max-iterations"] = ["--steps"],
        ["--iterations"] = ["--steps"],
        ["--iters"] = ["--steps"],
        ["--n-iter"] = ["--steps"],
        ["--max-steps"] = ["--steps"],
        ["--step-size"] = ["--learning-rate"],
        ["--eta"] = ["--learning-rate"],
        ["--eta0"] = ["--learning-rate"],
        ["--rate"] = ["--learning-rate"],
        ["--tol"] = ["--tolerance"],
        ["--random-state"] = ["--seed"],
        ["--random-seed"] = ["--seed"],
        ["--no-intercept"] = ["--no-bias"],
        ["--no-constant"] = ["--no-bias"],
        ["--fit-intercept"] = ["--no-bias"],
        ["--query"] = ["--sql"],
        ["--drop"] = ["--exclude"],
        ["--drop-columns"] = ["--exclude"],
        ["--ignore"] = ["--exclude"],
        ["--without"] = ["--exclude"],
        ["--omit"] = ["--exclude"],
        ["--skip-columns"] = ["--exclude"],
        ["--index-col"] = ["--exclude"],
        ["--columns"] = ["--input", "--column"],
        ["--cols"] = ["--input", "--column"],
        ["--degree"] = ["--input \"poly(x,3)\""],
        ["--out"] = ["--output"],
        ["--out-file"] = ["--output"],
        ["--save"] = ["--output"],
        ["--save-model"] = ["--output"],
        ["--model-out"] = ["--output"],
        ["--confidence"] = ["--level"],
        ["--conf-level"] = ["--level"],
        ["--ci"] = ["--level"],
        ["--weights"] = ["--weight"],
        ["--sample-weight"] = ["--weight"],
        ["--freq"] = ["--frequency"],
        ["--normalize"] = ["--standardize"],
        ["--scale"] = ["--standardize"],
        ["--validation-split"] = ["--holdout"],
        ["--test-size"] = ["--holdout"],
        ["--opt"] = ["--optimizer"],
        ["--from"] = ["--init"],
        ["--warm-start"] = ["--init"],
        ["--dtype"] = ["--precision float32"],
        ["--float32"] = ["--precision float32"],
        ["--single"] = ["--precision float32"],
        ["--filter"] = ["--where"],
        ["--robust"] = ["--errors"],
        ["--cluster"] = ["--errors"],
        ["--vcov"] = ["--errors"],
        ["--cov-type"] = ["--errors"],
        ["--se"] = ["--errors"],
        ["-n"] = ["--count", "--rows", "--steps"],
        ["-v"] = ["--version"],
        ["-V"] = ["--version"],
    };

    /// <summary>"; did you mean ..?" or where to look.</summary>
    /// <param name="word">The word, which may hold a value after = or :.</param>
    /// <param name="command">The command that it was given to.</param>
    /// <param name="root">The tree of commands.</param>
    public static string For(string word, Command command, Command root)
    {
        var name = NameIn(word);
        var options = command.Options.Where(option => !option.Hidden).SelectMany(Aliases.NamesOf).ToList();
        if (s_elsewhere.GetValueOrDefault(name.Replace('_', '-').Replace('.', '-'), [])
            .FirstOrDefault(meant => options.Contains(meant.Split(' ')[0])) is { } hint)
        {
            return $"; did you mean '{hint}'?{(name.Contains("epoch", StringComparison.Ordinal) && hint == "--steps"
                ? " With full batches, a step is an epoch." : "")}";
        }

        if (Spelling.Suggestion(name, options) is { Length: > 0 } suggestion)
        {
            return suggestion;
        }

        string[] others = [.. root.Subcommands.Where(other => other != command && other.Options.Any(option =>
            Aliases.NamesOf(option).Contains(name) && !option.Hidden)).Select(other => $"plumb {other.Name}")];
        return others.Length is > 0 and <= MostListed ? $", but of {string.Join(" and ", others)}" : "";
    }

    /// <summary>The name in a word such as --ridge=0.1.</summary>
    public static string NameIn(string word) =>
        word.IndexOfAny(['=', ':']) is var end and > 0 ? word[..end] : word;

    private const int MostListed = 3;
}
