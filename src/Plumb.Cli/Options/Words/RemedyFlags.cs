using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumb.Cli;

/// <summary>
/// The flags of what the library tells a user to do: "name another separator" becomes "name another separator
/// (--delimiter)". The actions are those of <see cref="Remedies"/>.
/// </summary>
internal static class RemedyFlags
{
    private const string Quoted = "'(.)'"; // a character

    // An action, and its flag; what the parentheses of the action hold stands in the flag as $1.
    private static readonly (string Action, string Flag)[] s_flags =
    [
        (Remedies.LeaveColumnOut, "--exclude"),
        (Remedies.LeaveEmptyColumnsOut, "--exclude"),
        (Remedies.NameColumns, "--target, --input"),
        (Remedies.SkipComments, "--comment \"#\""),
        (Remedies.NameSeparator, "--delimiter"),
        (Remedies.SeparateByBlanks, "--delimiter spaces"),
        (Remedies.LeaveLastLineOut, "--footer 1"),
        (Remedies.KeepLastLines, "--footer 0"),
        (Remedies.TakeFirstRowForNames, "--header"),
        (Remedies.KeepFirstRow, "--no-header"),
        (Remedies.LeaveUnseenEmpty, "--unseen missing"),
        (Remedies.DropRows, "--missing drop"),
        (Remedies.NameTable, "--table"),
        (Remedies.ReadFolders, "--folders"),
        (Remedies.LeaveFoldersOut, "without --folders"),
        (Remedies.NameFilesInQuery, "--sql alone"),
        (Remedies.GiveFileBesideQuery, "DATA --sql"),
        (Remedies.ReadNearestDoubles, "--numbers double"),
        (Remedies.DoNotTranspose, "without --transposed"),
        (Remedies.Transpose, "--transposed"),
        (Remedies.DoNotPlaceBias, "without --bias-at"),
        (Remedies.NameWeights, "--weights-name"),
        (Remedies.NameCoefficients, "--weights-name"),
        (Remedies.NameBias, "--bias-name"),
        (Remedies.ReadDayFirst, "--date-order dmy"),
        (Remedies.ReadMonthFirst, "--date-order mdy"),
        (Remedies.GiveInputNoise, "--input-noise"),
        (Remedies.RowsAreInOrder, "--ordered"),
        (Remedies.TrainOnStandardized, "plumb train --standardize"),
        (Remedies.TakeRepaired, "plumb explain -o FILE"),
        (Remedies.TakeAnotherLineForNames, "--header-row"),
        (@"take line (\d+) for the names and the line below for units", "--header-row $1 --units"),
        (@"take line (\d+) for the names", "--header-row $1"),
        (@"skip the first (\d+) lines", "--skip $1"),
        ("skip the first line", "--skip 1"),
        ($"read {Quoted} as the decimal separator and between fields", "--decimal \"$1\" --delimiter \"$1\""),
        ($"read {Quoted} as the decimal separator", "--decimal \"$1\""),
        ($"read {Quoted} as the separator of thousands", "--thousands \"$1\""),
        (@"take (-?\d[-+.\dE]*) for a missing value", "--missing-values=$1"),
        (@"cluster the errors by '(\w+)'", "--errors cluster:$1"),
        ("cluster the errors by '([^']+)'", "--errors \"cluster:$1\""),
        ("add the product (.+?) to the inputs", "--input \"..., $1\""),
        ("say that the (first|last) number is the bias", "--bias-at $1"),
    ];

    // The longest action at a place; those that have their flag already are left as they are.
    private static readonly Lazy<(Regex Action, string Flag)[]> s_actions = new(() =>
        [.. s_flags.Select(pair => (new Regex(@"\b" + pair.Action
            + @"(?! \(|\w)(?! and between fields)(?! and the line below)", RegexOptions.CultureInvariant
            | RegexOptions.IgnoreCase), pair.Flag))]);

    /// <summary>A text with the flag of every action that it names.</summary>
    public static string AddTo(string text)
    {
        foreach (var (action, flag) in s_actions.Value)
        {
            text = action.Replace(text, match => IsPartOfLonger(text, match) ? match.Value
                : string.Create(CultureInfo.InvariantCulture, $"{match.Value} ({match.Result(flag)})"));
        }

        return text;
    }

    /// <summary>The same where the command itself takes no --errors: the flag is that of 'plumb fit'.</summary>
    public static string AddForOthers(string text) =>
        AddTo(text).Replace("(--errors ", "(plumb fit --errors ", StringComparison.Ordinal);

    /// <summary>Findings, their remedies with the flags.</summary>
    public static IReadOnlyList<Finding> AddTo(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(finding => finding with { Remedy = AddTo(finding.Remedy) })];

    /// <summary>A page, with the flags of what its findings say and of what it leaves out.</summary>
    public static Page AddTo(Page page) => page with { Parts = [.. page.Parts.Select(AddTo)] };

    /// <summary>The same where the command itself takes no --errors.</summary>
    public static Page AddForOthers(Page page) => page with
    {
        Parts = [.. page.Parts.Select(part => part is PageFindings { Findings: var findings }
            ? new PageFindings([.. findings.Select(finding =>
                finding with { Message = AddForOthers(finding.Message), Remedy = AddForOthers(finding.Remedy) })])
            : part)],
    };

    private static PagePart AddTo(PagePart part) => part switch
    {
        PageFindings { Findings: var findings } => new PageFindings([.. findings.Select(finding =>
            finding with { Message = AddTo(finding.Message), Remedy = AddTo(finding.Remedy) })]),
        PageText text => text with
        {
            Text = text.Text.Replace(PageParts.JsonGives, "--json gives", StringComparison.Ordinal),
        },
        _ => part,
    };

    // "do not say that ..." is another action than "say that ...".
    private static bool IsPartOfLonger(string text, Match match) =>
        text.AsSpan(0, match.Index).EndsWith("do not ", StringComparison.OrdinalIgnoreCase);
}
