using System.CommandLine;
using System.Text.RegularExpressions;

namespace Plumb.Cli;

/// <summary>The options of 'plumb test'.</summary>
internal sealed partial class TestOptions
{
    private readonly Option<bool> _allEqual = new("--all-equal")
    {
        Description = "Test whether all weights of a target are equal",
    };
    private readonly Option<string[]> _against = Options.ColumnNames("--against",
        "Test the fit against one with these inputs only: whether the others add anything; a column stands for all "
            + "that is made from it");
    private readonly Option<string?> _by = new("--by")
    {
        Description = "Compare the levels of this category: means at the means of the other inputs, slopes that differ "
            + "between levels, and all differences of two [adjusted by default: tukey]; and whether it matters at all, "
            + "which is Chow's test where every input is multiplied by it",
        HelpName = "NAME",
    };
    private readonly Option<string> _adjust = Options.Choice("--adjust",
        "Make p-values allow for all tests made at once: holm and bonferroni for any, scheffe for every contrast of "
            + "single equations, tukey for differences of two weights", "holm", "bonferroni", "scheffe", "tukey");
    private readonly Option<bool> _noBias = new("--no-bias") { Description = "Fit y = W x, without b" };
    private readonly Option<double> _level = Options.Fraction("--level",
        "Confidence level of the intervals, and of the tests");

    public TestOptions()
    {
        _level.DefaultValueFactory = _ => 0.95;
        Columns = new DataOptions(takesDecimals: true, takes: word => !IsHypothesis(word), takesErrors: true);
        Columns.Source.Data.Description = "The data, as for 'plumb fit', or moments; then the hypotheses, each in "
            + "quotes and with an equals sign: \"x1 = x2\", \"x1 + x2 = 1, x3 = 0\" (both at once), \"species = 0\" "
            + "(all its levels), \"w[y1,x] = w[y2,x]\" [default: that all weights are 0]";
    }

    public DataOptions Columns { get; }

    public ErrorsOption Errors { get; } = new();

    public Option<bool> Json { get; } = Options.Json();

    public ReportOptions Reports { get; } = new();

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(Columns.Source.Data);
        foreach (var option in (Option[])[Columns.Targets, Columns.Inputs, Columns.Formula, _allEqual, _against,
            _by, _adjust, _noBias, _level, .. Reports.All, Json])
        {
            command.Add(option);
        }

        Errors.AddTo(command);
        Columns.AddTo(command);
    }

    /// <summary>The hypotheses on the command line.</summary>
    public string[] Hypotheses(ParseResult parsed) =>
        [.. (parsed.GetValue(Columns.Source.Data) ?? []).Where(IsHypothesis)];

    public bool AllEqual(ParseResult parsed) => parsed.GetValue(_allEqual);

    /// <summary>The inputs of the smaller fit; null where none is asked for.</summary>
    /// <exception cref="CommandException">A name is that of no input.</exception>
    public IReadOnlyList<string>? Against(ParseResult parsed, Design design)
    {
        if (parsed.GetValue(_against) is not { Length: > 0 } names)
        {
            return null;
        }

        HashSet<string> kept = new(StringComparer.Ordinal);
        foreach (var name in names.SelectMany(name => design.Names.Inputs.Contains(name) ? [name] : name.Split(','))
            .Select(name => name.Trim()).Where(name => name.Length > 0))
        {
            string[] found = [.. Enumerable.Range(0, design.Terms.Count)
                .Where(j => design.Names.Inputs[j] == name
                    || design.Terms[j].Factors.All(factor => factor.Column == name))
                .Select(j => design.Names.Inputs[j])];
            kept.UnionWith(found.Length > 0 ? found : throw CommandException.Usage(
                $"--against names '{name}', which is no input; expected some of {Names.List(design.Names.Inputs)}."));
        }

        return [.. design.Names.Inputs.Where(kept.Contains)];
    }

    /// <summary>The category whose levels are compared; null where none are.</summary>
    public string? By(ParseResult parsed) => parsed.GetValue(_by);

    /// <summary>How differences of levels allow for each other: Tukey's way, unless another was asked for.</summary>
    public AdjustmentMethod AdjustmentOfLevels(ParseResult parsed) =>
        parsed.GetValue(_adjust) is null ? AdjustmentMethod.Tukey : Adjustment(parsed);

    public AdjustmentMethod Adjustment(ParseResult parsed) => parsed.GetValue(_adjust) switch
    {
        "holm" => AdjustmentMethod.Holm,
        "bonferroni" => AdjustmentMethod.Bonferroni,
        "scheffe" => AdjustmentMethod.Scheffe,
        "tukey" => AdjustmentMethod.Tukey,
        _ => AdjustmentMethod.None,
    };

    public LeastSquares Settings(ParseResult parsed, bool hasBias) =>
        new()
        {
            Bias = hasBias,
            Level = parsed.GetValue(_level),
            WithholdTooLarge = true,
            NoiseIsKnown = Columns.Weights.AreErrorsKnown(parsed),
        };

    public bool HasBias(ParseResult parsed) => !parsed.GetValue(_noBias);

    /// <summary>Whether a word is a hypothesis and not a file, address or folder.</summary>
    private static bool IsHypothesis(string word) =>
        word.Contains('=') && !word.Contains("://", StringComparison.Ordinal)
        && !FileName().IsMatch(word) && !Path.Exists(word);

    [GeneratedRegex(@"\.(csv|tsv|txt|parquet|pq|jsonl?|ndjson|arrow|feather|npy|npz|safetensors|duckdb|db|moments)"
        + @"(\.(gz|zst))?$", RegexOptions.IgnoreCase)]
    private static partial Regex FileName();
}
