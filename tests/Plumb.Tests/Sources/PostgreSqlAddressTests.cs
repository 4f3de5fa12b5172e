using Plumb.Tests.Cli;

namespace Plumb.Tests.Sources;

public sealed class PostgreSqlAddressTests
{
    [Theory]
    [InlineData("postgres://ann:secret@db.example:5433/sales?sslmode=disable", "postgres://ann@db.example:5433/sales")]
    [InlineData("postgresql://db.example", "postgresql://db.example/")]
    public void Name_leaves_the_password_and_the_settings_out(string text, string name) =>
        Assert.Equal(name, PostgreSqlAddress.Parse(text).Name);

    [Theory]
    [InlineData("postgres://ann:sec ret@:x/")]
    [InlineData("postgres://h/d?nonsense=secret")]
    [InlineData("mysql://ann:secret@h/d")]
    public void Address_that_cannot_be_understood_is_refused_without_repeating_it(string text) =>
        Assert.DoesNotContain("sec", Assert.Throws<FormatException>(() => PostgreSqlAddress.Parse(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Server_that_is_not_there_is_an_error_of_the_environment()
    {
        var run = await CliRun.Of("fit", "postgres://ann:secret@127.0.0.1:1/sales", "--target", "y");
        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: postgres://ann@127.0.0.1:1/sales: cannot connect", run.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }
}
