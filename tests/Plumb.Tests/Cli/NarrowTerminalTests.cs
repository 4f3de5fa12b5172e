using Plumb.Cli.Reports;
using Spectre.Console;

namespace Plumb.Tests.Cli;

public sealed class NarrowTerminalTests
{
    [Fact]
    public void Table_on_a_narrow_terminal_breaks_no_number()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console =
            AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 20;
        var table = ReportParts.Table("input", "weight", "p");
        table.Row("surface_area_of_the_roof", "-123.456789", "0.0396");
        console.WriteTable(table);
        Assert.Contains("surface_area_of_the_roof", output.ToString());
        Assert.Contains("-123.456789", output.ToString());
        Assert.Contains("0.0396", output.ToString());
        Assert.Equal(20, console.Profile.Width);
    }
}
