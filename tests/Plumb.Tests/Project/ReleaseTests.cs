using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Plumb.Tests;

/// <summary>What is said of a release is said of this one.</summary>
public sealed partial class ReleaseTests
{
    private static readonly string s_version = Version().Match(Text("Directory.Build.props")).Groups[1].Value;

    [Fact]
    public void Citation_names_the_version() =>
        Assert.Contains($"\nversion: {s_version}\n", Text("CITATION.cff"), StringComparison.Ordinal);

    [Fact]
    public void Changelog_begins_with_the_version() =>
        Assert.Matches($@"\A# Changelog\n\n## {Regex.Escape(s_version)}(,|\n)", Text("CHANGELOG.md"));

    [Fact]
    public void Notes_of_a_release_are_its_section_of_the_changelog()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("bash may be missing");
        }

        var (exit, notes) = Notes(s_version);
        Assert.Equal(0, exit);
        var section = Text("CHANGELOG.md").Split("\n## ")[1];
        Assert.Equal($"# Plumb {s_version}{section[section.IndexOf('\n')..].TrimEnd('\n')}\n", notes);
        Assert.Equal(1, Notes("9.9.9").Exit);
    }

    private static (int Exit, string Notes) Notes(string version)
    {
        using var process = Process.Start(new ProcessStartInfo("bash",
            [Path.Combine(Repository.Root, ".ci", "release-notes"), version])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var notes = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, notes);
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex("<Version>(.*?)</Version>")]
    private static partial Regex Version();
}
