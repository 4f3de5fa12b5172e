using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>Tests of linear hypotheses by one way of estimating errors.</summary>
internal static class WaldTests
{
    /// <summary>The test of a hypothesis, one per target; one in all where it names targets.</summary>
    public static TestedHypothesis[] Of(Inference inference, Hypothesis hypothesis)
    {
        var targets = hypothesis.NamesTargets ? 1 : inference.Fit.Names.Targets.Count;
        return [.. Enumerable.Range(0, targets).Select(target => Of(inference, hypothesis, target))];
    }

    /// <summary>The test of a hypothesis about every target at once; null where they cannot be tested so.</summary>
    public static MultivariateTest? OfAllTargets(Inference inference, Hypothesis hypothesis)
    {
        var (fit, restrictions, targets) = (inference.Fit, hypothesis.Restrictions, inference.Fit.Names.Targets.Count);
        ParameterCombination[] first = [.. restrictions.Select(restriction => restriction.For(targets, 0))];
        if (targets < 2 || fit.Settings.NoiseIsKnown || hypothesis.NamesTargets
            || WhyUndetermined(inference, restrictions, first) is not null)
        {
            return null;
        }

        var independent = Independent(restrictions, hypothesis.Text);
        Dyadic[] DifferencesOf(int target) => [.. independent.Select(k =>
            inference.Estimates.Value(restrictions[k].For(targets, target)) - new Dyadic(restrictions[k].Value, 0))];
        var explained = fit.Explained([.. independent.Select(k => first[k].Of(0).ToArray())],
            [.. Enumerable.Range(0, targets).Select(DifferencesOf)]);
        return MultivariateTest.Of(hypothesis.Text, fit.ResidualProducts, explained, independent.Length,
            fit.ResidualDegreesOfFreedom);
    }

    private static TestedHypothesis Of(Inference inference, Hypothesis hypothesis, int target)
    {
        var (fit, restrictions) = (inference.Fit, hypothesis.Restrictions);
        ParameterCombination[] combinations =
            [.. restrictions.Select(restriction => restriction.For(fit.Names.Targets.Count, target))];
        var tested = new TestedHypothesis(hypothesis.Text, hypothesis.NamesTargets ? null : fit.Names.Targets[target])
        {
            IsPairwise = restrictions.All(restriction => restriction.IsPairwise),
            Combinations = combinations,
        };
        if (WhyUndetermined(inference, restrictions, combinations) is { } why)
        {
            return tested with { Undetermined = why };
        }

        Dyadic[] differences = [.. restrictions.Zip(combinations, (restriction, combination) =>
            inference.Estimates.Value(combination) - new Dyadic(restriction.Value, 0))];
        var covariances = inference.Form.Of(combinations);
        var independent = Independent(restrictions, hypothesis.Text);
        ParameterCombination[] tests = [.. independent.Select(k => combinations[k])];
        var freedom = inference.Form.DegreesOfFreedom(tests);
        var f = FOf(inference, hypothesis, covariances, differences, independent) * inference.Form.FactorOf(tests);
        return tested with
        {
            Restrictions = [.. restrictions.Select((restriction, k) => One(inference, restriction, combinations[k],
                differences[k], covariances[k, k]))],
            F = f,
            NumeratorDegreesOfFreedom = independent.Length,
            DenominatorDegreesOfFreedom = freedom,
            PValue = double.IsPositiveInfinity(f) ? 0 : FisherF.UpperTail(f, independent.Length, freedom),
        };
    }

    /// <summary>The equation that the data leave undetermined, and by which relation.</summary>
    private static string? WhyUndetermined(Inference inference, IReadOnlyList<Restriction> restrictions,
        ParameterCombination[] combinations)
    {
        foreach (var (restriction, combination) in restrictions.Zip(combinations))
        {
            if (inference.UndeterminedAlong(combination) is { } relation)
            {
                return $"the data leave '{restriction.Text}' undetermined, as {relation.Text} on every row";
            }

            if (NearAlong(inference.Fit, combination) is { } near)
            {
                return $"'{restriction.Text}' depends on the last bit of the data, as nearly {near.Text} on every row";
            }
        }

        return null;
    }

    /// <summary>The near dependence that a combination would need.</summary>
    private static Dependence? NearAlong(LinearFit fit, ParameterCombination combination)
    {
        const double Readable = 1e-7; // the digits of a near dependence's coefficients
        foreach (var relation in fit.NearDependences)
        {
            foreach (var target in combination.Targets)
            {
                var coefficients = combination.Of(target);
                var sum = coefficients[0].ToDouble() * relation.Bias;
                var magnitude = Math.Abs(sum);
                for (var j = 1; j < coefficients.Length; j++)
                {
                    var term = coefficients[j].ToDouble() * relation.Weights[j - 1];
                    (sum, magnitude) = (sum + term, magnitude + Math.Abs(term));
                }

                if (Math.Abs(sum) > Readable * magnitude)
                {
                    return relation;
                }
            }
        }

        return null;
    }

    /// <summary>The equations that do not follow from those before them.</summary>
    /// <exception cref="FormatException">Two equations contradict each other.</exception>
    private static int[] Independent(IReadOnlyList<Restriction> restrictions, string text)
    {
        Dyadic[][] rows = [.. restrictions.Select(restriction =>
            restriction.Coefficients.Select(factor => new Dyadic(factor, 0)).ToArray())];
        int[] independent = [.. ExactRank.Of(ScaledMatrix.Of(Products(rows))).Independent];
        Dyadic[][] withValues = [.. rows.Select((row, k) =>
            (Dyadic[])[.. row, new Dyadic(restrictions[k].Value, 0)])];
        return ExactRank.Of(ScaledMatrix.Of(Products(withValues))).Independent.Count == independent.Length ? independent
            : throw new FormatException($"'{text}' contradicts itself: its equations cannot hold at once.");
    }

    private static Dyadic[,] Products(Dyadic[][] rows)
    {
        var products = new Dyadic[rows.Length, rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
            {
                products[i, j] = rows[i].Zip(rows[j]).Aggregate(Dyadic.Zero,
                    (sum, pair) => sum + pair.First * pair.Second);
            }
        }

        return products;
    }

    private static double FOf(Inference inference, Hypothesis hypothesis, Dyadic[,] covariances, Dyadic[] differences,
        int[] independent)
    {
        try
        {
            return FOf(covariances, differences, independent);
        }
        catch (ArithmeticException) when (inference.Method is ClusteredErrors { Second: not null })
        {
            throw new InvalidOperationException($"errors clustered two ways leave the equations of '{hypothesis.Text}' "
                + "no covariance that is positive definite, as happens where groups are few or oppose each other; test "
                + "them one by one, or cluster by one column");
        }
    }

    private static double FOf(Dyadic[,] covariances, Dyadic[] differences, int[] independent)
    {
        if (independent.Any(k => covariances[k, k].IsZero))
        {
            return independent.All(k => differences[k].IsZero) ? double.NaN : double.PositiveInfinity;
        }

        var matrix = new Dyadic[independent.Length, independent.Length];
        for (var a = 0; a < independent.Length; a++)
        {
            for (var b = 0; b < independent.Length; b++)
            {
                matrix[a, b] = covariances[independent[a], independent[b]];
            }
        }

        Dyadic[] asked = [.. independent.Select(k => differences[k])];
        var solution = new PositiveDefiniteSolver(ScaledMatrix.Of(matrix)).Solve(asked).Values;
        var form = asked.Zip(solution).Aggregate(Dyadic.Zero, (sum, pair) => sum + pair.First * pair.Second);
        return Dyadic.Ratio(form, independent.Length);
    }

    private static TestedRestriction One(Inference inference, Restriction restriction, ParameterCombination combination,
        Dyadic difference, Dyadic variance)
    {
        Dyadic divisor = new(restriction.Divisor, 0);
        var (estimate, error) = (Dyadic.Ratio(difference, divisor), Dyadic.SquareRootOfRatio(variance,
            divisor * divisor));
        var freedom = inference.Form.DegreesOfFreedom(combination);
        var reach = StudentT.UpperQuantile((1 - inference.Fit.Settings.Level) / 2, freedom) * error;
        var t = error > 0 ? Math.CopySign(Dyadic.SquareRootOfRatio(difference * difference, variance), estimate)
            : estimate == 0 ? double.NaN : Math.CopySign(double.PositiveInfinity, estimate);
        return new TestedRestriction(restriction.Text, estimate, error)
        {
            Low = estimate - reach,
            High = estimate + reach,
            T = t,
            DegreesOfFreedom = freedom,
            PValue = double.IsInfinity(t) ? 0 : 2 * StudentT.UpperTail(Math.Abs(t), freedom),
        };
    }
}
