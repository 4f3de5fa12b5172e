using Plumb.Cli;

var terminal = Terminal.OfProcess();
using var signals = new Signals(terminal);
return await PlumbCli.RunAsync(args, terminal, signals.Interruption);
