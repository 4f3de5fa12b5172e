using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The headings that options stand below in the help of a command with many.</summary>
internal static class HelpGroups
{
    private const int FewOptions = 12; // need no headings
    private const string Others = "Options";

    private static readonly (string Heading, string[] Options)[] s_groups =
    [
        ("Data",
        [
            "--column", "--target", "--input", "--formula", "--exclude", "--categorical", "--reference", "--coding",
            "--date-origin", "--date-unit", "--weight", "--frequency", "--sigma", "--sql",
            "--where", "--folders", "--table", "--push-down", "--part", "--whole-files", "--from-answers",
        ]),
        ("Model",
            ["--weights-name", "--bias-name", "--transposed", "--bias-at"]),
        ("Points to measure", ["--candidates", "--box", "--count", "--goal"]),
        ("Tests", ["--all-equal", "--against", "--by", "--adjust"]),
        ("Method",
        [
            "--optimizer", "--learning-rate", "--batch", "--loss", "--standardize", "--schedule", "--warm-up",
            "--momentum", "--clip", "--weight-decay", "--init", "--seed", "--no-bias", "--ridge", "--interval",
            "--level", "--simultaneous",
            "--errors", "--ordered", "--input-noise", "--no-second-look", "--data-precision", "--start",
        ]),
        ("Stopping", ["--steps", "--tolerance", "--time", "--holdout", "--patience"]),
        ("Output",
        [
            "--output", "--json", "--report", "--svg", "--plot", "--truth", "--explain", "--evidence",
            "--covariance", "--statistics", "--residuals", "--influence", "--keep",
            "--with-data", "--unseen", "--all", "--bends", "--checkpoint", "--every", "--resume", "--log",
            "--tensorboard",
        ]),
        ("Reading text",
        [
            "--delimiter", "--decimal", "--thousands", "--header", "--no-header", "--header-row", "--skip", "--units",
            "--footer", "--comment", "--missing", "--missing-values", "--date-order", "--numbers",
        ]),
    ];

    /// <summary>The options of a command below their headings, in the order that they are shown in.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<Option> Options)> Of(Command command)
    {
        Option[] shown = [.. All(command).Where(option => !option.Hidden)];
        if (shown.Length <= FewOptions)
        {
            return [(Others, shown)];
        }

        return s_groups.Select(group => (group.Heading, Named(group.Options, shown)))
            .Append((Others, [.. shown.Where(option => s_groups.All(group => !group.Options.Contains(option.Name)))]))
            .Where(group => group.Item2.Count > 0);
    }

    /// <summary>The options of a command, and those that every command has.</summary>
    public static IEnumerable<Option> All(Command command) => command.Options.Concat(command.Parents
        .OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));

    private static IReadOnlyList<Option> Named(string[] names, Option[] options) =>
        [.. names.Select(name => options.FirstOrDefault(option => option.Name == name)).OfType<Option>()];
}
