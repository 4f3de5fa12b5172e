namespace Plumb.Tests.Cli;

/// <summary>Which columns are inputs and targets where options do not name each.</summary>
public sealed class ColumnChoiceTests
{
    private const string Data = "id,x1,x2,y1,y2\n1,2,3,4,1\n2,3,1,5,1\n3,1,2,0,2\n4,4,4,1,7\n5,0,1,1,2\n6,2,2,9,4\n";

    [Theory]
    [InlineData("--target y1", "id,x1,x2,y2", "y1")]
    [InlineData("--target y1 --exclude id", "x1,x2,y2", "y1")]
    [InlineData("--target y1 --exclude id,y2", "x1,x2", "y1")]
    [InlineData("--target y1 --exclude id --exclude y2", "x1,x2", "y1")]
    [InlineData("--target y1 --exclude y*", "id,x1,x2", "y1")] // no pattern leaves out what is named
    [InlineData("--target y1 --exclude *d,*2", "x1", "y1")]
    [InlineData("--target y*", "id,x1,x2", "y1,y2")]
    [InlineData("--target y* --exclude y2", "id,x1,x2", "y1")]
    [InlineData("--target y* --input x*", "x1,x2", "y1,y2")]
    [InlineData("--target y1 --input *", "id,x1,x2,y2", "y1")]
    [InlineData("--target y1 --input * --exclude id", "x1,x2,y2", "y1")]
    [InlineData("--target y1,y2 --input x2,i*,x*", "x2,id,x1", "y1,y2")]
    [InlineData("--target y1 --input *1", "x1", "y1")]
    [InlineData("--target y1 --input i*d,x2^2", "id,x2^2", "y1")]
    [InlineData("--target y1 --input poly(x1,2),x2*", "x1,x1^2,x2", "y1")]
    [InlineData("--target y1 --input x1*x2", "x1,x2,x1:x2", "y1")] // a product is no pattern
    [InlineData("-t y1 -i x1", "x1", "y1")]
    [InlineData("--targets y1 --features x1,x2", "x1,x2", "y1")]
    [InlineData("--y y1 --x x1,x2 --sep ,", "x1,x2", "y1")]
    [InlineData("--label y1 --predictors x1", "x1", "y1")]
    public async Task Columns_are_those_that_are_meant(string words, string inputs, string targets)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", Data);
        foreach (string[] command in new string[][] { ["fit", "--json"], ["train", "--json", "--steps", "1"] })
        {
            var run = await CliRun.Of([command[0], file, .. words.Split(' '), .. command[1..]]);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal((inputs, targets), (Names(run, "inputs"), Names(run, "targets")));
        }
    }

    [Fact]
    public async Task Column_that_bears_the_name_of_a_pattern_comes_first()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", "x*,x1,x2,y\n1,2,3,4\n2,3,1,5\n3,1,2,0\n4,4,4,1\n");
        Assert.Equal("x*", Names(await CliRun.Of("fit", file, "--target", "y", "--input", "x*", "--json"), "inputs"));
        Assert.Equal("x1,x2",
            Names(await CliRun.Of("fit", file, "--target", "y", "--exclude", "x*", "--json"), "inputs"));
    }

    [Theory]
    [InlineData("--target z*", "--target holds 'z*', which stands for no column of")]
    [InlineData("--target y1 --input y1*", "--input holds 'y1*', which stands for no column of d.csv that is left")]
    [InlineData("--target *", "every column of")]
    [InlineData("--target y1 --exclude idd", "--exclude names 'idd', but")]
    [InlineData("--target y1 --exclude z*", "--exclude holds 'z*', which stands for no column of")]
    [InlineData("--target y1 --exclude y1", "'y1' is named by --target and left out by --exclude; leave it out of one")]
    [InlineData("--target y1 --exclude x1 --input x2,x1", "'x1' is named by --input and left out by --exclude")]
    [InlineData("--target y1 --input -id", "--input names '-id', but d.csv has no such column (its columns: id, x1, "
        + "x2, y1, y2); did you mean --exclude id?")]
    public async Task What_means_no_column_is_refused(string words, string message)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of(["fit", folder.Write("d.csv", Data), .. words.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message, run.Error.Replace(folder["d.csv"], "d.csv", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y1", "y2", "warning")]
    [InlineData("y", "y2", "warning")]
    [InlineData("target_2", "target_1", "warning")]
    [InlineData("out_x", "out_z", "warning")]
    [InlineData("Y", "y2", "warning")]
    [InlineData("y", "y_lag", "information")]
    [InlineData("y_b", "y", "information")]
    [InlineData("price", "price per unit", "information")]
    [InlineData("price", "prices", null)]
    [InlineData("y", "year", null)]
    [InlineData("1", "2", null)]
    [InlineData("heating_load", "cooling_load", null)]
    public async Task Input_that_is_named_like_the_target_is_said_and_the_advice_works(string target, string input,
        string? severity)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", $"{target},{input},a\n1,2,3\n2,3,1\n3,1,2\n4,4,4\n0,1,5\n");
        var run = await CliRun.Of("fit", file, "--target", target, "--json");
        var found = run.Json().GetProperty("findings").EnumerateArray()
            .Where(finding => finding.Text("code") == "named-like-target").ToList();
        Assert.Equal(severity is null ? [] : [severity], found.Select(finding => finding.Text("severity")));
        Assert.False(run.Json().GetProperty("inputsNamed").GetBoolean());
        if (severity is null)
        {
            return;
        }

        Assert.Contains($"'{input}' is named like the target '{target}', and was taken as an input.",
            found[0].Text("message"), StringComparison.Ordinal);
        Assert.Contains("Leave it out by --exclude ", found[0].Text("remedy"), StringComparison.Ordinal);
        foreach (string[] advice in new string[][] { ["--exclude", input], ["--target", $"{target},{input}"],
            ["--input", $"{input},a"] })
        {
            var followed = await CliRun.Of(
                ["fit", file, .. advice[0] == "--target" ? [] : (string[])["--target", target], .. advice, "--json"]);
            Assert.Equal(0, followed.ExitCode);
            Assert.DoesNotContain("named-like-target", followed.Json().Codes());
        }
    }

    [Theory]
    [InlineData("fit", "")]
    [InlineData("train", "")]
    [InlineData("next", " --box id=0:1,x1=0:1,x2=0:1,y2=0:1")]
    public async Task Head_of_a_report_names_inputs_that_nobody_named(string command, string more)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of([command, folder.Write("d.csv", Data), .. ("--target y1" + more).Split(' ')]);
        Assert.Contains("Inputs, all other columns: id, x1, x2, y2.", run.OneLine(),
            StringComparison.Ordinal);
        Assert.Contains("'y2' is named like the target 'y1'", run.OneLine(), StringComparison.Ordinal);
        if (command != "next")
        {
            run = await CliRun.Of(command, folder["d.csv"], "--target", "y1", "--input", "x1,x2");
            Assert.Contains("6 rows, 2 inputs, 1 target", run.OneLine(), StringComparison.Ordinal);
            Assert.DoesNotContain("named like", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Moments_and_explain_leave_columns_out_too()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", Data);
        await CliRun.Of("moments", file, "--exclude", "id", "-o", folder["a.moments"]);
        Assert.Equal("x1,x2,y2",
            Names(await CliRun.Of("fit", folder["a.moments"], "--target", "y1", "--json"), "inputs"));
        await CliRun.Of("moments", file, "--column", "x*,y1", "-o", folder["b.moments"]);
        Assert.Equal("x1,x2", Names(await CliRun.Of("fit", folder["b.moments"], "--target", "y1", "--json"), "inputs"));
        var weights = folder.Write("w.json", "[1, 2]");
        var run = await CliRun.Of("explain", weights, file, "--target", "y1", "--exclude", "id,y2", "--json");
        Assert.Equal("x1,x2", Names(run, "inputs"));
    }

    private static string Names(CliRun run, string property) =>
        string.Join(',', run.Json().GetProperty(property).EnumerateArray().Select(name => name.GetString()));
}
