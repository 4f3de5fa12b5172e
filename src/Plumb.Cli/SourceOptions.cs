using System.CommandLine;

namespace Plumb.Cli;

/// <summary>Where rows come from: the argument DATA and its options, shared by the commands that read rows.</summary>
/// <param name="holds">What the rows must hold, for the help; may be empty.</param>
internal sealed class SourceOptions(string holds = "")
{
    private readonly CsvOptions _csv = new();

    /// <summary>The files.</summary>
    public Argument<string[]> Data { get; } = new("DATA")
    {
        Description = $"The CSV files{holds}, or a pattern such as \"data/*.csv\"; - reads standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Gives a command the options; the argument has its own place.</summary>
    public void AddTo(Command command) => _csv.AddTo(command);

    /// <summary>The data that the command line names.</summary>
    public GivenData Of(ParseResult parsed) => new(parsed.GetRequiredValue(Data), _csv.Format(parsed));
}
