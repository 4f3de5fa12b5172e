using System.Runtime.InteropServices;

namespace Plumb.Cli;

/// <summary>
/// Ctrl-C, the request to end, and the end of the terminal, from the first moment of the process: System.CommandLine
/// listens only once a command
/// has come to its first wait, by when files may have been begun.
/// </summary>
internal sealed class Signals : IDisposable
{
    // What computes without a look at its token is not waited for.
    private static readonly TimeSpan s_longestEnding = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _interruption = new();
    private readonly ProcessStreams _terminal;
    private readonly IReadOnlyList<PosixSignalRegistration> _registrations;

    /// <param name="terminal">Is told when the end is not waited for any longer.</param>
    public Signals(ProcessStreams terminal)
    {
        _terminal = terminal;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt)];
    }

    /// <summary>Cancelled by the first signal; a second one ends the process at once.</summary>
    public CancellationToken Interruption => _interruption.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Interrupt(PosixSignalContext signal)
    {
        if (_interruption.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        _ = Task.Delay(s_longestEnding).ContinueWith(_ => End(), TaskScheduler.Default);
        _interruption.Cancel();
    }

    private void End()
    {
        var (exitCode, message) = Failure.Of(new OperationCanceledException());
        _terminal.WriteMessage(message);
        Environment.Exit(exitCode);
    }
}
