namespace Plumb.Diagnosis;

/// <summary>
/// The rate and the number of steps of gradient descent that bring it closest to a map, in predictions: from the best
/// of a grid, by the method of Levenberg and Marquardt in log(steps x rate) and rate.
/// Nocedal and Wright, Numerical Optimization, 2nd ed., section 10.3.
/// </summary>
internal sealed class DescentSearch(DescentProblem problem)
{
    private const int FewSteps = 24; // each number of them is tried
    private const int RatesOfFew = 32; // with so many rates
    private const int SmallRatesOfFew = 20; // each half the one before
    private const double MostCounted = 1e7; // steps: of more, nothing tells one from the next
    private const int Starts = 6;
    private const int MostIterations = 60;
    private const int MostDampings = 12; // in a row
    private const double LeastRate = 1e-9; // of a largest of 2: below, only steps x rate shows
    private const double Shortest = 1e-6; // steps x rate: less is no way at all
    private const double LeastSteps = 0.9; // less is none
    private const double AsClose = 2;
    private const double Arrived = 60; // exp(-60): more steps show nothing

    private static readonly double[] s_rates = [LeastRate, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99];

    /// <summary>The closest, steps not whole; of several that are as close, the one whose steps are nearly.</summary>
    /// <param name="close">How close is as close.</param>
    public DescentFilter Find(double close)
    {
        var few = Few().OrderBy(start => start.Square).Take(Starts).Select(start =>
            Refined(start.Filter, areStepsFree: false));
        var many = Many().OrderBy(start => start.Square).Take(Starts).Select(start =>
            Refined(start.Filter, areStepsFree: true)).Where(filter => filter.Steps > LeastSteps);
        (DescentFilter Filter, double Length)[] found = [.. few.Concat(many).Select(filter =>
            (filter, Math.Sqrt(problem.SquareOf(filter)))).OrderBy(pair => pair.Item2)];
        return found.Length == 0 ? new DescentFilter(double.NaN, double.NaN, IsOdd: false)
            : found.Where(pair => pair.Length <= Math.Max(AsClose * found[0].Length, close))
                .MinBy(pair => FromWhole(pair.Filter.Steps)).Filter;
    }

    private static double FromWhole(double steps) => steps > MostCounted ? 1 : Math.Abs(steps - Math.Round(steps));

    /// <summary>The closest with so many steps.</summary>
    /// <param name="near">One that is near.</param>
    /// <param name="steps">The number of steps, whole.</param>
    public DescentFilter With(DescentFilter near, double steps) =>
        Refined(DescentFilter.Whole(Math.Clamp(near.Rate * near.Steps / steps, LeastRate, 2), steps),
            areStepsFree: false);

    /// <summary>The closest of those whose steps are many and short, so that only steps x rate shows.</summary>
    public DescentFilter Limit(DescentFilter near) =>
        Refined(new DescentFilter(LeastRate, near.Rate * near.Steps / LeastRate, IsOdd: false), areStepsFree: true,
            isRateFree: false);

    /// <summary>The relative uncertainties of steps x rate, of the rate and of the steps, where each direction is
    /// known to so much.</summary>
    public (double Length, double Rate, double Steps) Uncertainty(DescentFilter filter, double noise)
    {
        var slopes = SlopesAt(filter, areStepsFree: true);
        var rate = noise / Math.Sqrt(slopes.OfRate); // of the rate, not relative to it
        return (double.Hypot(noise / Math.Sqrt(slopes.OfLength), slopes.Parallel * rate), rate / filter.Rate,
            double.Hypot(noise / Math.Sqrt(slopes.OfLength), (slopes.Parallel + 1 / filter.Rate) * rate));
    }

    /// <summary>For each small number of steps the rate of a grid that comes closest.</summary>
    private IEnumerable<(DescentFilter Filter, double Square)> Few()
    {
        double[] rates = [.. Enumerable.Range(1, RatesOfFew).Select(i => 2.0 * i / RatesOfFew),
            .. Enumerable.Range(1, SmallRatesOfFew).Select(i => Math.ScaleB(2.0 / RatesOfFew, -i))];
        return Enumerable.Range(1, FewSteps).Select(steps =>
            Best(rates.Select(rate => DescentFilter.Whole(rate, steps))));
    }

    private IEnumerable<(DescentFilter Filter, double Square)> Many()
    {
        var longest = Arrived / problem.Eigenvalues[^1];
        foreach (var (rate, isOdd) in Rates())
        {
            var shortest = Math.Max(Shortest, rate);
            var lengths = Enumerable.Range(0, (int)Math.Ceiling(Math.Log2(longest / shortest)) + 1).Select(i =>
                Math.ScaleB(shortest, i));
            yield return Best(lengths.Select(length => new DescentFilter(rate, length / rate, isOdd)));
        }
    }

    /// <summary>Rates over the largest eigenvalue's inverse; close to 2 each power of four closer, as the largest
    /// eigenvalue's direction then goes to and fro and settles slowly.</summary>
    private static IEnumerable<(double Rate, bool IsOdd)> Rates()
    {
        foreach (var rate in s_rates)
        {
            yield return (rate, false);
        }

        for (var closer = 0.9; closer > 1e-8; closer /= 4)
        {
            yield return (2 - closer, false);
            yield return (2 - closer, true);
        }
    }

    private (DescentFilter Filter, double Square) Best(IEnumerable<DescentFilter> filters) =>
        filters.Select(filter => (filter, Square: problem.SquareOf(filter))).MinBy(pair => pair.Square);

    private DescentFilter Refined(DescentFilter filter, bool areStepsFree, bool isRateFree = true)
    {
        var (square, damping, failures) = (problem.SquareOf(filter), 1e-3, 0);
        for (var iteration = 0; iteration < MostIterations && failures < MostDampings; iteration++)
        {
            var slopes = SlopesAt(filter, areStepsFree);
            slopes = isRateFree ? slopes : slopes with { OfRate = 0 };
            for (failures = 0; failures < MostDampings; failures++, damping *= 8)
            {
                var next = Next(filter, slopes, damping, areStepsFree);
                var nextSquare = problem.SquareOf(next);
                if (nextSquare < square)
                {
                    (filter, square, damping) = (next, nextSquare, Math.Max(damping / 64, 1e-18));
                    break;
                }
            }
        }

        return filter;
    }

    /// <summary>One step, by orthogonal columns: the two are nearly parallel where rates are small.</summary>
    private static DescentFilter Next(DescentFilter filter, Slopes slopes, double damping, bool areStepsFree)
    {
        var byRate = slopes.OfRate == 0 ? 0 : slopes.RateRight / slopes.OfRate / (1 + damping);
        var rate = Math.Clamp(filter.Rate - byRate, LeastRate, 2);
        if (!areStepsFree)
        {
            return filter with { Rate = rate };
        }

        var byLength = slopes.OfLength == 0 ? 0
            : slopes.LengthRight / slopes.OfLength / (1 + damping) - slopes.Parallel * (filter.Rate - rate);
        var length = filter.Steps * filter.Rate * Math.Exp(Math.Clamp(-byLength, -2, 2));
        return filter with { Rate = rate, Steps = length / rate };
    }

    /// <summary>The misfit's slopes by log(steps x rate) and by the rate, the part along the first taken off the
    /// second; with steps that are not free, by the rate alone, steps staying.</summary>
    private Slopes SlopesAt(DescentFilter filter, bool areStepsFree)
    {
        var size = problem.Eigenvalues.Length * problem.Targets;
        var (byLength, byRate, misfits) = (new double[size], new double[size], new double[size]);
        for (var i = 0; i < problem.Eigenvalues.Length; i++)
        {
            var value = problem.Eigenvalues[i];
            var (left, gone) = (filter.Left(value), filter.Gone(value));
            var (slope, rateSlope) = (filter.ByLength(value), filter.ByRate(value));
            for (var t = 0; t < problem.Targets; t++)
            {
                var (place, whole) = (i * problem.Targets + t, problem.Whole(t, i));
                (byLength[place], misfits[place]) = (whole * slope, problem.Misfit(t, i, left, gone));
                byRate[place] = whole * (rateSlope + (areStepsFree ? 0 : slope / filter.Rate));
            }
        }

        var ofLength = Inner(byLength, byLength);
        var parallel = areStepsFree && ofLength > 0 ? Inner(byLength, byRate) / ofLength : 0;
        for (var place = 0; place < size; place++)
        {
            byRate[place] -= parallel * byLength[place];
        }

        return new Slopes(ofLength, Inner(byRate, byRate), parallel, Inner(byLength, misfits), Inner(byRate, misfits));
    }

    private static double Inner(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Sums of products of the misfit and its slopes.</summary>
    /// <param name="OfLength">The square of the slope by log(steps x rate).</param>
    /// <param name="OfRate">That of what the slope by the rate has beside the first.</param>
    /// <param name="Parallel">How much of the first the slope by the rate has.</param>
    /// <param name="LengthRight">The first with the misfit.</param>
    /// <param name="RateRight">The second with it.</param>
    private readonly record struct Slopes(double OfLength, double OfRate, double Parallel, double LengthRight,
        double RateRight);
}
