using System.Text.Json;

namespace Plumb.Studio;

/// <summary>How the page wants to train.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Steps">The steps.</param>
/// <param name="IsStandardized">Whether inputs are standardized.</param>
internal sealed record TrainingQuestion(double Rate, long Steps, bool IsStandardized)
{
    private const double MostSteps = 1e7;
    private const double MostRate = 1e300;

    /// <summary>Reads it.</summary>
    /// <exception cref="Plumb.Cli.CommandException">It is none.</exception>
    public static TrainingQuestion Read(JsonElement json) => new(json.Number("rate", double.Epsilon, MostRate),
        (long)json.Number("steps", 1, MostSteps), json.Flag("isStandardized"));

    /// <summary>The same as options of 'plumb train', which goes on to its last step.</summary>
    public IReadOnlyList<CommandWord> Words =>
    [
        new("--learning-rate", FormattableString.Invariant($"{Rate:R}")),
        new("--steps", FormattableString.Invariant($"{Steps}")),
        new("--tolerance", "0"),
        .. IsStandardized ? [new CommandWord("--standardize", null)] : Array.Empty<CommandWord>(),
    ];
}
