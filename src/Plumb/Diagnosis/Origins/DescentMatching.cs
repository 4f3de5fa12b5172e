namespace Plumb;

/// <summary>Finds how far a descent went, and how many digits of that agree.</summary>
/// <param name="start">Where it began.</param>
/// <param name="problem">The map beside the best fit.</param>
/// <param name="rounding">The root of the sum over targets of squares of what rounding leaves of the map, in lengths of
/// predictions over the target's.</param>
internal sealed class DescentMatching(DescentStart start, DescentProblem problem, double rounding)
{
    private const double Countable = 0.2; // steps: with a larger uncertainty, three times that reaches the next
    private const double Slack = 10; // times what any number of steps leaves, or rounding: a whole one does as well
    private const double MostDigits = 10; // of one condition: more says nothing more
    private const double CommonToFamilies = 1; // digits of each: all ways of shrinking are that much alike
    private const double LeastApart = 1e-9; // of the target's length: what rounding leaves
    private const double Alike = 3; // times the distance: as close as this, one factor for all does as well
    private const int Parameters = 2;

    private readonly DescentSearch _search = new(problem);
    private readonly int _conditions = problem.Targets * problem.Eigenvalues.Length;

    /// <summary>The closest descent; null where none is near.</summary>
    public DescentMatch? Find()
    {
        var free = _search.Find();
        var square = problem.SquareOf(free);
        if (!double.IsFinite(square))
        {
            return null;
        }

        var noise = Math.Max(Math.Sqrt(square / Math.Max(1, _conditions - Parameters)),
            rounding / Math.Sqrt(_conditions));
        var (length, ofRate, steps) = _search.Uncertainty(free, noise);
        var apart = steps * free.Steps;
        if (!(apart <= Countable))
        {
            return new DescentMatch(start, problem, free, IsCounted: false, length, Digits(free))
            {
                RateUncertainty = ofRate,
            };
        }

        var whole = Math.Max(1, Math.Round(free.Steps));
        var counted = _search.With(free, whole);
        if (Math.Sqrt(problem.SquareOf(counted)) > Slack * Math.Max(Math.Sqrt(square), rounding))
        {
            return null; // no whole number of steps leads here
        }

        var ofSteps = -Math.Log10(2 * Math.Max(Math.Abs(free.Steps - whole), apart));
        var rate = _search.Uncertainty(counted, noise) is var known ? known.Length : length;
        return new DescentMatch(start, problem, counted, IsCounted: true, rate,
            IsCommonFactor(counted) ? 0 : Digits(counted) + Math.Clamp(ofSteps, 0, MostDigits));
    }

    /// <summary>How well the conditions agree, beyond those that fix the rate and the steps, and beyond what any way of
    /// shrinking has in common with another.</summary>
    private double Digits(DescentFilter filter)
    {
        if (IsCommonFactor(filter))
        {
            return 0;
        }

        List<double> digits = [];
        for (var i = 0; i < problem.Eigenvalues.Length; i++)
        {
            var (left, gone) = (filter.Left(problem.Eigenvalues[i]), filter.Gone(problem.Eigenvalues[i]));
            for (var t = 0; t < problem.Targets; t++)
            {
                var apart = Math.Max(Math.Abs(problem.Misfit(t, i, left, gone)), rounding / Math.Sqrt(_conditions))
                    / (Math.Abs(problem.Whole(t, i)) * Math.Min(Math.Abs(left), Math.Abs(gone)));
                digits.Add(Math.Clamp(-Math.Log10(apart) - CommonToFamilies, 0, MostDigits));
            }
        }

        return digits.OrderDescending().Skip(Parameters).Sum();
    }

    private bool IsCommonFactor(DescentFilter filter) => Math.Sqrt(problem.SquareOfCommonFactor())
        <= Math.Max(Alike * Math.Sqrt(problem.SquareOf(filter)), LeastApart);
}
