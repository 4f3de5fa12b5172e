using Plumb.Cli;

namespace Plumb.Tests.Cli;

public sealed class NamesTests
{
    private static readonly string[] s_columns = ["a", "b", "a,b", "c", "heating_load", "x, y"];

    [Theory]
    [InlineData("a|b", "a|b")]
    [InlineData("a,c", "a|c")]
    [InlineData("c, a", "c|a")]
    [InlineData("a,b", "a,b")] // the whole name of a column goes before a list
    [InlineData("c,a,b", "c|a,b")]
    [InlineData("x, y,c", "x, y|c")]
    public void Resolve_reads_repeated_and_listed_names(string values, string expected) =>
        Assert.Equal(expected.Split('|'), Names.Resolve("--target", values.Split('|'), s_columns, "f.csv"));

    [Theory]
    [InlineData("heatin_load",
        "--target names 'heatin_load', but f.csv has no such column (its columns: a, b, a,b, c, heating_load, x, y); "
            + "did you mean 'heating_load'?")]
    [InlineData("A", "did you mean 'a'?")]
    [InlineData("", "--target names '', but f.csv has no such column")]
    [InlineData("a|c,a", "--target names 'a' twice; name each column once.")]
    public void Resolve_refuses_as_usage_what_is_no_column(string values, string message)
    {
        var refusal =
            Assert.Throws<CommandException>(() => Names.Resolve("--target", values.Split('|'), s_columns, "f.csv"));
        Assert.Equal(2, refusal.ExitCode);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_takes_all_other_columns_as_inputs() =>
        Assert.Equal(new VariableNames(["a", "c"], ["b"]),
            Names.Choose(TableColumns.OfNumbers(["a", "b", "c"]), [], ["b"], [], "f.csv").Columns);

    [Fact]
    public void Choose_keeps_the_order_that_was_asked_for() =>
        Assert.Equal(new VariableNames(["c", "a"], ["b"]),
            Names.Choose(TableColumns.OfNumbers(["a", "b", "c"]), ["c,a"], ["b"], [], "f.csv").Columns);

    [Theory]
    [InlineData("a,b", "b", "'b' is named by --input and by --target")]
    [InlineData("", "a,b,c", "every column of f.csv is a target")]
    public void Choose_refuses_a_column_that_is_both_or_inputs_that_are_none(string inputs, string targets,
        string message)
    {
        var refusal =
            Assert.Throws<CommandException>(() =>
                Names.Choose(TableColumns.OfNumbers(["a", "b", "c"]), inputs.Length > 0 ? [inputs] : [], [targets],
                    [], "f.csv"));
        Assert.Equal(2, refusal.ExitCode);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
