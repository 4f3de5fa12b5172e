using System.Text;
using Plumb.Cli;
using Spectre.Console;

namespace Plumb.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(true, "xterm", null, true)]
    [InlineData(true, "xterm", "", true)]
    [InlineData(true, "xterm", "1", false)]
    [InlineData(true, "dumb", null, false)]
    [InlineData(false, "xterm", null, false)]
    public void Appearance_has_colours_only_on_a_willing_terminal(bool isTerminal, string term, string? noColor,
        bool expected) =>
        Assert.Equal(expected,
            ConsoleStyle.Of(isTerminal, name => name == "TERM" ? term : name == "NO_COLOR" ? noColor : null).HasColor);

    [Fact]
    public async Task Redirected_console_is_plain_and_100_columns_wide()
    {
        using var output = new MemoryStream();
        var terminal = ProcessStreams.Redirected(Stream.Null, output, TextWriter.Null);
        terminal.Console.Write(new Rule("[red]title[/]"));
        terminal.Console.MarkupLine("[bold red]text[/]");
        await terminal.FlushAsync();
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal(100, lines[0].Length);
        Assert.Equal("text", lines[1]);
        Assert.False(terminal.IsLive);
    }

    [Fact]
    public void Report_gives_each_finding_one_line()
    {
        using var error = new StringWriter { NewLine = "\n" };
        ProcessStreams.Redirected(Stream.Null, Stream.Null, error).Report([
            new Finding(Severity.Information, "header", "the file has no header.", ""),
            new Finding(Severity.Warning, "odd", "column 'a\nb\u001b[31m' is odd.", "Rename it."),
        ]);
        Assert.Equal(
            "plumb: note: the file has no header.\nplumb: warning: column 'a\\u000Ab\\u001B[31m' is odd. Rename it.\n",
            error.ToString());
    }

    [Fact]
    public void Messages_keep_to_a_terminal_and_lose_no_letter() => Gen.Select(Gen.Int[3, 120],
        Gen.String[Gen.Char['a', 'z'], 1, 30].Array[1, 30]).Sample((width, words) =>
        {
            var text = "plumb: " + string.Join(' ', words);
            var lines = WordWrap.Hanging(text, width);
            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
            Assert.All(lines.Skip(1), line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal),
                string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        }, iter: 300);

    [Fact]
    public async Task WriteJson_that_fails_writes_nothing()
    {
        using var output = new MemoryStream();
        var terminal = ProcessStreams.Redirected(Stream.Null, output, TextWriter.Null);
        Assert.Throws<InvalidDataException>(() => terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            throw new InvalidDataException();
        }));
        await terminal.FlushAsync();
        Assert.Equal(0, output.Length);
    }
}
