using System.Text.Json;
using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>Which columns are to be fitted, as the page asks.</summary>
/// <param name="Targets">The targets.</param>
/// <param name="Inputs">The inputs.</param>
internal sealed record FitRequest(IReadOnlyList<string> Targets, IReadOnlyList<string> Inputs)
{
    private const int MostColumns = 10_000;

    /// <summary>Whether rows that lack a value are left out.</summary>
    public bool DropsMissing { get; init; }

    /// <summary>Whether the map has no bias.</summary>
    public bool HasNoBias { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="CommandException">It is none, or names columns that there are not.</exception>
    public static FitRequest Read(JsonElement json, IReadOnlyList<string> columns)
    {
        var request = new FitRequest(json.Names("targets"), json.Names("inputs"))
        {
            DropsMissing = json.Flag("dropsMissing"),
            HasNoBias = json.Flag("hasNoBias"),
        };
        string[] all = [.. request.Targets, .. request.Inputs];
        return all.Length > MostColumns || all.FirstOrDefault(name => !columns.Contains(name)) is not null
            ? throw CommandException.Usage("a column is named that the file does not have; open the file again.")
            : request.Targets.Count == 0 ? throw CommandException.Usage("choose a target: the column to predict.")
            : request.Inputs.Count == 0 ? throw CommandException.Usage("choose an input: a column to predict from.")
            : request;
    }

    /// <summary>The words of a command that says the same.</summary>
    /// <param name="columns">The columns of the file.</param>
    public IReadOnlyList<CommandWord> Words(IReadOnlyList<string> columns)
    {
        string[] excluded = [.. columns.Except(Targets).Except(Inputs)];
        IEnumerable<CommandWord> inputs = excluded.Length == 0 ? []
            : excluded.Length < Inputs.Count ? excluded.Select(name => new CommandWord("--exclude", name))
            : Inputs.Select(name => new CommandWord("--input", name));
        return
        [
            .. Targets.Select(name => new CommandWord("--target", name)),
            .. inputs,
            .. DropsMissing ? [new CommandWord("--missing", "drop")] : Array.Empty<CommandWord>(),
            .. HasNoBias ? [new CommandWord("--no-bias", null)] : Array.Empty<CommandWord>(),
        ];
    }
}
