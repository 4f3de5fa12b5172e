using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether the effect of one input depends on another: whether the product of two inputs would improve the fit, of the
/// two where it does so most surely. On rows that were kept.
/// </summary>
internal sealed class ProductTests
{
    private const int MostInputs = 32; // as many as have their squares looked at
    private const long MostWork = 1 << 25; // products of numbers
    private const int FewestRows = 2000; // that are kept, however many inputs there are

    private readonly RowFrame _frame;
    private readonly SampledRows _rows;
    private readonly ColumnBasis _basis;
    private readonly double[][] _inputs;
    private readonly (int First, int Second)[] _pairs;

    /// <summary>Tests of all pairs of inputs.</summary>
    public ProductTests(RowFrame frame, SampledRows rows)
    {
        (_frame, _rows, _basis) = (frame, rows, rows.Basis());
        _inputs = [.. Enumerable.Range(0, frame.Coordinates).Select(rows.Standardized)];
        _pairs = [.. Pairs(frame)];
    }

    /// <summary>Whether products of so many inputs are looked at.</summary>
    public static bool AreLookedAt(RowFrame frame) => frame.Coordinates <= MostInputs;

    /// <summary>How many rows are looked at.</summary>
    public static int RowsFor(RowFrame frame) => (int)Math.Clamp(
        MostWork / Math.Max(1, Pairs(frame).LongCount() * frame.Coordinates), FewestRows, int.MaxValue);

    /// <summary>The fit of a target.</summary>
    public SampledFit Fit(int target) => SampledFit.Of(_rows, _basis, target);

    /// <summary>
    /// The test of the product that would improve a fit most surely; null where there is none that says something new.
    /// The p-value is that of the least of so many (Bonferroni).
    /// </summary>
    public ProductTest? Of(int target)
    {
        var (fit, count, best, pair) = (Fit(target), 0, (AddedColumn?)null, (0, 0));
        foreach (var (first, second) in _pairs)
        {
            if (fit.Test(Product(first, second)) is not { } test)
            {
                continue;
            }

            count++;
            if (best is null || (test.PValue, -test.Statistic).CompareTo((best.PValue, -best.Statistic)) < 0)
            {
                (best, pair) = (test, (first, second));
            }
        }

        return best is null ? null : new ProductTest(target, pair.Item1, pair.Item2,
            new HypothesisTest("product", "products of two inputs", _frame.Names.Targets[target], best.Statistic,
                [1, best.Freedom], Math.Min(1, count * best.PValue))
            {
                Input = $"{TermOf(pair.Item1)}:{TermOf(pair.Item2)}",
                Among = count,
                Share = best.Share,
                Pair = (NameOf(pair.Item1), NameOf(pair.Item2)),
            });
    }

    /// <summary>The product of two inputs' distances from their means.</summary>
    public double[] Product(int first, int second) =>
        _rows.Weighted([.. _inputs[first].Zip(_inputs[second], (left, right) => left * right)]);

    // As it is written among the inputs: of a level, all levels of its column.
    private string TermOf(int coordinate) =>
        TermOf(_frame, coordinate).Factors is [{ Contrast: not null } level] ? level.Column : NameOf(coordinate);

    private string NameOf(int coordinate) => _frame.Names.Inputs[_frame.Place.Inputs[coordinate]];

    private static Term TermOf(RowFrame frame, int coordinate) =>
        frame.Fit.Moments.Design.Terms[frame.Place.Inputs[coordinate]];

    /// <summary>
    /// The pairs of inputs that are made from different columns, and are no powers of one that is there, nor products.
    /// </summary>
    private static IEnumerable<(int First, int Second)> Pairs(RowFrame frame)
    {
        TermFactor?[] single = [.. Enumerable.Range(0, frame.Coordinates).Select(k => TermOf(frame, k).Factors)
            .Select(factors => factors is [var only] ? only : null)];
        bool IsLowest(TermFactor factor) =>
            !single.Any(other => other is not null && other.Base == factor.Base && other.Power < factor.Power);
        int[] own = [.. Enumerable.Range(0, single.Length).Where(k => single[k] is { } factor && IsLowest(factor))];
        return AreLookedAt(frame)
            ? own.SelectMany((first, k) => own.Skip(k + 1).Select(second => (first, second)))
                .Where(pair => single[pair.first]!.Column != single[pair.second]!.Column)
            : [];
    }
}
