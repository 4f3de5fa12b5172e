using Plumb.Cli;

var terminal = ProcessStreams.OfProcess();
using var signals = new Signals(terminal);
return await PlumbCli.RunAsync(args, terminal, signals.Interruption);
