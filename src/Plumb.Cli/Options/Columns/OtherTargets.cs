namespace Plumb.Cli;

/// <summary>Columns that are named like a target and were taken as inputs, as nothing said what they are: y2 beside
/// y1.</summary>
internal static class OtherTargets
{
    private const int LongestSuffix = 2; // of names that differ behind their last separator only, as in y_a and y_b
    private static readonly char[] s_separators = ['_', '.', '-', ' '];

    /// <summary>What to say of them; null where there are none.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="targets">The targets.</param>
    public static Finding? Find(IReadOnlyList<string> inputs, IReadOnlyList<string> targets)
    {
        string[] like = [.. inputs.Where(input => targets.Any(target => AreAlike(input, target)))];
        if (like.Length == 0)
        {
            return null;
        }

        var target = targets.First(name => AreAlike(like[0], name));
        var isOne = like.Length == 1;
        var severity = like.Any(name => targets.Any(other => AreNumbered(name, other) || DifferAtEnd(name, other)))
            ? Severity.Warning : Severity.Information; // y2 is another target more often than y_lag
        return new Finding(severity, "named-like-target",
            $"{Names.List([.. like.Select(name => $"'{name}'")])} {(isOne ? "is" : "are")} named like the target "
                + $"'{target}', and {(isOne ? "was" : "were")} taken as {(isOne ? "an input" : "inputs")}.",
            $"Leave {(isOne ? "it" : "them")} out by {Listed("--exclude", like)}, or predict "
                + $"{(isOne ? "it" : "them")} too by {Listed("--target", [.. targets, .. like])}; --input says that "
                + $"{(isOne ? "it is an input" : "they are inputs")}.");
    }

    /// <summary>Whether two names are one stem with other numbers or suffixes.</summary>
    private static bool AreAlike(string left, string right) => left != right
        && (AreNumbered(left, right) || IsLonger(left, right) || IsLonger(right, left) || DifferAtEnd(left, right));

    // y1 and y2, y and y2, target_1 and target_2
    private static bool AreNumbered(string left, string right) =>
        Stem(left) is { Length: > 0 } stem && string.Equals(stem, Stem(right), StringComparison.OrdinalIgnoreCase);

    // y and y_b
    private static bool IsLonger(string longer, string shorter) =>
        longer.Length > shorter.Length + 1 && longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase)
            && s_separators.Contains(longer[shorter.Length]);

    // y_a and y_b
    private static bool DifferAtEnd(string left, string right)
    {
        var (end, other) = (left.LastIndexOfAny(s_separators), right.LastIndexOfAny(s_separators));
        return end > 0 && end == other
            && string.Compare(left, 0, right, 0, end, StringComparison.OrdinalIgnoreCase) == 0
            && left.Length - end - 1 <= LongestSuffix && right.Length - end - 1 <= LongestSuffix;
    }

    private static string Stem(string name) => name.TrimEnd([.. "0123456789", .. s_separators, '[', ']', '(', ')']);

    private static string Listed(string option, IReadOnlyList<string> names) =>
        ShellWord.Option(option, string.Join(',', names));
}
