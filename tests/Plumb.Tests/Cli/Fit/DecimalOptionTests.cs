namespace Plumb.Tests.Cli;

/// <summary>--numbers decimal from the command line.</summary>
public sealed class DecimalOptionTests
{
    private const string Tenths =
        "a,b,c,y\n0.1,0.2,0.3,1\n0.7,0.1,0.8,2\n1.1,2.2,3.3,5\n0.3,0.6,0.9,2\n1e-3,2.5e-2,0.026,7\n";

    [Fact]
    public async Task Fit_of_decimals_finds_what_doubles_hide()
    {
        var decimals = await CliRun.WithInput(Tenths, "fit", "-", "--target", "y", "--numbers", "decimal");
        Assert.Equal(0, decimals.ExitCode);
        Assert.Contains("c = a + b on every row", decimals.Output, StringComparison.Ordinal);
        var doubles = await CliRun.WithInput(Tenths, "fit", "-", "--target", "y", "--numbers", "double");
        Assert.DoesNotContain("c = a + b on every row", doubles.Output, StringComparison.Ordinal);
        Assert.Contains("c = a + b on every row", (await CliRun.WithInput(Tenths, "fit", "-", "--target", "y")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moments_of_decimals_stand_in_for_the_data()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("t.csv", Tenths);
        Assert.Equal(0, (await CliRun.Of("moments", data, "-o", folder["t.moments"], "--numbers", "decimal")).ExitCode);
        string[] options = ["--target", "c", "--input", "a,b", "--json"];
        var direct = (await CliRun.Of(["fit", data, .. options, "--numbers", "decimal"])).Json();
        var kept = (await CliRun.Of(["fit", folder["t.moments"], .. options])).Json();
        Assert.Equal(direct.GetProperty("weights").GetRawText(), kept.GetProperty("weights").GetRawText());
        Assert.Equal([1.0, 1.0], kept.GetProperty("weights")[0].EnumerateArray().Select(weight => weight.GetDouble()));
        var other = folder.Write("u.csv", Tenths);
        Assert.Equal(0, (await CliRun.Of("moments", other, "-o", folder["u.moments"])).ExitCode);
        Assert.Equal(0,
            (await CliRun.Of("merge", folder["t.moments"], folder["u.moments"], "-o", folder["all.moments"])).ExitCode);
        Assert.Equal("10",
            (await CliRun.Of(["fit", folder["all.moments"], .. options])).Json().GetProperty("rows").GetRawText());
    }

    [Theory]
    [InlineData("train DATA --target y --numbers decimal", "'plumb train' computes in doubles")]
    [InlineData("explain model.json DATA --target y --numbers decimal", "'plumb explain' computes in doubles")]
    [InlineData("predict model.json DATA --numbers decimal", "'plumb predict' computes in doubles")]
    [InlineData("next DATA --target y --numbers decimal", "'plumb next' computes in doubles")]
    [InlineData("fit DATA --target y --numbers exact", "--numbers holds 'exact', expected auto or double or decimal")]
    [InlineData("fit data.parquet --target y --numbers decimal", "is not CSV")]
    [InlineData("fit data.moments --target y --numbers decimal", "holds moments")]
    public async Task What_cannot_be_done_with_decimals_is_a_usage_error(string words, string part)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("t.csv", Tenths);
        folder.Write("data.parquet", "PAR1");
        var run =
            await CliRun.Of(
                [.. words.Split(' ')
                    .Select(word => word == "DATA" ? data : word.StartsWith("data.", StringComparison.Ordinal)
                        ? folder[word] : word)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_too_many_digits_is_refused_with_the_file()
    {
        var run = await CliRun.WithInput("x,y\n1e-20,1\n1e20,2\n3,3\n", "fit", "-", "--target", "y", "--numbers",
            "decimal");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("standard input: column 'x' holds decimals from 10^20 down to 10^-20", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_in_a_row_are_read_as_one()
    {
        using var folder = new TemporaryFolder();
        var (first, second) =
            (folder.Write("1.csv", "x,y\n0.1,0.3\n0.2,0.5\n"), folder.Write("2.csv", "y,x\n0.701,0.3005\n0.9,0.4\n"));
        var run = await CliRun.Of("fit", first, second, "--target", "y", "--numbers", "decimal", "--json");
        Assert.Equal(2.0, run.Json().GetProperty("weights")[0][0].GetDouble());
        Assert.Equal(0.1, run.Json().GetProperty("bias")[0].GetDouble());
    }
}
