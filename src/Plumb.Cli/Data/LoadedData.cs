
namespace Plumb.Cli;

/// <summary>The data of a command line, read in one pass.</summary>
/// <param name="Moments">Their moments.</param>
/// <param name="Rows">Their rows, where a command needs them.</param>
/// <param name="Findings">What the reader has to say.</param>
internal sealed record LoadedData(Moments Moments, Dataset? Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>What the inputs are made from.</summary>
    public required Design Design { get; init; }

    /// <summary>The texts that stood for a missing value, beside those known everywhere.</summary>
    private IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>The signs of percent or money that columns have.</summary>
    private IReadOnlyDictionary<string, string> Signs { get; init; } = new Dictionary<string, string>();

    /// <summary>The same data; where their columns have other signs than a model knows, that is said.</summary>
    public LoadedData Compared(LearnedFrom? from) => WhyNotAgain == NoRows ? this : this with
    {
        Findings = [.. Findings, .. AsLearned.OtherSigns(from, Signs,
            Design.Columns.Inputs.Concat(Design.Columns.Targets))],
    };

    /// <summary>A model that was learned from these data, with how they were written.</summary>
    public AffineModel Remembered(AffineModel model) => model with
    {
        LearnedFrom = (model.LearnedFrom ?? new LearnedFrom(Moments.Rows)) with
        {
            MissingValues = MissingValues,
            Signs = Signs,
        },
    };

    /// <summary>Whether rows have weights that are not frequencies.</summary>
    public bool HasPrecisions { get; private init; }

    /// <summary>Whether there is to be a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>The columns that are inputs as nobody named these; null where somebody did.</summary>
    public IReadOnlyList<string>? Rest { get; init; }

    /// <summary>
    /// The rows once more, in their order: from memory where they are few, else read again. Null where that cannot be
    /// done, for the reason in <see cref="WhyNotAgain"/>.
    /// </summary>
    public Func<CancellationToken, IAsyncEnumerable<Dataset>>? Again { get; private init; }

    /// <summary>The same with the groups that rows belong to; null where rows cannot be read again.</summary>
    public Func<GroupColumns, CancellationToken, IAsyncEnumerable<Dataset>>? AgainInGroups { get; private init; }

    /// <summary>
    /// The same with columns that may group the rows; null where there are none, or rows are many or cannot be read
    /// again.
    /// </summary>
    public Func<GroupColumns?, CancellationToken, IAsyncEnumerable<Dataset>>? AgainWithLabels { get; private init; }

    /// <summary>Which columns that may group the rows are not looked at; null where all are.</summary>
    public string? GroupsNotSeen { get; private init; }

    /// <summary>The same in numbered chunks, in no order, where rows are many and read on all processors.</summary>
    public SecondReading.InNoOrder? AgainInNoOrder { get; private init; }

    /// <summary>Whether a row may stand for several.</summary>
    public bool AreCounted { get; private init; }

    /// <summary>Why the order of the rows means nothing, whatever they hold; empty where it may.</summary>
    public string WhyNoOrder { get; private init; } = "";

    /// <summary>Whether the rows are in memory, so that reading them again costs next to nothing.</summary>
    public bool AreKept { get; private init; }

    /// <summary>Why the rows cannot be read again; empty where they can.</summary>
    public string WhyNotAgain { get; private init; } = "";

    /// <summary>What to do so that they are looked at.</summary>
    private string HowToLook { get; init; } = "Give a file, which can be read twice.";

    /// <summary>The moments with the squares of their columns, where the data are moments that keep them.</summary>
    public Moments? KeepingSquares { get; init; }

    /// <summary>Whether the numbers are text, taken as the nearest doubles until decimals decide more.</summary>
    public bool MayBeDecimals { get; private init; }

    /// <summary>
    /// The same data, their numbers taken as the decimals that they are written as; gives null where these cannot be
    /// told. Null where that cannot be done, for the reason in <see cref="WhyNotDecimals"/>.
    /// </summary>
    public Func<LoadedData, CancellationToken, Task<LoadedData?>>? AsDecimals { get; init; }

    /// <summary>
    /// The most digits of a decimal that says more than its double does; 0 where none does, or numbers are doubles.
    /// </summary>
    public int DigitsBeyondDoubles { get; private init; }

    /// <summary>Whether the text itself can be read a second time.</summary>
    public bool CanReadAgain { get; private init; }

    /// <summary>Whether numbers of the text lost digits when they were rounded to doubles.</summary>
    public bool HasLostDigits => Findings.Any(finding => finding.Code is "digits-lost" or "integers-rounded");

    /// <summary>Why the numbers are not taken as decimals.</summary>
    public string WhyNotDecimals { get; private init; } = "";

    /// <summary>Why the rows of a fit are not looked at again; null where they are.</summary>
    /// <param name="fit">The fit.</param>
    public string? WhyNotLookedAt(LinearFit fit) =>
        Again is null ? WhyNotAgain
        : fit.TooLarge.Count > 0 ? "a weight is too large for a double"
        : fit.Settings.Ridge > 0 ? "tests of the rows are made for fits without a ridge penalty"
        : fit.ResidualDegreesOfFreedom == 0 ? "too few rows to tell: no degrees of freedom" : null;

    /// <summary>The same data, whose rows, in doubles, do not tell what their decimals do.</summary>
    public LoadedData WithoutDoubles() => this with
    {
        Again = null,
        WhyNotAgain = "they are looked at as doubles, which do not hold all their digits",
        HowToLook = "",
    };

    /// <summary>The same data, whose rows are not to be read again.</summary>
    public LoadedData WithoutSecondLook() => this with
    {
        Again = null,
        WhyNotAgain = "no second look was wanted",
        HowToLook = "Leave out --no-second-look.",
    };

    /// <summary>Fits the data, with a bar if it takes long.</summary>
    /// <param name="settings">How.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="withSpectrum">Whether the spectrum is wanted too, which takes long with many inputs.</param>
    public Task<LinearFit> FitAsync(LeastSquares settings, ProcessStreams terminal, bool withSpectrum) =>
        Progress.RunAsync(terminal,
            FormattableString.Invariant($"solving for {NumberText.Of(Moments.InputCount, "input")}"), progress =>
        {
            var fit = settings.Fit(Moments);
            if (withSpectrum)
            {
                progress.Report(null, "and the spectrum");
                _ = fit.Spectrum; // found when it is first asked for: now, while the bar is drawn
            }

            return Task.FromResult(fit);
        });

    /// <summary>That the rows are not looked at again, and why.</summary>
    private Finding NotSeen() =>
        new(Severity.Information, "rows-not-seen", $"The rows were not looked at again: {WhyNotAgain}.", HowToLook);

    /// <summary>What the reader has to say, and that the rows are not looked at again where that is so.</summary>
    public IReadOnlyList<Finding> FindingsAndNotSeen => WhyNotAgain.Length > 0 ? [.. Findings, NotSeen()] : Findings;

    /// <summary>How far the numbers may be off as they are printed, where that was asked for.</summary>
    public DataUncertainty? Uncertainty { get; private init; }

    /// <summary>Reads data, with a progress bar if it takes long.</summary>
    /// <param name="given">The data.</param>
    /// <param name="choose">Chooses inputs and targets from the columns.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static Task<LoadedData> ReadAsync(DataArguments given, Func<TableColumns, DesignPlan> choose,
        ProcessStreams terminal, CancellationToken cancellationToken)
    {
        var format = given.Format;
        if (given.MomentsPath is { } path)
        {
            if (given.Decimals)
            {
                throw CommandException.Usage(
                    $"--numbers decimal is about reading text, and {path} holds moments; give it to 'plumb moments' "
                        + $"when it is made.");
            }

            return format.MeasurePrecision
                ? throw CommandException.DataRefused(
                    $"{path}: holds moments, which do not record how precisely numbers were printed; give the data "
                        + $"themselves.")
                : Task.FromResult(StoredMoments.Load(DataFile.ReadMoments(path, terminal), path, choose, given));
        }

        if (format.MeasurePrecision && given.Weights is not null)
        {
            throw CommandException.Usage(
                "--data-precision printed does not weigh rows, and these have weights; leave out one of the two.");
        }

        var source = given.ToSource(terminal);
        var states = given.StatesOfFiles();
        return Progress.RunAsync(terminal, "reading " + given.Name, async progress =>
        {
            await using var opened =
                await OpenedRows.OpenAsync(source, given, choose, states, progress, cancellationToken);
            var (reader, readings) = (opened.Reader, opened.Readings);
            var design = given.KeepsSquares ? opened.Design.WithSquares() : opened.Design;
            if (format.MeasurePrecision && (!design.IsPlain || readings.HasAmounts))
            {
                throw CommandException.Usage("--data-precision printed works on columns, not on powers of columns, "
                    + "functions, levels or amounts; leave it out, or name other columns.");
            }

            var pass = new MomentsPass(opened, design, given, states, progress);
            var moments = await pass.ReadAsync(cancellationToken);
            var again = new SecondReading(source, states, design, readings, pass.Rows);
            if (pass.HasUndefined)
            {
                await again.RequireDefinedAsync(cancellationToken);
            }

            var areKept = pass.AreFew && !pass.IsUnordered;
            var possible = PossibleGroups.Of(reader.Columns, opened.Design, given.Apart);

            async Task<LoadedData?> ReadDecimalsAsync(LoadedData doubles, CancellationToken token)
            {
                states.RequireUnchanged();
                return source.CanReadAgain
                    ? await ReadAsync(given with { Numbers = NumberReading.Decimal }, _ => DesignPlan.Of(design),
                        terminal, token)
                    : ShortDecimals.TryMoments(design.Names, pass.Kept) is { } decimals
                    ? doubles with { Moments = decimals, Uncertainty = doubles.Uncertainty ?? NoUncertainty(decimals) }
                    : null;
            }

            if (opened.IsSummedByEngine)
            {
                return WithoutRows(moments, design, [.. opened.Findings, .. IndexColumns.Findings(reader, design),
                    .. reader.Findings]) with
                {
                    WhyNotAgain = "the database added them up, and none was read",
                    HowToLook = "Leave out --push-down always.",
                };
            }

            var canBeDecimals = !design.HasFunctions && (source.CanReadAgain || (areKept && design.IsPlain));
            return new LoadedData(moments, given.KeepsRows ? Dataset.Concatenate(design.Names, pass.Kept) : null,
                [.. opened.Findings, .. DesignFindings.Of(design), .. readings.Findings,
                    .. IndexColumns.Findings(reader, design), .. reader.Findings, .. pass.Findings])
            {
                MayBeDecimals = given.Numbers == NumberReading.Auto && given.IsText,
                AsDecimals = canBeDecimals ? ReadDecimalsAsync : null,
                WhyNotDecimals = canBeDecimals ? "" : design.HasFunctions ? "functions of them are not decimals"
                    : "standard input and pipes cannot be read twice",
                Design = design,
                MissingValues = format.MissingValues,
                Signs = readings.Signs,
                HasPrecisions = given.Weights is { CountsRows: false },
                AreCounted = given.Weights is { CountsRows: true },
                WhyNoOrder = RowOrder.WhyNone(given),
                CanReadAgain = source.CanReadAgain,
                DigitsBeyondDoubles = pass.DigitsBeyondDoubles,
                AreKept = areKept,
                Again = pass.KeptInOrder is { } kept ? _ => kept.ToAsyncEnumerable() : source.CanReadAgain
                    ? token => again.ReadAsync(given.Weights, pass.Rows, groups: null, token) : null,
                AgainInGroups = source.CanReadAgain
                    ? (groups, token) => again.ReadAsync(given.Weights, pass.Rows, groups, token) : null,
                AgainWithLabels = source.CanReadAgain && areKept && possible.Columns.Count > 0
                    ? (groups, token) => again.ReadAsync(given.Weights, pass.Rows, groups, possible, token) : null,
                GroupsNotSeen = possible.NotSeen(source.CanReadAgain && areKept),
                AgainInNoOrder = pass.IsUnordered && source.CanReadAgain
                    ? (newConsumer, groups, bar, token) => groups is null && pass.KeptInNoOrder is { } chunks
                        ? chunks.HandOutAsync(newConsumer, design.Expand, bar, token)
                        : again.ReadInNoOrderAsync(newConsumer, groups, bar, token)
                    : null,
                WhyNotAgain = pass.KeptInOrder is not null || source.CanReadAgain ? ""
                    : "standard input and pipes cannot be read twice, and the rows are more than are "
                        + "kept in memory",
                Uncertainty = reader.Precision is { } precision
                    ? new DataUncertainty([.. design.Names.Inputs.Select(precision.LengthOf)],
                        [.. design.Names.Targets.Select(precision.LengthOf)])
                    : given.Decimals ? NoUncertainty(moments) : null,
            };
        });
    }

    /// <summary>Moments whose rows are not to be had.</summary>
    public static LoadedData WithoutRows(Moments moments, Design design, IReadOnlyList<Finding> findings) =>
        new(moments, null, findings)
        {
            Design = design,
            WhyNotAgain = NoRows,
            HowToLook = "Fit the data themselves; or make the moments with --bends, and they tell in which input a "
                + "target is curved.",
        };

    private const string NoRows = "moments hold no rows";

    private static DataUncertainty NoUncertainty(Moments moments) =>
        new(new double[moments.InputCount], new double[moments.TargetCount]);
}
