namespace Plumb;

/// <summary>
/// The rate and the number of steps of gradient descent that bring it closest to a map, in predictions: from the best
/// of a grid, by the method of Levenberg and Marquardt in log(steps x rate) and rate.
/// Nocedal and Wright, Numerical Optimization, 2nd ed., section 10.3.
/// </summary>
internal sealed class DescentSearch(DescentProblem problem)
{
    private const int FewSteps = 24; // each number of them is tried
    private const int RatesOfFew = 32; // with so many rates
    private const int Starts = 6;
    private const int MostIterations = 60;
    private const int MostDampings = 12; // in a row
    private const double LeastRate = 1e-9; // of a largest of 2: below, only steps x rate shows
    private const double Shortest = 1e-6; // steps x rate: less is no way at all
    private const double Arrived = 60; // exp(-60): more steps show nothing

    private static readonly double[] s_rates = [LeastRate, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99];

    /// <summary>The closest, steps not whole.</summary>
    public DescentFilter Find() => Grid().OrderBy(start => start.Square).Take(Starts)
        .Select(start => Refined(start.Filter, areStepsFree: true)).MinBy(problem.SquareOf);

    /// <summary>The closest with so many steps.</summary>
    /// <param name="near">One that is near.</param>
    /// <param name="steps">The number of steps, whole.</param>
    public DescentFilter With(DescentFilter near, double steps) =>
        Refined(DescentFilter.Whole(Math.Clamp(near.Rate * near.Steps / steps, LeastRate, 2), steps),
            areStepsFree: false);

    /// <summary>The relative uncertainties of steps x rate, of the rate and of the steps, where each direction is
    /// known to so much.</summary>
    public (double Length, double Rate, double Steps) Uncertainty(DescentFilter filter, double noise)
    {
        var slopes = Slopes(filter, areStepsFree: true);
        var determinant = slopes.First * slopes.Second - slopes.Cross * slopes.Cross;
        var (length, rate, cross) = (slopes.Second / determinant, slopes.First / determinant / filter.Rate / filter.Rate,
            -slopes.Cross / determinant / filter.Rate);
        double Of(double variance) => variance >= 0 ? noise * Math.Sqrt(variance) : double.PositiveInfinity;
        return (Of(length), Of(rate), Of(length + rate - 2 * cross));
    }

    private IEnumerable<(DescentFilter Filter, double Square)> Grid()
    {
        for (var steps = 1; steps <= FewSteps; steps++)
        {
            var filters = Enumerable.Range(1, RatesOfFew).Select(i => DescentFilter.Whole(2.0 * i / RatesOfFew, steps));
            yield return Best(filters);
        }

        var longest = Arrived / problem.Eigenvalues[^1];
        foreach (var (rate, isOdd) in Rates())
        {
            var lengths = Enumerable.Range(0, (int)Math.Ceiling(Math.Log2(longest / Shortest)) + 1).Select(i =>
                Math.ScaleB(Shortest, i));
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

    private DescentFilter Refined(DescentFilter filter, bool areStepsFree)
    {
        var (square, damping, failures) = (problem.SquareOf(filter), 1e-3, 0);
        for (var iteration = 0; iteration < MostIterations && failures < MostDampings; iteration++)
        {
            var slopes = Slopes(filter, areStepsFree);
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

    private static DescentFilter Next(DescentFilter filter, Sums slopes, double damping, bool areStepsFree)
    {
        var (first, second) = ((1 + damping) * slopes.First, (1 + damping) * slopes.Second);
        if (!areStepsFree)
        {
            return filter with { Rate = Math.Clamp(filter.Rate - slopes.SecondRight / second, LeastRate, 2) };
        }

        var determinant = first * second - slopes.Cross * slopes.Cross;
        var byLength = (slopes.FirstRight * second - slopes.Cross * slopes.SecondRight) / determinant;
        var byRate = (first * slopes.SecondRight - slopes.Cross * slopes.FirstRight) / determinant;
        var rate = Math.Clamp(filter.Rate - byRate, LeastRate, 2);
        var length = filter.Steps * filter.Rate * Math.Exp(Math.Clamp(-byLength, -2, 2));
        return filter with { Rate = rate, Steps = length / rate };
    }

    /// <summary>Sums of products of the misfit's slopes, by log(steps x rate) and by the rate; with steps that are not
    /// free, by the rate alone, steps staying.</summary>
    private Sums Slopes(DescentFilter filter, bool areStepsFree)
    {
        var (first, cross, second, firstRight, secondRight) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < problem.Eigenvalues.Length; i++)
        {
            var value = problem.Eigenvalues[i];
            var (left, gone) = (filter.Left(value), filter.Gone(value));
            var byLength = filter.ByLength(value);
            var byRate = filter.ByRate(value) + (areStepsFree ? 0 : byLength / filter.Rate);
            for (var t = 0; t < problem.Targets; t++)
            {
                var (whole, misfit) = (problem.Whole(t, i), problem.Misfit(t, i, left, gone));
                first += whole * byLength * whole * byLength;
                cross += whole * byLength * whole * byRate;
                second += whole * byRate * whole * byRate;
                firstRight += whole * byLength * misfit;
                secondRight += whole * byRate * misfit;
            }
        }

        return new Sums(first, cross, second, firstRight, secondRight);
    }

    private readonly record struct Sums(double First, double Cross, double Second, double FirstRight,
        double SecondRight);
}
