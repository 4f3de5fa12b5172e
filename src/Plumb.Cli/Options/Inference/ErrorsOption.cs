using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>Which standard errors are reported.</summary>
internal sealed class ErrorsOption
{
    private const string Auto = "auto";
    private const string Clustered = "cluster:";
    private const string Lagged = "hac";
    private const string Expected = "auto, classical, hc0, hc1, hc2, hc3, hc4, cluster:COLUMN, "
        + "cluster:COLUMN,COLUMN, hac or hac:LAGS";

    private readonly Option<string> _errors = new("--errors")
    {
        Description = "Which standard errors to report: auto (HC3 for a target whose noise is uneven, classical "
            + "otherwise), classical, hc0 to hc4 for uneven noise, cluster:COLUMN where rows with the same value of a "
            + "column hang together, cluster:COLUMN,COLUMN, or hac:LAGS where rows are ordered in time and hang "
            + "together up to so many rows apart (hac: as many as they show) [default: auto]",
        HelpName = "KIND",
    };

    public ErrorsOption()
    {
        _errors.CompletionSources.Add(
            [Auto, ReportedErrors.Classical, "hc0", "hc1", "hc2", "hc3", "hc4", Clustered, Lagged]);
        _errors.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && text != Auto && Method(text) is null)
            {
                result.AddError($"--errors holds '{text}', expected {Expected}");
            }
        });
    }

    /// <summary>Gives a command this option.</summary>
    public void AddTo(Command command) => command.Add(_errors);

    /// <summary>What was asked for; null where it is left to the rows.</summary>
    public ErrorMethod? Of(ParseResult parsed) => parsed.GetValue(_errors) is { } text ? Method(text) : null;

    private static ErrorMethod? Method(string text) =>
        text == ReportedErrors.Classical ? new ClassicalErrors()
        : text.StartsWith("hc", StringComparison.Ordinal)
            && Enum.TryParse<HeteroskedasticKind>(text.ToUpperInvariant(), out var kind)
            ? new HeteroskedasticErrors(kind)
        : text == Lagged ? new AutocorrelatedErrors()
        : text.StartsWith(Lagged + ':', StringComparison.Ordinal)
            ? int.TryParse(text[(Lagged.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var lags)
                && lags <= AutocorrelatedErrors.MostLags ? new AutocorrelatedErrors(lags) : null
        : !text.StartsWith(Clustered, StringComparison.Ordinal) ? null
        : text[Clustered.Length..].Split(',', StringSplitOptions.TrimEntries) switch
        {
            [{ Length: > 0 } column] => new ClusteredErrors(column),
            [{ Length: > 0 } first, { Length: > 0 } second] when first != second =>
                new ClusteredErrors(first, second),
            _ => null,
        };
}
