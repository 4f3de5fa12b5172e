using Plumb.Cli;

return await PlumbCli.RunAsync(args, Terminal.OfProcess());
