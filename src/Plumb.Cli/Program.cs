using Plumb.Cli;

using var signals = new Signals();
return await PlumbCli.RunAsync(args, Terminal.OfProcess(), signals.Interruption);
