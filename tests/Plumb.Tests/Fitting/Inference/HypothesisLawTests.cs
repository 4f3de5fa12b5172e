namespace Plumb.Tests;

/// <summary>Tests of hypotheses: against nested fits in fractions, and what they must not depend on.</summary>
public sealed class HypothesisLawTests
{
    private static readonly Gen<((double[][] X, double[][] Y, bool Bias) Problem, int[] Factors)> s_withFactors =
        from problem in RandomRegressions.FullRank
        from factors in Gen.Int[-3, 3].Array[problem.X[0].Length]
        where factors.Any(factor => factor != 0)
        select (problem, factors);

    [Fact]
    public void F_of_one_equation_is_the_square_of_t_and_of_the_exact_test() => s_withFactors.Sample(given =>
    {
        var ((x, y, bias), factors) = given;
        var (fit, exact) = (RandomRegressions.Fit(x, y, bias), new ExactRegression(x, y, bias));
        var text = string.Join(" + ", factors.Select((factor, j) => $"{factor} x{j + 1}")) + " = 1/3";
        Fraction[] c = [.. bias ? (Fraction[])[0] : [], .. factors.Select(factor => (Fraction)factor)];
        foreach (var (t, test) in fit.Inference.Test(text.Replace("+ -", "- ", StringComparison.Ordinal)).Index())
        {
            if (exact.Product(t, t).IsZero)
            {
                continue;
            }

            var difference = ExactRegression.Dot(c, exact.Parameters[t]) - (Fraction)1 / 3;
            var f = difference * difference * exact.DegreesOfFreedom / (exact.Product(t, t) * exact.Form(c, c));
            AssertClose(f.ToDouble(), test.F, 1e-14);
            AssertClose(test.F, test.Restrictions[0].T * test.Restrictions[0].T, 1e-14);
            AssertClose(test.PValue, test.Restrictions[0].PValue, 1e-10);
            AssertClose(difference.ToDouble(), test.Restrictions[0].Estimate, 1e-14);
        }
    });

    [Fact]
    public void Walds_test_is_the_difference_of_residual_sums_in_fractions() => s_withFactors.Sample(given =>
    {
        // Inputs of factor 0 stay: the others' weights are tested to be 0.
        var ((x, y, bias), factors) = given;
        var (fit, large) = (RandomRegressions.Fit(x, y, bias), new ExactRegression(x, y, bias));
        int[] kept = [.. Enumerable.Range(0, factors.Length).Where(j => factors[j] == 0)];
        var dropped = factors.Length - kept.Length;
        var text = string.Join(", ", factors.Index().Where(item => item.Item != 0)
            .Select(item => $"x{item.Index + 1} = 0"));
        var wald = fit.Inference.Test(text);
        var nested = fit.TestAgainst([.. kept.Select(j => $"x{j + 1}")]);
        if (kept.Length == 0 && !bias)
        {
            return; // no column at all is left for the fractions
        }

        var small = new ExactRegression([.. x.Select(row => kept.Select(j => row[j]).ToArray())], y, bias);
        for (var t = 0; t < 2; t++)
        {
            if (large.Product(t, t).IsZero)
            {
                continue;
            }

            var f = (small.Product(t, t) - large.Product(t, t)) * large.DegreesOfFreedom
                / (large.Product(t, t) * dropped);
            AssertClose(f.ToDouble(), wald[t].F, 1e-13);
            AssertClose(f.ToDouble(), nested[t].F, 1e-13);
            Assert.Equal((dropped, (double)large.DegreesOfFreedom),
                (wald[t].NumeratorDegreesOfFreedom, wald[t].DenominatorDegreesOfFreedom));
        }
    });

    [Fact]
    public void Equations_that_follow_from_others_change_nothing() => s_withFactors.Sample(given =>
    {
        var ((x, y, bias), _) = given;
        var inference = RandomRegressions.Fit(x, y, bias).Inference;
        var plain = inference.Test("x1 = 2");
        var repeated = inference.Test("x1 = 2, 3 x1 - 1 = 5, 2 = x1, (x1 + x1)/4 = 1");
        Assert.Equal(plain.Select(test => (test.F, test.PValue)), repeated.Select(test => (test.F, test.PValue)));
    });

    [Fact]
    public void Several_targets_are_tested_together_by_the_same_sums_as_one_by_one() => s_withFactors.Sample(given =>
    {
        // Of two equal designs, Pillai's and the others' eigenvalue for one equation is d'E^-1 d over its variance.
        var ((x, y, bias), _) = given;
        var (fit, exact) = (RandomRegressions.Fit(x, y, bias), new ExactRegression(x, y, bias));
        var hypothesis = Hypothesis.Parse("x1 = 0", Design.Of(fit.Names));
        if (fit.Inference.TestAllTargets(hypothesis) is not { } test)
        {
            return;
        }

        var unit = bias ? 1 : 0;
        Fraction[] d = [exact.Parameters[0][unit], exact.Parameters[1][unit]];
        Fraction[,] e =
        {
            { exact.Product(0, 0), exact.Product(0, 1) },
            { exact.Product(1, 0), exact.Product(1, 1) },
        };
        var root = ExactRegression.Dot(d, Fraction.Solve(e, d)!) / exact.Inverse![unit][unit];
        if (root.ToDouble() > 1e6)
        {
            return; // residuals that are nothing beside the effect, or of targets that nearly agree: digits are lost
        }

        AssertClose(root.ToDouble(), test.Eigenvalues[0], 1e-8);
        var (v, f) = (exact.DegreesOfFreedom, test.Statistics);
        AssertClose(root.ToDouble() * (v - 1) / 2, f[0].F, 1e-8); // Hotelling's T^2, by all four
        Assert.All(f, statistic => AssertClose(f[0].F, statistic.F, 1e-7));
        AssertClose(f[0].F, fit.Inference.TestAllTargets(hypothesis)!.Statistics[1].F, 1e-7);
    });

    [Fact]
    public void Undetermined_hypotheses_are_refused_and_determined_ones_are_not()
    {
        // x3 = x1 + x2: x1 + x3 is what x1 alone counts for.
        double[][] x = [[1, 2, 3], [2, 0, 2], [0, 1, 1], [4, 1, 5], [3, 3, 6], [1, 1, 2]];
        double[][] y = [[1], [3], [2], [6], [4], [2.5]];
        var (fit, small) = (RandomRegressions.Fit(x, y, bias: true),
            RandomRegressions.Fit([.. x.Select(row => row[..2])], y, bias: true));
        var refused = fit.Inference.Test("x1 = 0")[0];
        Assert.Contains("as x3 = x1 + x2 on every row", refused.Undetermined, StringComparison.Ordinal);
        Assert.True(double.IsNaN(refused.F));
        Assert.Equal(small.Inference.Test("x1 = 0")[0].F, fit.Inference.Test("x1 + x3 = 0")[0].F);
        Assert.Equal(small.Inference.Test("x1 = x2")[0].F, fit.Inference.Test("x1 = x2")[0].F);
        Assert.Equal(small.TestAgainst()[0].F, fit.TestAgainst()[0].F);
        Assert.Equal(2, fit.TestAgainst()[0].NumeratorDegreesOfFreedom);
    }

    [Theory]
    [InlineData("x1 = 1, x1 = 2", "contradicts itself")]
    [InlineData("x1 x2 = 1", "at 'x2 = 1' expected '='")]
    [InlineData("x1 = 1 x2 x1", "at 'x1' expected '=', ',' or the end")]
    [InlineData("x1 = 1 )", "expected '=', ',' or the end")]
    [InlineData("x1 * x2 = 1", "no product of two parameters")]
    [InlineData("x1 = nothing", "expected a number, an input (x1, x2)")]
    [InlineData("x1 = x1", "says nothing of any parameter")]
    [InlineData("w[y1,x1] = x2", "names a target in one place")]
    [InlineData("w[y1,x1] = 1, x2 = 1", "names targets in some equations only")]
    [InlineData("w[y3,x1] = 1", "expected a target: y1, y2")]
    [InlineData("x1 / 0 = 1", "a number other than 0")]
    [InlineData("(x1 = 1", "expected ')'")]
    public void What_is_no_hypothesis_is_refused_with_its_place(string text, string expected)
    {
        var fit = RandomRegressions.Fit([[1, 2], [2, 1], [3, 5], [5, 5], [0, 2]],
            [[1, 1], [2, 0], [3, 1], [4, 2], [5, 9]], bias: true);
        var message = Assert.Throws<FormatException>(() => fit.Inference.Test(text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_signs_are_names()
    {
        var moments = new Moments(Design.Of(
            [new Term("x"), new Term([new TermFactor("x") { Power = 2 }]),
                new Term([new TermFactor("z") { Function = ColumnFunction.Log }])],
            [new Term("y")]));
        moments.AddRows([[1, 2], [2, 3], [3, 1], [4, 4], [6, 2], [7, 1]], [[1], [3], [2], [5], [4], [4]]);
        var inference = new LeastSquares().Fit(moments).Inference;
        Assert.Equal(inference.Test("`x^2` = 0.5 x")[0].F, inference.Test("2*x^2 - x = 0")[0].F, 1e-12);
        Assert.Equal(["log(z) = x^2"], inference.Test("log(z) = x^2")[0].Restrictions.Select(part => part.Text));
    }

    [Fact]
    public void Shuffled_rows_change_no_bit() =>
        (from problem in RandomRegressions.FullRank
         from seed in Gen.Int[0, 1000]
         select (problem, seed)).Sample(given =>
    {
        var ((x, y, bias), seed) = given;
        int[] order = [.. Enumerable.Range(0, x.Length)];
        new Random(seed).Shuffle(order);
        string Tests(LinearFit fit) => string.Join(';', fit.Inference.Test("x1 = 1").Select(test =>
            $"{test.F:r} {test.PValue:r} {test.Restrictions[0].Low:r}"));
        Assert.Equal(Tests(RandomRegressions.Fit(x, y, bias)),
            Tests(RandomRegressions.Fit([.. order.Select(i => x[i])], [.. order.Select(i => y[i])], bias)));
    });

    [Fact]
    public void Without_noise_what_is_true_is_not_rejected_and_the_rest_is()
    {
        var fit = RandomRegressions.Fit([[1], [2], [3], [4]], [[3], [5], [7], [9]], bias: true);
        var (right, wrong) = (fit.Inference.Test("x1 = 2")[0], fit.Inference.Test("x1 = 3")[0]);
        Assert.True(double.IsNaN(right.F));
        Assert.Equal((double.PositiveInfinity, 0), (wrong.F, wrong.PValue));
    }

    private static void AssertClose(double expected, double actual, double share) =>
        Assert.True(expected.Equals(actual) || Math.Abs(actual - expected) <= share * Math.Abs(expected),
            $"{actual:r}, not {expected:r}");
}
