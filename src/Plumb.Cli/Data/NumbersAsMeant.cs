namespace Plumb.Cli;

/// <summary>
/// Takes numbers as the decimals they are written as, where a fit of the nearest doubles hangs on how they were rounded
/// and the decimals decide what it hangs on.
/// Only then are the data read a second time.
/// </summary>
internal static class NumbersAsMeant
{
    private const string TakenCode = "decimals-taken";
    private const double HalfUnit = 1.0 / (1L << 53); // what rounding to doubles may change a number by, relative to it

    /// <summary>The data and the fit, of decimals where these decide.</summary>
    /// <param name="data">The data in doubles.</param>
    /// <param name="fit">Their fit.</param>
    /// <param name="withSpectrum">Whether the spectrum is wanted too.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<(LoadedData Data, LinearFit Fit)> DecideAsync(
        LoadedData data,
        LinearFit fit,
        bool withSpectrum,
        ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var isNear = fit.Settings.Ridge == 0 && IsNearlyDependent(fit, data.Design);
        var isMadeEqual = fit.Settings.Ridge == 0 && !fit.IsIdentified && data.HasLostDigits;

        // Where the rows are many, this would cost much and rarely gain.
        var isExactButForRounding =
            data.AreKept && fit.Settings.Ridge == 0 && Targets(fit).Any(fit.HasResidualOfRounding);
        if ((!isNear && !isMadeEqual && !isExactButForRounding) || !data.MayBeDecimals)
        {
            return (data, fit);
        }

        // The digits that were lost are not told from the doubles.
        var canBeTold = !isMadeEqual || data.CanReadAgain;
        if (!canBeTold || await TryReadAsync(data, cancellationToken) is not { } decimals)
        {
            return isNear || isMadeEqual
                ? (data with { Findings = [.. data.Findings, NotTaken(data, isMadeEqual)] }, fit)
                : (data, fit);
        }

        var digits = isMadeEqual ? decimals.DigitsBeyondDoubles : 0;
        var settings = digits > 0 ? fit.Settings with { Rounding = 0.5 * Math.Pow(10, 1 - digits) } : fit.Settings;
        var meant = await decimals.FitAsync(settings, terminal, withSpectrum);
        if (digits > 0 && meant.NullSpace.Count < fit.NullSpace.Count)
        {
            var kept = decimals.WithoutDoubles();
            return (kept with { Findings = [.. kept.Findings, ToldApart(fit, meant)] }, meant);
        }

        return Difference(fit, meant) is { } difference
            ? (decimals with { Findings = [.. decimals.Findings, Taken(difference)] }, meant)
            : (data, fit);
    }

    /// <summary>
    /// Whether rounding the columns may be what keeps inputs from being dependent; a power of a column is off by as
    /// many half units as its exponent says.
    /// </summary>
    private static bool IsNearlyDependent(LinearFit fit, Design design)
    {
        var highest = design.Terms.Count > 0 ? design.Terms.Max(term => term.Factors.Sum(factor => factor.Power)) : 1;
        return highest == 1 ? fit.NearDependences.Count > 0 : fit.RankAt(highest * HalfUnit) < fit.Rank;
    }

    private static async Task<LoadedData?> TryReadAsync(LoadedData data, CancellationToken cancellationToken)
    {
        try
        {
            return data.AsDecimals is { } read ? await read(data, cancellationToken) : null;
        }
        catch (InvalidDataException)
        {
            return null; // numbers of more digits than decimals may have
        }
    }

    /// <summary>
    /// What the decimals decide that doubles leave to their rounding; null where they decide nothing.
    /// </summary>
    private static string? Difference(LinearFit doubles, LinearFit decimals)
    {
        static IEnumerable<string> Relations(LinearFit fit) =>
            fit.NullSpace.Dependences.Select(relation => relation.Text);

        string[] hidden = [.. Relations(decimals).Except(Relations(doubles), StringComparer.Ordinal)];
        if (decimals.NullSpace.Count > doubles.NullSpace.Count && hidden.Length > 0)
        {
            var more = hidden.Length - 1;
            return hidden[0] + (more > 0 ? FormattableString.Invariant($" (and {more} more)") : "");
        }

        bool IsExact(int target) => doubles.HasResidualOfRounding(target) && decimals.HasNoResidual[target];
        string[] exact = [.. Targets(doubles).Where(IsExact).Select(t => doubles.Names.Targets[t])];
        var are = exact.Length == 1 ? "is an exact affine function" : "are exact affine functions";
        return decimals.NullSpace.Count == doubles.NullSpace.Count && exact.Length > 0
            ? $"{TargetNames.Quoted(exact)} {are} of the inputs"
            : null;
    }

    private static IEnumerable<int> Targets(LinearFit fit) => Enumerable.Range(0, fit.Names.Targets.Count);

    private static Finding Taken(string difference) => new(
        Severity.Information,
        TakenCode,
        "The numbers are taken as the decimals they are written as (0.1 is one tenth): "
            + $"rounding them to doubles hides that {difference}.",
        "");

    private static Finding ToldApart(LinearFit doubles, LinearFit decimals)
    {
        string[] gone =
        [
            .. doubles.NullSpace.Dependences.Select(relation => relation.Text)
                .Except(decimals.NullSpace.Dependences.Select(relation => relation.Text), StringComparer.Ordinal),
        ];
        var more = gone.Length > 1 ? FormattableString.Invariant($" (and {gone.Length - 1} more)") : "";
        return new Finding(
            Severity.Information,
            TakenCode,
            "The numbers are taken as the decimals they are written as: rounding them to doubles would make "
                + $"{gone.FirstOrDefault() ?? "more relations"}{more} hold on every row, which it does not.",
            "");
    }

    private static Finding NotTaken(LoadedData data, bool isMadeEqual) => new(
        Severity.Information,
        "decimals-not-taken",
        "The numbers are taken as the nearest doubles, and rounding them may "
            + $"{(isMadeEqual ? "be all that makes a relation exact" : "hide an exact relation")}. "
            + "They were not read as the decimals they are written as: "
            + $"{Why(data)}.",
        "");

    private static string Why(LoadedData data) => data.WhyNotDecimals.Length > 0 ? data.WhyNotDecimals
        : data.CanReadAgain ? "they have too many digits"
        : "standard input and pipes cannot be read twice";
}
