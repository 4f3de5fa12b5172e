namespace Plumb.Tests.Cli;

/// <summary>Rows that count for nothing are told.</summary>
public sealed class WeightZeroTests
{
    private const string Data = "x,y,w\n1,2,1\n2,3,0\n3,5,2\n4,4,0\n5,7,1\n6,8,3\n";

    [Theory]
    [InlineData("--weight", "2 rows of weight 0 are left out.")]
    [InlineData("--frequency", "2 rows of frequency 0 are left out.")]
    public async Task Rows_of_weight_0_are_counted(string option, string message)
    {
        var fit = (await CliRun.WithInput(Data, "fit", "-", "--target", "y", option, "w", "--json")).Json();
        var finding = Assert.Single(fit.GetProperty("findings").EnumerateArray(),
            finding => finding.Text("code") == "weight-zero");
        Assert.Equal(message, finding.Text("message"));
    }

    [Fact]
    public async Task One_row_is_one_row()
    {
        var run = await CliRun.WithInput(Data.Replace("4,4,0", "4,4,1", StringComparison.Ordinal), "fit", "-",
            "--target", "y", "--weight", "w");
        Assert.Contains("1 row of weight 0 is left out.", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_above_0_are_no_news() =>
        Assert.DoesNotContain("weight-zero",
            (await CliRun.WithInput(Data.Replace(",0\n", ",1\n", StringComparison.Ordinal), "fit", "-", "--target", "y",
                "--weight", "w", "--json")).Json().Codes());
}
