using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The options of 'plumb studio', which a program of its own takes as well.</summary>
internal sealed class StudioOptions
{
    /// <summary>A word for the program that is started: end when standard input does.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    private const int MostPort = 65535;

    private readonly Argument<string?> _data = new("DATA")
    {
        Description = "The file to open first; more can be opened on the page",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<long> _port = Options.Whole("--port", "The port to listen on [default: any that is free]",
        0L, MostPort);

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_port);
    }

    /// <summary>The file to open first; null for none.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    public string? File(ParseResult parsed) => parsed.GetValue(_data) is not { } path ? null
        : System.IO.File.Exists(path) ? path
        : throw CommandException.DataRefused(
            $"{path}: there is no such file; check the name and the folder you are in.");

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port(ParseResult parsed) => (int)parsed.GetValue(_port);
}
