using Plumb.Cli;

NativeLevel.Raise(args);
var terminal = ProcessStreams.OfProcess();
if (!HeapLimit.IsEnough(terminal))
{
    return ExitCode.Environment;
}

using var signals = new Signals(terminal);
return await PlumbCli.RunAsync(args, terminal, signals.Interruption);
