using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>Which standard errors are reported.</summary>
internal sealed class ErrorsOption
{
    private const string Auto = "auto";
    private const string Clustered = "cluster:";
    private const string OfManyGroups = "cr1:";
    private const string Lagged = "hac";
    private const string Resampled = "bootstrap";
    private const string Expected = "auto, classical, hc0, hc1, hc2, hc3, hc4, cluster:COLUMN, cr1:COLUMN, "
        + "cluster:COLUMN,COLUMN, hac, hac:LAGS or bootstrap:REPLICATES[,SEED] with 100 to 100000 replicates";

    private readonly Option<string> _errors = new("--errors")
    {
        Description = "Which standard errors to report: auto (HC3 for a target whose noise is uneven, classical "
            + "otherwise), classical, hc0 to hc4 for uneven noise, cluster:COLUMN where rows with the same value of a "
            + "column are correlated (CR2; cr1:COLUMN for CR1), cluster:COLUMN,COLUMN, hac:LAGS where rows are ordered "
            + "in time and are correlated up to so many rows apart (hac: as many as they show), or "
            + "bootstrap:REPLICATES[,SEED] for fits to resampled rows (bootstrap: 1000, seed 1) [default: auto]",
        HelpName = "KIND",
    };

    public ErrorsOption()
    {
        _errors.CompletionSources.Add(
            [Auto, ReportedErrors.Classical, "hc0", "hc1", "hc2", "hc3", "hc4", Clustered, Lagged,
                Resampled]);
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

    private static BootstrapErrors? Bootstrap(string[] parts)
    {
        var seed = 1L;
        return parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var replicates)
            && replicates is >= BootstrapErrors.Fewest and <= BootstrapErrors.Most
            && (parts.Length == 1 || long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
            ? new BootstrapErrors(replicates, seed) : null;
    }

    private static ErrorMethod? Method(string text) =>
        text == ReportedErrors.Classical ? new ClassicalErrors()
        : text.StartsWith("hc", StringComparison.Ordinal)
            && Enum.TryParse<HeteroskedasticKind>(text.ToUpperInvariant(), out var kind)
            ? new HeteroskedasticErrors(kind)
        : text == Lagged ? new AutocorrelatedErrors()
        : text.StartsWith(Lagged + ':', StringComparison.Ordinal)
            ? int.TryParse(text[(Lagged.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var lags)
                && lags <= AutocorrelatedErrors.MostLags ? new AutocorrelatedErrors(lags) : null
        : text == Resampled ? new BootstrapErrors()
        : text.StartsWith(Resampled + ':', StringComparison.Ordinal)
            ? Bootstrap(text[(Resampled.Length + 1)..].Split(','))
        : text.StartsWith(OfManyGroups, StringComparison.Ordinal) && text.Length > OfManyGroups.Length
            && !text.Contains(',') ? new ClusteredErrors(text[OfManyGroups.Length..].Trim()) { Kind = ClusterKind.CR1 }
        : !text.StartsWith(Clustered, StringComparison.Ordinal) ? null
        : text[Clustered.Length..].Split(',', StringSplitOptions.TrimEntries) switch
        {
            [{ Length: > 0 } column] => new ClusteredErrors(column),
            [{ Length: > 0 } first, { Length: > 0 } second] when first != second =>
                new ClusteredErrors(first, second),
            _ => null,
        };
}
