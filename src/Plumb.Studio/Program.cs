using System.CommandLine;
using Plumb.Cli;
using Plumb.Studio;

var terminal = ProcessStreams.OfProcess();
using var signals = new Signals(terminal);
try
{
    var options = new StudioOptions();
    var command = new RootCommand("Shows data, fit, rows and training of y = W x + b on a page of this machine.");
    options.AddTo(command);
    var untilInputEnds = new Option<bool>(StudioOptions.UntilInputEnds) { Hidden = true };
    command.Add(untilInputEnds);
    command.SetAction(async (parsed, cancellationToken) =>
    {
        var (file, port) = (options.File(parsed), options.Port(parsed));
        await using var server = await StudioServer.StartAsync(Environment.CurrentDirectory, file, port,
            cancellationToken);
        terminal.Out.WriteLine($"The studio is at {server.Address}");
        terminal.Out.WriteLine("Open this address in a browser on this machine; Ctrl-C ends it.");
        await terminal.FlushAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (parsed.GetValue(untilInputEnds))
        {
            _ = Task.Run(() => EndWithInput(terminal, stop), CancellationToken.None);
        }

        await server.RunAsync(stop.Token);
        return ExitCode.Done;
    });
    return await command.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        signals.Interruption);
}
catch (Exception exception) // the outermost boundary: a user sees one line, never a stack trace
{
    var failure = Failure.Of(exception);
    terminal.WriteMessage(failure.Message);
    return failure.ExitCode;
}

// 'plumb studio' holds the other end of this pipe, and is gone when it ends.
static void EndWithInput(ProcessStreams terminal, CancellationTokenSource stop)
{
    var buffer = new byte[64];
    while (terminal.Input.Read(buffer) > 0)
    {
        // Nothing is said this way.
    }

    stop.Cancel();
}
