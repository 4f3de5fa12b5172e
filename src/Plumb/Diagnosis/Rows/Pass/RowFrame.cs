using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// What a second look computes of the rows of a fit, and in which units: powers of two that bring each column near 1,
/// so that no
/// statistic knows the units of the data. Where rows are many, columns are rounded to a grid: it saves a third of the
/// work, and is
/// far below what sums over so many rows can show.
/// </summary>
internal sealed class RowFrame
{
    /// <summary>Of a row's leverage: as near to 1 as rounding lets it come.</summary>
    public const double Alone = 1e-9;

    private const long ManyRows = 1 << 16;
    // Two slices of 22 bits, and numbers up to 64 times as large as they are in the mean.
    private const int GridBits = 37;
    private const int CoarseBits = 18; // one slice, and numbers up to 8 times as large
    private const int MostSquares = 32; // inputs

    /// <summary>Coordinates: with more, products of all pairs of further columns take too long.</summary>
    public const int MostForProducts = 512;

    /// <summary>The frame of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="withClouds">Whether rows are gathered for pictures.</param>
    /// <param name="asked">Errors that are wanted beside HC3; null where none are.</param>
    /// <param name="lags">The lags of each target that were chosen from the rows; null where none were.</param>
    public RowFrame(LinearFit fit, bool withClouds, ErrorMethod? asked = null, IReadOnlyList<int>? lags = null)
    {
        Asked = asked;
        var moments = fit.Moments;
        Fit = fit;
        Place = new RowCoordinates(moments, fit.NullSpace, fit.Settings.Bias);
        Names = moments.Names;
        HasSquares = Place.Inputs.Count <= MostSquares;
        HasProducts = Place.Count <= MostForProducts;
        Shifter = ColumnKernels.Grid(HasManyRows ? GridBits : 0);
        CoarseShifter = ColumnKernels.Grid(HasManyRows ? CoarseBits : 0);
        var weightSum = Dyadic.Ratio(moments.WeightSum, moments.Unit);
        Power = PowerNear(Math.Sqrt(fit.Rows));
        WeightPower = PowerNear(Dyadic.SquareRootOfRatio(moments.WeightSum, moments.Unit));
        Constant = Place.Constant is { } constant ? Math.ScaleB(constant, WeightPower) : 0;
        Targets = [.. Enumerable.Range(0, moments.TargetCount).Select(t => new TargetFrame(fit, t, weightSum))];
        Clouds = withClouds ? Math.Min(Targets.Length, RowCloud.MostTargets) : 0;
        if (asked is AutocorrelatedErrors { Lags: var given } && HasProducts)
        {
            Lags = given is { } same ? [.. Targets.Select(_ => same)] : lags ?? [];
            Windows = Lags.Count > 0 ? [.. Lags.Select((lag, t) => (t, lag))]
                : [.. Targets.SelectMany((_, t) => ((int, int)[])[(t, 0), (t, 1)])];
        }
    }

    /// <summary>The fit.</summary>
    public LinearFit Fit { get; }

    /// <summary>The names of the inputs and targets.</summary>
    public VariableNames Names { get; }

    /// <summary>Errors that are wanted beside HC3; null where none are.</summary>
    public ErrorMethod? Asked { get; }

    /// <summary>The lags of each target; empty where none are asked for, or they are to be chosen yet.</summary>
    public IReadOnlyList<int> Lags { get; } = [];

    /// <summary>
    /// The windows that scores are summed over, each of one row more than its lags: one per target, or two to choose
    /// the lags by.
    /// </summary>
    public IReadOnlyList<(int Target, int Lags)> Windows { get; } = [];

    /// <summary>How many columns say which group a row belongs to.</summary>
    public int Groupings => Asked is ClusteredErrors clustered ? clustered.Columns.Count : 0;

    /// <summary>Each row's coordinates.</summary>
    public RowCoordinates Place { get; }

    /// <summary>The coordinates but for the constant's.</summary>
    public int Coordinates => Place.Inputs.Count;

    /// <summary>What is needed of each target.</summary>
    public TargetFrame[] Targets { get; }

    /// <summary>How many targets, the first, rows are gathered of for pictures.</summary>
    public int Clouds { get; }

    /// <summary>The mean leverage.</summary>
    public double MeanLeverage => (double)Fit.Rank / Fit.Rows;

    /// <summary>Whether squares of the inputs are looked at.</summary>
    public bool HasSquares { get; }

    /// <summary>
    /// Whether products of all pairs of coordinates are formed that robust errors and the order of rows need.
    /// </summary>
    public bool HasProducts { get; }

    /// <summary>Whether rows are so many that what single rows and pairs of coordinates add cannot show.</summary>
    public bool HasManyRows => Fit.Rows >= ManyRows;

    /// <summary>Rounds columns to their grid; 0 where they are not rounded.</summary>
    public double Shifter { get; }

    /// <summary>
    /// The same for sums that only tell sizes, of robust errors and steps between neighbours: over so many rows they
    /// are
    /// right to seven digits and more.
    /// </summary>
    public double CoarseShifter { get; }

    /// <summary>
    /// 2^Power is near the root of the number of rows: weighted coordinates are in units of its inverse.
    /// </summary>
    public int Power { get; }

    /// <summary>The same of the sum of weights, and of coordinates without weights.</summary>
    public int WeightPower { get; }

    /// <summary>The coordinate of the constant, in the units of the others; 0 without bias.</summary>
    public double Constant { get; }

    /// <summary>
    /// Where squares begin among the columns of weighted sums: behind the coordinates, and before four columns per
    /// target and the constant.
    /// </summary>
    public int PlaceOfSquares => Coordinates;

    /// <summary>
    /// Where a target's columns begin: square of the prediction, an eighth of its cube, residual, squared residual.
    /// </summary>
    public int PlaceOfTarget(int target) => PlaceOfSquares + (HasSquares ? Coordinates : 0) + 4 * target;

    /// <summary>The place of the constant, which takes the fewest bits and so comes last.</summary>
    public int PlaceOfConstant => PlaceOfTarget(Targets.Length);

    /// <summary>The number of columns of weighted sums.</summary>
    public int Columns => PlaceOfConstant + 1;

    /// <summary>The places of the columns that span what the fit can explain.</summary>
    public int[] Basis => [.. Enumerable.Range(0, Coordinates),
        .. Place.Constant is null ? Array.Empty<int>() : [PlaceOfConstant]];

    /// <summary>About how many bytes a thread's sums take.</summary>
    public long BytesAThread => ExactGram.BytesFor(Columns + 1)
        + (Asked is BootstrapErrors { Resamples: var replicates } && HasProducts
            ? replicates * BootstrapErrors.BytesOf(Place.Count, Targets.Length) : 0)
        + (HasProducts ? (1 + Targets.Length) * ExactGram.BytesFor(2 + Coordinates + 3 * Targets.Length) : 0);

    /// <summary>The power of two nearest to a number above 0.</summary>
    public static int PowerNear(double value) => value > 0 && double.IsFinite(value) ? (int)Math.Round(Math.Log2(value))
        : 0;
}
