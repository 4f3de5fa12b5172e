namespace Plumb.Tests.Structures;

/// <summary>What is said of inputs that cannot be told apart.</summary>
internal static class GroupLaws
{
    /// <summary>What is false.</summary>
    public static IEnumerable<string> Violations(StructureJudge judge) =>
        [.. Hidden(judge), .. judge.Fit.Collinearity.Groups.SelectMany(group => Combination(judge, group))];

    /// <summary>W and b are not trusted where a weight cannot be told apart from others.</summary>
    private static IEnumerable<string> Hidden(StructureJudge judge) =>
        from t in judge.Targets
        from @group in judge.Problem.Entangled
        from input in @group.SkipLast(1)
        where judge.Trusts && IsHidden(judge, t, input, @group[^1])
        select $"trusted, but {judge.Name(input)} cannot be told apart among {judge.Names(@group)}";

    /// <summary>
    /// Whether little is known of an input's weight, not even its sign beyond doubt, though the sum of it and the last
    /// one's (in core units) is: nothing is known, and the error is thirty times as large; or the sign may have been
    /// chance, and it is a thousand times as large.
    /// </summary>
    private static bool IsHidden(StructureJudge judge, int target, int input, int last)
    {
        const double BeyondDoubt = 10;
        var (exact, units) = (judge.Exact, judge.Problem.Units);
        double Ratio(params (int Parameter, double Factor)[] combination) =>
            Math.Abs(combination.Sum(term => term.Factor * judge.ValueOf(target, term.Parameter)))
                / exact.StandardError(target, combination);
        (int, double)[] sum = [(input, units[input]), (last, units[last])];
        var worse = exact.StandardError(target, (input, units[input])) / exact.StandardError(target, sum);
        var own = Ratio((input, 1));
        return Ratio(sum) > BeyondDoubt && ((own < 1 && worse > 30) || (own < 3 && worse > 1000));
    }

    /// <summary>What is said to be determined is: it has one value, and its interval covers the truth.</summary>
    private static IEnumerable<string> Combination(StructureJudge judge, EntangledGroup group)
    {
        var (text, exact) = (group.Determined.Text, judge.Exact);
        (int Input, double Factor)[] terms = [.. group.Inputs.Zip(group.Determined.Coefficients)];
        var factors = judge.Inputs.Select(j => terms.FirstOrDefault(term => term.Input == j).Factor).ToArray();
        if (exact.Openness(factors) is > 1e-12 and var openness)
        {
            yield return $"{text} is called determined, but other values fit as well: {openness}";
            yield break;
        }

        foreach (var t in group.Targets)
        {
            var off = terms.Sum(term => term.Factor * exact.ErrorOf(t, term.Input));
            var error = exact.StandardError(t, terms);
            var truth = terms.Sum(term => term.Factor * judge.TruthOf(t, term.Input));
            double Size(Func<int, int, double> of) => terms.Sum(term => Math.Abs(term.Factor * of(t, term.Input)));
            var rounding = 1e-12 * (Size(judge.ValueOf) + Size(judge.TruthOf));
            if (!(Math.Abs(group.Estimates[t] - (truth + off)) <= rounding + 1e-6 * error))
            {
                yield return $"{text} is {group.Estimates[t]}, but the best is {truth + off}";
            }

            // Double-double may lose all digits where inputs depend on each other to within rounding.
            if (judge.Fit.NearDependences.Count == 0 && !(Math.Abs(group.Errors[t] - error) <= 1e-6 * error))
            {
                yield return $"{text} has standard error {group.Errors[t]}, but it is {error}";
            }

            if (!(Math.Abs(off) <= judge.Limit * error + 1e-9 * Size(exact.ErrorOf)))
            {
                yield return $"{text} is {off} from the truth, but its error {error}";
            }
        }
    }
}
