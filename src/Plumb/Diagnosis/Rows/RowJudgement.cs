using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>Judges what a second look has seen, one target after another.</summary>
/// <param name="frame">The frame.</param>
/// <param name="seen">All rows.</param>
/// <param name="neighbours">The sums over neighbouring rows.</param>
/// <param name="inOrder">Whether the order of the rows is known to mean something.</param>
/// <param name="copied">Copies among the rows, which say nothing new.</param>
/// <param name="ratios">Tests of the classical standard errors; null where there are no robust ones.</param>
/// <param name="sampled">Rows that were kept; null where no target is judged.</param>
/// <param name="forms">What these say of the form; null where no target is judged.</param>
internal sealed class RowJudgement(RowFrame frame, RowWorker seen, NeighbourSums? neighbours, bool inOrder,
    CopiedRows? copied, ErrorRatioTests? ratios, SampledRows? sampled, SampledForms? forms)
{
    /// <summary>With fewer degrees of freedom, no row and no test says anything.</summary>
    public const long FewestDegreesOfFreedom = 5;

    /// <summary>Of the order of rows: no shuffled order could give it.</summary>
    public const double LevelUnasked = 1e-8;

    private const double LevelOfSigns = 0.01; // besides, whatever the distribution of the noise
    private const double LeastRatio = 1.05; // of robust and classical errors: nearer to 1, nobody need care
    private const string TooNearlyDependent = "the inputs are too nearly dependent for it";
    private const string TooMany = "there are more than 512 inputs";

    private readonly ProjectedColumns _columns = new(frame.Basis, seen.Sums.Weighted);
    private readonly OrderTests? _order = neighbours is null ? null
        : new OrderTests(frame, seen.Sums, neighbours, seen.Contents.ExactOrder());
    private readonly long _freedomWithin = seen.Replicates.Freedom();

    // Of the rows: copies say nothing new.
    private readonly double _newPart = copied is null ? 1 : (double)copied.Distinct / copied.Rows;

    private int Targets => frame.Targets.Length;

    /// <summary>What is to be said of a target that has noise.</summary>
    public TargetJudgement Of(int target)
    {
        var form = new FormTests(frame, seen.Sums, _columns, target);
        var reset = _columns.IsUsable ? form.Reset() : null;
        var product = _columns.IsUsable ? forms?.Product(target) : null;
        HypothesisTest?[] all = _columns.IsUsable
            ? [form.LackOfFit(_freedomWithin, seen.Replicates.SumOfSquares(target)), reset, form.Bends(), product?.Test,
                forms?.AlongInput(target)]
            : [];
        HypothesisTest[] ofForm = [.. all.OfType<HypothesisTest>()];
        var noise = new UnevenNoiseTests(frame, seen.Sums, target);
        var (uneven, ratio, order) = (noise.BreuschPagan(), ratios?.Of(target), _order?.DurbinWatson(target));
        var judgement = new TargetJudgement(target)
        {
            Tests = [.. ofForm, .. ((HypothesisTest?[])[uneven, ratio, order]).OfType<HypothesisTest>()],
            Influential = seen.Search.Influential(target),
            FormNotTested = _columns.IsUsable ? null : TooNearlyDependent,
            OrderNotTested = order is not null ? null : neighbours is null ? TooMany : "there are too few rows",
            NoiseNotTested = uneven is not null || ratio is not null || noise.IsUsable ? null : TooNearlyDependent,
        };
        if (frame.Fit.ResidualDegreesOfFreedom < FewestDegreesOfFreedom)
        {
            return judgement;
        }

        var explained = order is null ? null
            : reset?.PValue * Targets < HypothesisTest.Level
                && _order!.PValueWithPowers(target, _columns, form) * Targets >= HypothesisTest.Level ? "the curve"
            : product?.Test.PValue * Targets < HypothesisTest.Level && forms!.DurbinWatsonWith(product!) is { } without
                && _order!.PValue(without) * Targets >= HypothesisTest.Level ? "the product"
            : null;
        judgement = WithOrder(judgement, order, explained);

        // Neighbours with correlation rho make so many rows worth one: with rho of the residuals, and rho^2 of their
        // squares.
        var rho = judgement.Order is { } correlated ? Math.Max(0, 1 - correlated.Statistic / 2) : 0;
        return Judge(judgement, form, ofForm, product, noise, uneven, ratio, rho);
    }

    /// <summary>What the order of the rows says: unasked, only what no shuffled order could give.</summary>
    private TargetJudgement WithOrder(TargetJudgement judgement, HypothesisTest? order, string? explained)
    {
        if (order is null || copied is not null || order.PValue * Targets >= HypothesisTest.Level)
        {
            return judgement;
        }

        if (explained is not null)
        {
            return judgement with { OrderExplained = explained + " allowed for" };
        }

        if (inOrder)
        {
            return judgement with { Order = order };
        }

        var signs = neighbours!.Signs.Bound(judgement.Target, order.Statistic < 2) * Targets;
        var isSorted = SortedRows.AreSortedBy(seen.Contents.Sample, judgement.Target);
        return isSorted ? judgement with { OrderInDoubt = order, IsSorted = true }
            : order.PValue * Targets < LevelUnasked && signs < LevelOfSigns ? judgement with { Order = order }
            : seen.Search.OutlierCount(judgement.Target) > 0 && signs >= HypothesisTest.Level
            ? judgement with { OrderExplained = "far rows that are neighbours allowed for" }
            : judgement with { OrderInDoubt = order };
    }

    private TargetJudgement Judge(TargetJudgement judgement, FormTests form, HypothesisTest[] ofForm,
        ProductTest? product, UnevenNoiseTests noise, HypothesisTest? uneven, HypothesisTest? ratio, double rho)
    {
        var target = judgement.Target;
        var outliers = seen.Search.Outliers(target);
        var (moving, chance) = (judgement.Influential, judgement.Influential is { } row ? ChanceOf(row) : 1);
        var far = chance >= HypothesisTest.Level || outliers.Any(other => other.Position == moving!.Position) ? outliers
            : [.. outliers, moving!];
        var unevenBeyondChance = SpeaksOfNoise(uneven, rho);
        if (unevenBeyondChance && far.Count > 0 && seen.Search.OutlierCount(target) <= RowSearch.MostRows)
        {
            unevenBeyondChance = SpeaksOfNoise(noise.Without(far), rho); // or is it these rows alone?
        }

        var isRatioBeyondChance = ratio is not null && Math.Max(ratio.Statistic, 1 / ratio.Statistic) >= LeastRatio
            && Math.Pow(ratio.PValue, PartOfSquares(rho)) * Targets < HypothesisTest.Level;
        var level = HypothesisTest.Level / Targets / ofForm.Length;
        var lack = copied is not null ? null
            : ofForm.FirstOrDefault(test => test.Code == "lack-of-fit" && test.PValue < level);
        bool IsAboutRows(HypothesisTest test) => !(copied is not null && test.Code == "lack-of-fit");
        double Inflation(HypothesisTest test) =>
            unevenBeyondChance || isRatioBeyondChance ? form.Inflation(test, sampled!) : 1;
        IReadOnlyList<HypothesisTest> speaking =
            [.. ofForm.Where(test => IsAboutRows(test) && Math.Max(AmongMeans(test, lack),
                TailOf(test, _newPart * (1 - rho) / (1 + rho) / Inflation(test))) < level)];
        speaking = Settled(speaking, judgement, product, level);
        var isNoiseOfProduct = unevenBeyondChance && speaking.Any(test => test.Code == "product")
            && forms!.PValueOfNoiseWith(product!) * Targets >= HypothesisTest.Level;
        unevenBeyondChance &= !isNoiseOfProduct;
        // What a curve leaves is largest where the inputs are far out, too.
        var mayBeCurve = isNoiseOfProduct || (isRatioBeyondChance && !unevenBeyondChance && speaking.Count > 0);
        return judgement with
        {
            Form = speaking,
            PValueOfInfluential = unevenBeyondChance ? 1 : chance,
            Noise = unevenBeyondChance ? uneven : isRatioBeyondChance && !mayBeCurve ? ratio : null,
            NoiseNotTested = mayBeCurve ? "what a curve leaves looks like it" : judgement.NoiseNotTested,
            Outliers = unevenBeyondChance ? [.. outliers.Where(row => IsFarBesideItsOwnNoise(row, noise, outliers))]
                : isRatioBeyondChance ? [.. outliers.Where(IsFarBesideRowsLikeIt)]
                : outliers,
        };
    }

    // Correlated rows, and copies, are worth fewer: of their squares the correlation is rho^2.
    private double PartOfSquares(double rho) => _newPart * (1 - rho * rho) / (1 + rho * rho);

    private bool SpeaksOfNoise(HypothesisTest? test, double rho) =>
        test is not null
            && ChiSquared.UpperTail(test.Statistic * PartOfSquares(rho), test.Freedom[0])
                * Targets < HypothesisTest.Level;

    private static double TailOf(HypothesisTest test, double part) => part == 1
        ? test.PValue
        : test.Code == "along-input" ? test.Among * Math.Pow(test.PValue / test.Among, part)
        : Math.Max(test.PValue, test.Among
            * FisherF.UpperTail(test.Statistic * part, test.Freedom[0], Math.Max(1, test.Freedom[1] * part)));

    // What follows from what else was found is not said besides.
    private IReadOnlyList<HypothesisTest> Settled(IReadOnlyList<HypothesisTest> speaking, TargetJudgement judgement,
        ProductTest? product, double level)
    {
        if (product is not null && speaking.Contains(product.Test))
        {
            speaking = [.. forms!.Settle(product, speaking, level)
                .Where(test => test.Code != "lack-of-fit" || !IsAllOf(product.Test, test))];
        }

        bool Follows(HypothesisTest along) => speaking.Any(test => test.Code is "reset" or "bends" or "product")
            || judgement.Order is not null || judgement.OrderInDoubt?.PValue <= along.PValue;
        return [.. speaking.Where(test => test.Code != "along-input" || !Follows(test))];
    }

    /// <summary>
    /// Where rows with equal inputs agree too well, they may share an error: a curve has to be more than what their
    /// means leave. Each sum of squares here is a share of the residuals'.
    /// </summary>
    private static double AmongMeans(HypothesisTest curve, HypothesisTest? lack)
    {
        if (lack is null || curve == lack || curve.Code == "along-input") // that one takes equal inputs together
        {
            return curve.PValue;
        }

        if (IsAllOf(curve, lack))
        {
            return curve.PValue;
        }

        var (terms, freedom) = (curve.Freedom[0], lack.Freedom[0] - curve.Freedom[0]);
        var explained = curve.Share ?? terms * curve.Statistic / (terms * curve.Statistic + curve.Freedom[1]);
        var between = lack.Freedom[0] * lack.Statistic / (lack.Freedom[0] * lack.Statistic + lack.Freedom[1]);
        if (freedom < 1 || between <= explained)
        {
            return freedom < 1 ? 1 : curve.PValue;
        }

        return Math.Min(1, curve.Among
            * FisherF.UpperTail(explained / terms / ((between - explained) / freedom), terms, freedom));
    }

    // Four combinations of two inputs' values: all that they can show is that one's effect depends on the other.
    private static bool IsAllOf(HypothesisTest test, HypothesisTest lack) =>
        test.Code == "product" && lack.Freedom[0] == 1;

    private bool IsFarBesideItsOwnNoise(RowCandidate row, UnevenNoiseTests noise,
        IReadOnlyList<RowCandidate> outliers) =>
        Math.Abs(Studentized(row)) / Math.Sqrt(noise.VarianceAt(row, outliers)) > RowSearch.CriticalValue(frame);

    // Of noise whose variance grows as the leverage does: nothing more is known of it.
    private bool IsFarBesideRowsLikeIt(RowCandidate row) =>
        Math.Abs(Studentized(row)) / Math.Sqrt(Math.Max(1, row.Leverage / frame.MeanLeverage))
            > RowSearch.CriticalValue(frame);

    /// <summary>A row's residual from the fit without it, in standard errors.</summary>
    public double Studentized(RowCandidate row)
    {
        const double Cancelled = 1e-13; // of the residual sum of squares: what is left of it below that is rounding
        var (freedom, sumOfSquares) = (frame.Fit.ResidualDegreesOfFreedom, frame.Targets[row.Target].SumOfSquares);
        var rest = 1 - row.Leverage;
        var without = freedom > 1
            ? Math.Max(sumOfSquares - row.Residual * row.Residual / rest, Cancelled * sumOfSquares) / (freedom - 1)
            : double.NaN;
        return row.Residual / Math.Sqrt(without * rest);
    }

    /// <summary>
    /// How probable it is that one of the few rows that have a row's leverage lies as far off: all leverages add up to
    /// the rank.
    /// </summary>
    private double ChanceOf(RowCandidate row)
    {
        var freedom = frame.Fit.ResidualDegreesOfFreedom;
        var isLargest = seen.Search.Largest.Rows is [var largest] && largest.Leverage <= row.Leverage;
        var rows = isLargest ? 1 : Math.Min(frame.Fit.Rows, frame.Fit.Rank / row.Leverage);
        return freedom < FewestDegreesOfFreedom || row.Leverage >= 1 ? 1
            : Math.Min(1, 2 * rows * Targets * StudentT.UpperTail(Math.Abs(Studentized(row)), freedom - 1));
    }

    /// <summary>A row as it is reported.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number.</param>
    public RowInfluence InfluenceOf(RowCandidate row, long number)
    {
        var (freedom, rest) = (frame.Fit.ResidualDegreesOfFreedom, 1 - row.Leverage);
        var studentized = Studentized(row);
        var cook = row.Residual * row.Residual * row.Leverage
            / (rest * rest * (frame.Targets[row.Target].SumOfSquares / freedom) * frame.Fit.Rank);
        var p = freedom > 1 ? Math.Min(1, 2.0 * frame.Fit.Rows * StudentT.UpperTail(Math.Abs(studentized), freedom - 1))
            : double.NaN;
        return new RowInfluence(number, frame.Targets[row.Target].Name, row.Leverage, cook, studentized, p);
    }

    /// <summary>
    /// A row that may decide alone, as it is reported; null where chance alone could have given it its leverage.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number.</param>
    public DecidingRow? DecidingOf(RowCandidate row, long number)
    {
        const double Chance = 1e-6;
        var rest = 1 - row.Leverage;
        if (rest <= RowFrame.Alone)
        {
            return new DecidingRow(number, 1, double.Epsilon) { Inputs = InputsOf(row) };
        }

        // Belsley, Kuh and Welsch, Regression Diagnostics, section 2.1: were the inputs normal, this would be an F.
        var (coordinates, freedom) = (frame.Coordinates, frame.Fit.ResidualDegreesOfFreedom);
        if (coordinates == 0 || freedom < FewestDegreesOfFreedom)
        {
            return null;
        }

        var f = (row.Leverage - (frame.Fit.Settings.Bias ? row.Constant : 0)) / coordinates / (rest / freedom);
        var p = Math.Min(1, frame.Fit.Rows * FisherF.UpperTail(f, coordinates, freedom));
        return p < Chance ? new DecidingRow(number, row.Leverage, p) { Inputs = InputsOf(row) } : null;
    }

    // The inputs whose weights the other rows would hardly determine: those along M^-1 z.
    private string[] InputsOf(RowCandidate row)
    {
        const double Small = 1e-6; // of the largest
        double[] first = frame.Place.Constant is { } constant ? [constant] : [];
        double[] coordinates = [.. first, .. row.Coordinates.Select(value => Math.ScaleB(value, -frame.WeightPower))];
        var direction = new double[frame.Names.Inputs.Count + 1];
        frame.Place.Solve(coordinates, direction);
        double[] sizes =
            [.. frame.Place.Inputs.Select((input, k) => Math.Abs(direction[input] / frame.Place.Scales[k]))];
        var largest = sizes.Append(0).Max();
        return [.. frame.Place.Inputs.Where((_, k) => sizes[k] > Small * largest)
            .Select(input => frame.Names.Inputs[input])];
    }
}
