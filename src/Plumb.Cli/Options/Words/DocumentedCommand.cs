using System.CommandLine;

namespace Plumb.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class DocumentedCommand(string name, string description,
    params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
