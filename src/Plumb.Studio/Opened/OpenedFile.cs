using System.CommandLine;
using Plumb.Cli;
using Plumb.Cli.Reports;

namespace Plumb.Studio;

/// <summary>A file and what it holds, as 'plumb look' tells it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Look">What it holds.</param>
internal sealed record OpenedFile(OpenedPath Path, LookDocument Look)
{
    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. Look.Look.Columns.Select(column => column.Name)];

    /// <summary>Looks at a file.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static async Task<OpenedFile> OpenAsync(OpenedPath path, CancellationToken cancellationToken)
    {
        var source = new SourceOptions();
        var command = new Command("look") { source.Data };
        source.AddTo(command);
        var document = await LookAtData.Async(source, command.Parse([path.Full]), all: false, Silence.Streams(),
            cancellationToken);
        return new OpenedFile(path, document with { Look = document.Look with { Name = path.Shown } });
    }
}
