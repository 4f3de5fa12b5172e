namespace Plumb.Diagnosis;

/// <summary>Finds how far a descent went, and how many digits of that agree.</summary>
/// <param name="start">Where it began.</param>
/// <param name="problem">The map beside the best fit.</param>
/// <param name="rounding">The root of the sum over targets of squares of what rounding leaves of the map, in lengths of
/// predictions over the target's.</param>
internal sealed class DescentMatching(DescentStart start, DescentProblem problem, double rounding)
{
    private const double Countable = 0.003; // steps: with a larger uncertainty, chance makes them whole
    private const double Whole = 1e-4; // steps: what rounding along the way may add to the uncertainty
    private const double Slack = 3; // times what any number of steps leaves, or rounding: a whole one does as well
    private const double MostDigits = 10; // of one condition: more says nothing more
    private const double CommonToFamilies = 0.5; // digits of each: ways of shrinking are that much alike
    private const double LeastApart = 1e-9; // of the target's length: what rounding leaves
    private const double Alike = 3; // times the distance: as close as this, one factor for all does as well
    private const double AsWell = 3; // times what the closest leaves: steps need not be long or short
    private const double LeastRounding = 0.03; // of what rounding may leave: what it usually does
    private const double UsualRounding = 0.3; // of the same: what it may be while steps are counted
    private const double Certain = 3; // uncertainties
    private const int MostParameters = 2; // rate and steps

    private readonly DescentSearch _search = new(problem);
    private readonly int _conditions = problem.Targets * problem.Eigenvalues.Length;

    /// <summary>The closest descent; null where none is near.</summary>
    public DescentMatch? Find()
    {
        var free = _search.Find(UsualRounding * rounding);
        var misfit = Math.Sqrt(problem.SquareOf(free));
        if (!double.IsFinite(misfit))
        {
            return null;
        }

        var noise = Math.Max(misfit / Math.Sqrt(Math.Max(1, _conditions - MostParameters)),
            rounding / Math.Sqrt(_conditions));
        var (length, rate, steps) = _search.Uncertainty(free, noise);
        var limit = _search.Limit(free);
        if (Math.Sqrt(problem.SquareOf(limit)) <= Math.Max(AsWell * misfit, LeastRounding * rounding))
        {
            return Match(limit, 1, length) with { MostRate = free.Rate * (1 + Certain * rate) };
        }

        return steps * free.Steps <= Countable ? Counted(free, steps * free.Steps, Math.Max(misfit, rounding))
            : Match(free, MostParameters, length) with { MostRate = free.Rate * (1 + Certain * rate) };
    }

    /// <summary>With the whole number of steps that is next, where that leads there.</summary>
    private DescentMatch Counted(DescentFilter free, double uncertainty, double misfit)
    {
        var whole = Math.Max(1, Math.Round(free.Steps));
        var counted = _search.With(free, whole);
        if (Math.Abs(free.Steps - whole) > Math.Max(Certain * uncertainty, Whole)
            || Math.Sqrt(problem.SquareOf(counted)) > Slack * misfit)
        {
            return Match(free, MostParameters, uncertainty / free.Steps) with { IsWhole = false };
        }

        var digits = -Math.Log10(2 * Math.Max(Math.Abs(free.Steps - whole), uncertainty));
        return Match(counted, MostParameters, _search.Uncertainty(counted, misfit).Length) with
        {
            IsCounted = true,
            StepDigits = Math.Clamp(digits, 0, MostDigits),
        };
    }

    private DescentMatch Match(DescentFilter filter, int parameters, double uncertainty)
    {
        var isCommon = IsCommonFactor(filter);
        return new DescentMatch(start, problem, filter, IsCounted: false, uncertainty,
            isCommon ? 0 : Digits(filter, parameters))
        {
            IsTested = !isCommon && _conditions > parameters,
            IsCommonFactor = isCommon,
        };
    }

    /// <summary>How well the conditions agree, beyond those that fix the parameters, and beyond what any way of
    /// shrinking has in common with another.</summary>
    private double Digits(DescentFilter filter, int parameters)
    {
        var usual = Math.Sqrt(problem.SquareOf(filter) / Math.Max(1, _conditions - parameters));
        var least = Math.Max(usual, LeastRounding * rounding);
        List<double> digits = [];
        for (var i = 0; i < problem.Eigenvalues.Length; i++)
        {
            var (left, gone) = (filter.Left(problem.Eigenvalues[i]), filter.Gone(problem.Eigenvalues[i]));
            for (var t = 0; t < problem.Targets; t++)
            {
                var apart = Math.Max(Math.Abs(problem.Misfit(t, i, left, gone)), least)
                    / (Math.Abs(problem.Whole(t, i)) * Math.Min(Math.Abs(left), Math.Abs(gone)));
                digits.Add(Math.Clamp(-Math.Log10(apart) - CommonToFamilies, 0, MostDigits));
            }
        }

        return digits.OrderDescending().Skip(parameters).Sum();
    }

    private bool IsCommonFactor(DescentFilter filter) => Math.Sqrt(problem.SquareOfCommonFactor())
        <= Math.Max(Alike * Math.Sqrt(problem.SquareOf(filter)), LeastApart);
}
