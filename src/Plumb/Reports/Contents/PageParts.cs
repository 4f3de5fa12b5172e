using System.Globalization;

namespace Plumb.Reports;

/// <summary>The pieces that several pages share.</summary>
internal static class PageParts
{
    /// <summary>Targets that get tables; more are in the JSON.</summary>
    public const int MostTargets = 6;

    /// <summary>Inputs that get rows; more are in the JSON.</summary>
    public const int MostInputs = 60;

    /// <summary>Where what a page leaves out is to be had; a command line names its flag instead.</summary>
    public const string JsonGives = "the JSON gives";

    /// <summary>What was read: "data.csv: 768 rows, 8 inputs, 2 targets; rank 8 of 9."</summary>
    public static PageText Size(string source, double rows, VariableNames names, int rank, int parameters) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"{source}: {NumberText.Of(rows, "row")}, {NumberText.Of(names.Inputs.Count, "input")}, "
                + $"{NumberText.Of(names.Targets.Count, "target")}; rank {rank} of {parameters}."));

    /// <summary>The inputs, where they are all columns that were left.</summary>
    public static IEnumerable<PagePart> OtherColumns(IReadOnlyList<string>? rest) =>
        rest is null ? [] : [new PageText($"Inputs, all other columns: {Listing.First(rest)}.")];

    /// <summary>The short name of a target's picture; without a number where there is but one target.</summary>
    public static string IdOf(string picture, VariableNames names, int target) => names.Targets.Count == 1 ? picture
        : FormattableString.Invariant($"{picture}-{target + 1}");

    /// <summary>Findings, where there are any.</summary>
    public static IEnumerable<PagePart> Findings(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? [] : [new PageFindings(findings)];

    /// <summary>The one thing to do next.</summary>
    public static PageText Next(string next)
    {
        const string Nothing = "nothing: ";
        return new PageText(next.StartsWith(Nothing, StringComparison.Ordinal)
            ? "Nothing left to do: " + next[Nothing.Length..] : "Next: " + next);
    }

    /// <summary>What tables leave out, where they do.</summary>
    public static IEnumerable<PagePart> LeftOut(VariableNames names)
    {
        if (names.Targets.Count > MostTargets || names.Inputs.Count > MostInputs)
        {
            yield return new PageText(string.Create(CultureInfo.InvariantCulture,
                $"Shown: {Math.Min(MostTargets, names.Targets.Count)} of {names.Targets.Count} targets, "
                    + $"{Math.Min(MostInputs, names.Inputs.Count)} of {names.Inputs.Count} inputs; {JsonGives} all."));
        }
    }

    /// <summary>A row a parameter of a target: its inputs, then the bias where there is one.</summary>
    /// <param name="names">The names.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="cells">The cells beside the name of an input, by its place; the bias comes after the last.</param>
    public static IReadOnlyList<IReadOnlyList<PageCell>> Parameters(VariableNames names, bool hasBias,
        Func<int, IEnumerable<PageCell>> cells) =>
    [
        .. names.Inputs.Take(MostInputs).Select((name, j) =>
            (IReadOnlyList<PageCell>)[ParameterLabels.Of(name), .. cells(j)]),
        .. hasBias ? [[ParameterLabels.Bias, .. cells(names.Inputs.Count)]]
            : (IReadOnlyList<IReadOnlyList<PageCell>>)[],
    ];
}
