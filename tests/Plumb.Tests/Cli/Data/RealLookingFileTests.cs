using System.Text.RegularExpressions;

namespace Plumb.Tests.Cli;

/// <summary>
/// Each of 100 files that look real is read right, or refused with advice that, followed, leads to a fit with the right
/// numbers.
/// </summary>
public sealed partial class RealLookingFileTests
{
    private const int MostRefusals = 3;

    public static TheoryData<string, int> Files => RealLookingFiles.Names;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_is_read_right_or_refused_with_advice_that_works(string family, int seed)
    {
        using var folder = new TemporaryFolder();
        var (file, plain) = RealLookingFiles.Of(family, seed);
        var expected = Numbers(await FitAsync(folder.Write("plain.csv", plain), ["a", "b", "c"], []));
        await File.WriteAllBytesAsync(folder["d.csv"], file.Bytes, TestContext.Current.CancellationToken);
        List<string> messages = [];
        Assert.True(await LeadsToAsync(folder["d.csv"], file, [], expected, messages),
            string.Join('\n', messages) + "\n" + file.Text);
    }

    // Follows each way that a refusal names, until one leads to the numbers.
    private static async Task<bool> LeadsToAsync(string path, RealLookingFile file, string[] options, string expected,
        List<string> messages)
    {
        var commented = options.Contains("--no-header") || options.Contains("--comment");
        var columns = commented && !file.Columns.Contains("y") ? ["x1", "x2", "y"] : file.Columns;
        var run = await FitAsync(path, columns, options);
        messages.Add(string.Join(' ', options) + ": " + run.Error);
        if (run.ExitCode == 0)
        {
            messages.Add(Numbers(run) + " for " + expected);
            return Numbers(run) == expected;
        }

        if (messages.Count > 20 || options.Length > 2 * MostRefusals)
        {
            return false;
        }

        foreach (Match way in Ways().Matches(run.Error))
        {
            string[] more = [.. Words().Matches(way.Value).Select(word => word.Value.Trim('"'))];
            if (await LeadsToAsync(path, file, [.. options, .. more], expected, messages))
            {
                return true;
            }
        }

        return false;
    }

    private static Task<CliRun> FitAsync(string path, string[] columns, string[] options) => CliRun.Of(
        ["fit", path, "--input", columns[0] + "," + columns[1], "--target", columns[2], "--json", .. options]);

    private static string Numbers(CliRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return string.Join('\n', ((string[])["rows", "weights", "bias", "standardErrors"])
            .Select(name => run.Json().GetProperty(name).GetRawText()));
    }

    // Options that stand together: --header-row 1 --units.
    [GeneratedRegex("(?:--(?:delimiter|decimal|thousands|header|no-header|skip|header-row|units|footer|comment|missing)"
        + "(?![a-z-])(?: (?:\"[^\"]*\"|[0-9]+|drop|spaces|tab))?(?: (?=--)|))+")]
    private static partial Regex Ways();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
