using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Plumb.Cli;

/// <summary>
/// Standard input, output and error of one run, and how they look to a person: colours and live progress on a terminal,
/// plain text elsewhere.
/// </summary>
public sealed class ProcessStreams
{
    private const int TextBufferSize = 1 << 15; // characters
    // Not before there is something to say: making one takes as long as reading megabytes.
    private readonly Lazy<IAnsiConsole> _console;
    private readonly Lazy<IAnsiConsole> _errorConsole;
    private readonly Func<int>? _messageWidth; // none: a message is one line

    private ProcessStreams(Stream input, Stream output, TextWriter error, ConsoleStyle outputLook,
        ConsoleStyle errorLook)
    {
        Input = input;
        Output = output;
        Out = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        Error = error;
        _console = new(() => outputLook.On(Out));
        _errorConsole = new(() => errorLook.On(Error));
        IsLive = errorLook.HasControl;
        _messageWidth = errorLook.IsTerminal ? () => ErrorConsole.Profile.Width : null;
        IsWatched = outputLook.IsTerminal;
    }

    /// <summary>Standard input, as bytes.</summary>
    public Stream Input { get; }

    /// <summary>Standard output, as bytes.</summary>
    public Stream Output { get; }

    /// <summary>Standard output, as text; flushed at the end of the run.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error, as text.</summary>
    public TextWriter Error { get; }

    /// <summary>Standard output for reports: tables, rules, colours.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>Standard error for progress.</summary>
    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    /// <summary>
    /// Whether standard error is a terminal whose cursor can be moved, so that progress is worth drawing.
    /// </summary>
    public bool IsLive { get; }

    /// <summary>The columns of standard output.</summary>
    public int Width => Console.Profile.Width;

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsWatched { get; }

    /// <summary>The streams of this process.</summary>
    public static ProcessStreams OfProcess()
    {
        if (!System.Console.IsOutputRedirected)
        {
            System.Console.OutputEncoding = Encoding.UTF8;
        }

        return new ProcessStreams(
            InheritedStream.IsOpen(0) ? System.Console.OpenStandardInput()
                : new ClosedStream("standard input", "name a file, or send data to it"),
            InheritedStream.IsOpen(1) ? OpenStandardOutput()
                : new ClosedStream("standard output", "send it to a file, or to /dev/null"),
            InheritedStream.IsOpen(2) ? new PatientWriter(System.Console.Error) : TextWriter.Null,
            ConsoleStyle.Of(isTerminal: !System.Console.IsOutputRedirected, Environment.GetEnvironmentVariable),
            ConsoleStyle.Of(isTerminal: !System.Console.IsErrorRedirected, Environment.GetEnvironmentVariable));
    }

    /// <summary>Streams that no person watches: plain text, 100 columns wide.</summary>
    public static ProcessStreams Redirected(Stream input, Stream output, TextWriter error) =>
        new(input, output, error, ConsoleStyle.Plain, ConsoleStyle.Plain);

    /// <summary>The same, of another width.</summary>
    internal static ProcessStreams Redirected(Stream input, Stream output, TextWriter error, int width) => new(input,
        output, error, ConsoleStyle.Plain with { Width = width }, ConsoleStyle.Plain with { Width = width });

    /// <summary>
    /// Writes a message that begins with "plumb: " to standard error: as one line, or on a terminal as lines of its
    /// width.
    /// </summary>
    public void WriteMessage(string message)
    {
        var line = $"plumb: {OneLine(RemedyFlags.AddTo(message))}";
        foreach (var part in _messageWidth is { } width ? WordWrap.Hanging(line, width()) : [line])
        {
            Error.WriteLine(part);
        }
    }

    /// <summary>Writes findings to standard error, one line each.</summary>
    public void Report(IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        foreach (var finding in findings)
        {
            var label = finding.Severity == Severity.Information ? "note" : "warning";
            WriteMessage($"{label}: {finding.Message} {finding.Remedy}".TrimEnd());
        }
    }

    /// <summary>Writes a JSON document to standard output: all of it, or nothing when writing it fails.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Out.Write(JsonText.Of(write));
        Out.Write('\n');
    }

    /// <summary>
    /// Writes bytes to a file, which appears complete or not at all; without a path, to standard output.
    /// </summary>
    public async Task WriteAsync(string? path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (path is not (null or "-"))
        {
            await AtomicFile.WriteAsync(path, write, cancellationToken);
            return;
        }

        await Out.FlushAsync(cancellationToken);
        await write(Output);
        await Output.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// Writes text, UTF-8 and with lines ending in LF, to a file, which appears complete or not at all; without a path,
    /// to standard output.
    /// </summary>
    public Task WriteTextAsync(string? path, Func<TextWriter, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return WriteAsync(
            path,
            async stream =>
            {
                await using var text = new StreamWriter(stream, bufferSize: TextBufferSize,
                    leaveOpen: true)
                { NewLine = "\n" };
                await write(text);
            },
            cancellationToken);
    }

    /// <summary>Sends on what is still held back.</summary>
    public async Task FlushAsync()
    {
        await Out.FlushAsync();
        await Error.FlushAsync();
    }

    // Text from files may hold line breaks, escape sequences, and marks that turn the writing round; none belongs into
    // a message.
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(IsPlain(rune) ? rune.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"));
        }

        return line.ToString();
    }

    // Two marks join the letters of many scripts and the parts of emoji.
    private static bool IsPlain(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator);

    // The console's own stream swallows a broken pipe, so 'plumb simulate | head' would go on computing for nobody.
    private static Stream OpenStandardOutput()
    {
        if (System.Console.IsOutputRedirected && !OperatingSystem.IsWindows())
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                // In a seekable file it would keep its own position and overwrite what standard error sends there.
                return pipe;
            }
        }

        return System.Console.OpenStandardOutput();
    }
}
