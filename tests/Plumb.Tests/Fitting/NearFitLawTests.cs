using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Inputs that nearly depend on one another, to any degree and in any units: every fit has an end, what no double holds
/// is withheld alone, and what is given is as near to the exact fractions as it claims.
/// </summary>
public sealed class NearFitLawTests
{
    private const int Kinds = 8;
    private const int Grid = -1074; // all doubles are whole numbers of 2^-1074

    private static readonly Gen<Problem> s_problems =
        from seed in Gen.Int[0, 1_000_000]
        from kind in Gen.Int[0, Kinds - 1]
        from bias in Gen.Bool
        select Make(seed, kind, bias);

    [Fact]
    public void What_is_given_is_right_to_the_digits_claimed() => s_problems.Sample(problem =>
    {
        var fit = Fit(problem);
        if (fit.IsIdentified)
        {
            RequireRight(problem, fit);
        }
    }, iter: 300);

    [Fact]
    public void Everything_else_is_said_without_an_error_and_without_numbers_that_are_none() =>
        s_problems.Sample(problem =>
    {
        var fit = Fit(problem);
        var rows = new RowTests(fit);
        rows.Add(Reference.Dataset(problem.X, problem.Y));
        var assessment = Assessment.Of(fit, fit.Accuracy, rows.Report());
        string[] texts =
        [
            .. fit.Dependences.Select(relation => relation.Text),
            .. assessment.Findings.Select(finding => finding.Message + finding.Remedy),
            assessment.Verdict,
        ];
        Assert.All(fit.Dependences,
            relation =>
                Assert.All(relation.Weights.Append(relation.Bias), value => Assert.True(double.IsFinite(value))));
        Assert.DoesNotContain(texts,
            text => text.Contains("NaN", StringComparison.Ordinal)
                || text.Contains("Infinity", StringComparison.Ordinal));
        Assert.InRange(fit.NearRank.Rank, 0, fit.Rank);
        Assert.All(fit.Accuracy.Data.Weights.Values.ToArray(), digits => Assert.True(digits >= 0 || !fit.IsIdentified));
    }, iter: 300);

    private static LinearFit Fit(Problem problem) =>
        new LeastSquares { Bias = problem.Bias, WithholdTooLarge = true }.Fit(
            Moments.Of(Reference.Dataset(problem.X, problem.Y)));

    private static void RequireRight(Problem problem, LinearFit fit)
    {
        BigInteger Whole(double value) => ((Dyadic)value).OnGrid(Grid);
        BigInteger[][] rows =
            [.. problem.X.Select(row =>
                (BigInteger[])[.. row.Select(Whole), .. problem.Bias ? [BigInteger.One] : Array.Empty<BigInteger>()])];
        var exact = RationalOracle.Solve(rows, [.. problem.Y.Select(row => Whole(row[0]))],
            [.. rows.Select(_ => BigInteger.One)]);
        for (var j = 0; j < rows[0].Length; j++)
        {
            // The bias is on the grid of the target, beside a constant of 1; a weight on none.
            var isBias = j == fit.Names.Inputs.Count;
            var (name, scale) = (isBias ? "bias" : fit.Names.Inputs[j], isBias ? Grid : 0);
            var parameter = new Dyadic(exact.Parameters[j], scale);
            var value = isBias ? fit.Map.Bias[0] : fit.Map.WeightsOf(0)[j];
            var digits = isBias ? fit.Accuracy.Arithmetic.Bias[0] : fit.Accuracy.Arithmetic.Weights[0, j];
            RequireDigits(value, parameter, new Dyadic(exact.Denominator, 0), digits,
                fit.TooLarge.Any(large => large.Input == name));

            var error = isBias ? fit.BiasErrors[0] : fit.WeightErrors[0, j];
            if (fit.ResidualDegreesOfFreedom < 1)
            {
                continue;
            }

            // Its square: residual / freedom times the inverse's diagonal.
            var square = new Dyadic(exact.Residual * exact.Inverse[j], 2 * scale);
            var under = new Dyadic(exact.Denominator * exact.Denominator * fit.ResidualDegreesOfFreedom, 0);
            var claimed = isBias ? fit.Accuracy.StandardErrors.Bias[0] : fit.Accuracy.StandardErrors.Weights[0, j];
            RequireRoot(error, Dyadic.SquareRootOfRatio(square, under), claimed);
            Assert.True(double.IsFinite(error) || fit.HangsOnLastBit(Math.Min(j, fit.Names.Inputs.Count - 1))
                || fit.BiasHangsOnLastBit || fit.ErrorsTooLarge.Any(large => large.Input == name));
        }
    }

    private static void RequireDigits(double value, Dyadic numerator, Dyadic denominator, double digits,
        bool isWithheld)
    {
        if (!double.IsFinite(value))
        {
            Assert.True(isWithheld && double.IsInfinity(Dyadic.Ratio(numerator, denominator)) && digits == 0);
            return;
        }

        var distance = ((Dyadic)value * denominator - numerator).Abs();
        Assert.True(
            distance.IsZero || digits == 0
                || Dyadic.Ratio(distance, numerator.Abs()) <= Math.Pow(10, -digits) * 1.000001,
            $"{value} claims {digits} digits");
    }

    private static void RequireRoot(double error, double exact, double digits) =>
        Assert.True(error.Equals(exact) || Math.Abs(error - exact) <= (Math.Pow(10, -digits) + 2.3e-16) * exact,
            $"{error} for {exact} claims {digits} digits");

    private static Problem Make(int seed, int kind, bool bias)
    {
        var random = new RandomSource(seed);
        int Whole(int least, int most) => least + (int)(random.NextDouble() * (most - least + 1));
        T Any<T>(params T[] choices) => choices[Whole(0, choices.Length - 1)];
        var (rows, inputs) = (Whole(4, 9), Whole(2, 3));
        double[][] columns =
            [.. Enumerable.Range(0, inputs)
                .Select(_ => Enumerable.Range(0, rows).Select(_ => 6 * random.NextDouble() - 3).ToArray())];
        var size = Math.Pow(10, Any(-60, -120, -200, -290, -300, -307, -315, -320));
        var (first, other) = (Any(1e-300, 1e300, 1e-150, 1), Any(1e-300, 1e300, 1e150, 1));
        var offset = Any(1e8, 1e15, 1e100, 1e300);
        for (var i = 0; i < rows; i++)
        {
            ref var a = ref columns[0][i];
            ref var b = ref columns[1][i];
            switch (kind)
            {
                case 0: b = random.NextDouble() < 0.4 ? Math.BitIncrement(a) : a; break;
                case 1: (a, b) = i % 2 == 0 ? (0, Whole(0, 9) * size) : (Whole(1, 5), 0); b += a; break;
                case 2:
                    (a, b) =
                    (offset * (1 + Whole(0, 3) * Math.ScaleB(1, -52)),
                        offset * (1 + Whole(0, 3) * Math.ScaleB(1, -52))); break;
                case 3: columns[^1][i] = inputs == 2 ? 2 * a + 0.1 : a + 0.3 * b; break;
                case 4:
                    (a, b) = (Whole(1, 9) * double.Epsilon, random.NextDouble() < 0.5 ? a * double.Epsilon : b); b =
                    a == 0 ? b : a + Whole(0, 1) * double.Epsilon; break;
                case 5: (a, b) = (first * a, other * a * (1 + Whole(0, 1) * Math.ScaleB(1, -52))); break;
                case 6:
                    b = i < 2 ? Any(double.Epsilon, 0, 1e-308, 1e308) : a; a = i == 0 ? Any(0, double.Epsilon)
                    : a; break;
                default:
                    a = Any(1e-300, 1e300, 1, 1e308, -1e308); b = i == 0 ? a * (1 - Math.ScaleB(1, -52))
                    : a; break;
            }
        }

        var (unit, noise) = (Any(1, 1, 1, 1e-300, 1e300, 1e307), Any(0, 1, 1e-10));
        double[][] x = [.. Enumerable.Range(0, rows).Select(i => columns.Select(column => column[i]).ToArray())];
        return new Problem(x,
            [.. x.Select(row => (double[])[unit * (row.Sum(Math.Sign) + noise * random.NextNormal())])], bias);
    }

    private sealed record Problem(double[][] X, double[][] Y, bool Bias)
    {
        public override string ToString() =>
            $"bias {Bias}: {string.Join("; ", X.Zip(Y, (x, y) => string.Join(' ', x.Append(y[0]))))}";
    }
}
