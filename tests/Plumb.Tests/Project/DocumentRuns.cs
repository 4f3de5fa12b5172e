using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Plumb.Tests.Cli;

namespace Plumb.Tests;

/// <summary>Runs the commands of a document, whose outputs stand below them.</summary>
internal static partial class DocumentRuns
{
    /// <summary>The document with what its commands print now. They share a folder, in which files that one writes are
    /// found by the next; "| head -9" shows the first lines of an output, "| sed -n 6,10p" some of them.</summary>
    public static async Task<string> CurrentAsync(string text)
    {
        using var folder = new TemporaryFolder();
        var current = text;
        foreach (Match block in OutputBlock().Matches(text))
        {
            var command = block.Groups["command"].Value;
            var (words, from, to) = Shown().Match(command) is { Success: true } shown
                ? (command[..shown.Index], Line(shown.Groups["from"], 1), Line(shown.Groups["to"], 0))
                : (command, 1, int.MaxValue);
            var run = await CliRun.Of([.. CommandLineParser.SplitCommandLine(words).Select(word =>
                word.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, word)
                    : FileName().IsMatch(word) ? folder[word] : word)]);
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
            var lines = run.Output.Replace(Repository.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                .Replace(folder["x"][..^1], "", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
            var output = string.Join('\n', lines.Take(to).Skip(from - 1)).TrimEnd('\n');
            current = current.Replace(block.Value, $"```text\n$ plumb {command}\n{output}\n```",
                StringComparison.Ordinal);
        }

        return current;
    }

    private static int Line(Group group, int otherwise) => group.Success
        ? int.Parse(group.Value, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@" \| (head -(?<to>\d+)|sed -n (?<from>\d+),(?<to>\d+)p)$")]
    private static partial Regex Shown();

    [GeneratedRegex(@"```text\n\$ plumb (?<command>[^\n]+)\n(?:(?!```)[^\n]*\n)*```")]
    private static partial Regex OutputBlock();

    [GeneratedRegex(@"^[\w-]+\.(json|csv|npz|safetensors|moments|py|h|cs|onnx|html|md)$")]
    private static partial Regex FileName();
}
