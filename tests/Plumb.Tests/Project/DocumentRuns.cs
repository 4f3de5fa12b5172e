using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Plumb.Tests.Cli;

namespace Plumb.Tests;

/// <summary>Runs the commands of a document, whose outputs stand below them.</summary>
internal static partial class DocumentRuns
{
    /// <summary>The document with what its commands print now. They share a folder, in which files that one writes are
    /// found by the next; "| head -9" shows the first lines of an output.</summary>
    public static async Task<string> CurrentAsync(string text)
    {
        using var folder = new TemporaryFolder();
        var current = text;
        foreach (Match block in OutputBlock().Matches(text))
        {
            var command = block.Groups["command"].Value;
            var parts = command.Split(" | head -");
            var run = await CliRun.Of([.. CommandLineParser.SplitCommandLine(parts[0]).Select(word =>
                word.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, word)
                    : FileName().IsMatch(word) ? folder[word] : word)]);
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
            var lines = run.Output.Replace(Repository.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                .Replace(folder[""], "", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
            var shown = parts.Length > 1 ? lines.Take(int.Parse(parts[1], CultureInfo.InvariantCulture)) : lines;
            current = current.Replace(block.Value,
                $"```text\n$ plumb {command}\n{string.Join('\n', shown).TrimEnd('\n')}\n```", StringComparison.Ordinal);
        }

        return current;
    }

    [GeneratedRegex(@"```text\n\$ plumb (?<command>[^\n]+)\n(?:(?!```)[^\n]*\n)*```")]
    private static partial Regex OutputBlock();

    [GeneratedRegex(@"^[\w-]+\.(json|csv|npz|safetensors|moments|py|h|cs|onnx|html|md)$")]
    private static partial Regex FileName();
}
