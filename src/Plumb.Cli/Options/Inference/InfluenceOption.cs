using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>How many rows that move the fit most are shown.</summary>
internal sealed class InfluenceOption
{
    private const string All = "all";

    private readonly Option<string?> _influence = new("--influence")
    {
        Description = "Also show the rows of each target that move the fit most, by Cook's distance: their number, or "
            + "all",
        HelpName = "N|all",
    };

    public InfluenceOption()
    {
        _influence.CompletionSources.Add(All, "10");
        _influence.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && text != All && Number(text) is null)
            {
                result.AddError($"--influence holds '{text}', expected a whole number above 0, or all");
            }
        });
    }

    /// <summary>Gives a command this option.</summary>
    public void AddTo(Command command) => command.Add(_influence);

    /// <summary>The rows with the largest Cook's distances, target by target; none where nobody asked.</summary>
    /// <exception cref="CommandException">There are no standard errors, or the rows cannot be read again.</exception>
    public async Task<IReadOnlyList<RowEffect>> RowsOfAsync(ParseResult parsed, LinearFit fit, LoadedData data,
        CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_influence) is not { } text)
        {
            return [];
        }

        if (fit.WhyNoErrors is { } why)
        {
            throw CommandException.NoHonestAnswer($"--influence compares rows with the noise, and {why}");
        }

        var again = data.Again ?? throw CommandException.DataRefused("--influence reads the rows once more: "
            + $"{data.WhyNotAgain}; give a file with rows, or leave out --influence.");
        var largest = new LargestEffects(fit.Names.Targets, Number(text) ?? int.MaxValue);
        var first = 1L;
        await foreach (var block in again(cancellationToken))
        {
            foreach (var effect in fit.Influence(block, first))
            {
                largest.Add(effect);
            }

            first += block.Rows;
        }

        return largest.ToList();
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : null;
}
