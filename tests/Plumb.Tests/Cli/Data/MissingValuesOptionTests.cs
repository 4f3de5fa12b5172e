namespace Plumb.Tests.Cli;

/// <summary><c>--missing-values</c>, for text and for typed formats.</summary>
public sealed class MissingValuesOptionTests
{
    private const string Rows = "x,y\n1,3\n2,5\n3,-9999\n4,9.5\n5,-9999\n6,13\n7,15\n";

    [Fact]
    public async Task Rows_with_a_value_named_are_left_out_and_counted()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", folder.Write("d.csv", Rows), "--target", "y", "--missing-values=-9999,x");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("5 rows", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out: 2 of 7 rows; column 'y' 2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_named_stands_for_missing_in_typed_formats_too()
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("d.jsonl", "{\"x\":1,\"y\":3}\n{\"x\":2,\"y\":5.5}\n{\"x\":3,\"y\":-9999}\n"
            + "{\"x\":4,\"y\":9}\n");
        var run = await CliRun.Of("fit", text, "--target", "y", "--missing-values=-9999");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("left out: 1 of 4 rows; column 'y' 1", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--missing-values is empty", "--missing-values=,")]
    [InlineData("--missing refuse refuses them", "--missing-values=x", "--missing", "refuse")]
    [InlineData("is the decimal separator as well", "--thousands", ".")]
    public async Task Options_that_contradict_are_refused(string part, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of(["fit", folder.Write("d.csv", Rows), "--target", "y", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-9999", "-999")] // neither is far from the other
    [InlineData("-9999", "-99")]
    [InlineData("9999", "999")]
    public async Task Two_codes_in_one_column_are_both_told(string one, string other)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant(
            $"{i},{(i % 13 == 3 ? one : i % 13 == 7 ? other : FormattableString.Invariant($"{2 * i + i % 3}"))}\n"))));
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y");
        Assert.Equal(0, run.ExitCode);
        foreach (var code in (string[])[one, other])
        {
            Assert.Contains($"'y' holds {code} in 3 of 40 rows", run.OneLine(), StringComparison.Ordinal);
            Assert.Contains($"--missing-values={code})", run.OneLine(), StringComparison.Ordinal);
        }

        run = await CliRun.Of("fit", folder["d.csv"], "--target", "y", $"--missing-values={one},{other}");
        Assert.DoesNotContain("code for a missing value", run.OneLine(), StringComparison.Ordinal);
    }
}
