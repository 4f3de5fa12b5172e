using System.Text.RegularExpressions;

namespace Plumb.Tests;

/// <summary>docs/findings.md holds every code that the sources can make, and no other.</summary>
public sealed partial class FindingsPageTests
{
    private static readonly string s_page =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "findings.md"));

    [Fact]
    public void Page_has_every_code_once_and_no_other() =>
        Assert.Equal(FindingCodes.All.Keys.Order(StringComparer.Ordinal),
            Entries().Select(entry => entry.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_is_a_constant_of_its_name() =>
        Assert.Equal(FindingCodes.All.Keys.Select(code => (Pascal(code), code)).Order(),
            typeof(Plumb.FindingCodes).GetFields()
                .Select(field => (field.Name, (string)field.GetValue(null)!)).Order());

    [Fact]
    public void Codes_are_as_many_as_one_would_think() => Assert.InRange(FindingCodes.All.Count, 90, 200);

    [Fact]
    public void Every_code_has_an_example_a_meaning_and_what_to_do() => Assert.Empty(Entries()
        .Where(entry => !Entry().IsMatch(entry.Text)).Select(entry => entry.Code));

    [Fact]
    public void Examples_are_sentences_of_the_sources() => Assert.Empty(Entries()
        .Where(entry => FindingCodes.All.GetValueOrDefault(entry.Code) is { Count: > 0 } parts
            && !parts.Any(part => Example(entry.Text).Contains(part, StringComparison.Ordinal)))
        .Select(entry => entry.Code + ": none of " + string.Join(" | ", FindingCodes.All[entry.Code])));

    private static string Pascal(string code) =>
        string.Concat(code.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Example(string entry) => string.Join(' ',
        entry.Split('\n').Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..]));

    private static IEnumerable<(string Code, string Text)> Entries() =>
        s_page.ReplaceLineEndings("\n").Split("\n### ").Skip(1)
            .Select(entry => (entry[1..entry.IndexOf('`', 1)], entry));

    // The heading, an example, what it means, what to do.
    [GeneratedRegex(@"^`[a-z0-9-]+`\n\n(> .+\n)+\n(?!\*\*Do)(.+\n)+\n\*\*Do:\*\* .+\n?", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
