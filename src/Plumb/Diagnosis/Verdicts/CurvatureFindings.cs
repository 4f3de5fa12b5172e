using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>What tests of squares say: in words, and as evidence.</summary>
public static class CurvatureFindings
{
    private const double LeastShown = 1e-300; // no p-value is 0
    private const string Method = "squares of the inputs, one at a time; not their products";

    /// <summary>
    /// One finding per target that is curved, for the input along which it is curved most surely: others may only
    /// follow that one.
    /// </summary>
    /// <param name="tests">The tests, as <see cref="Curvature.Of"/> makes them.</param>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<Curvature> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        return [.. ByTarget(tests).Select(ofTarget => Describe([.. ofTarget])).OfType<Finding>()];
    }

    /// <summary>
    /// Whether the relation is affine, for the target that is most surely curved. Not looked at where there is no test.
    /// </summary>
    /// <param name="tests">The tests.</param>
    public static Evidence EvidenceOf(IReadOnlyList<Curvature> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        if (tests.Count == 0)
        {
            const string WhyNot = "no squares of the inputs are kept that could tell";
            return new Evidence(Question.Affine, Answer.NotLookedAt, WhyNot, double.NaN);
        }

        var smallest = ByTarget(tests).Min(ofTarget => AmongAll(ofTarget.Min(test => test.PValue), ofTarget.Count()));
        var answer = smallest < HypothesisTest.Level ? Answer.Fails : Answer.Holds;
        return new Evidence(Question.Affine, answer, Method, smallest) { IsPValue = true };
    }

    private static IEnumerable<IGrouping<string, Curvature>> ByTarget(IReadOnlyList<Curvature> tests) =>
        tests.GroupBy(test => test.Target, StringComparer.Ordinal);

    /// <summary>The smallest p-value of several tests, as that of one: Bonferroni's bound.</summary>
    private static double AmongAll(double smallest, int tests) => Math.Min(1, smallest * tests);

    private static Finding? Describe(Curvature[] tests)
    {
        var strongest = tests.MinBy(test => (test.PValue, -test.F))!;
        var p = AmongAll(strongest.PValue, tests.Length);
        if (!(p < HypothesisTest.Level))
        {
            return null;
        }

        var chance = p < LeastShown ? "p < 1e-300" : string.Create(CultureInfo.InvariantCulture, $"p = {p:g2}");
        var among = tests.Length == 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" among {tests.Length} inputs");
        var proof = double.IsInfinity(strongest.F)
            ? "its square leaves no residual"
            : string.Create(CultureInfo.InvariantCulture, $"F test of its square: {Statistic(strongest.F)}, "
                + $"{chance}{among}");
        return new Finding(
            Severity.Warning,
            "curved",
            $"'{strongest.Target}' is curved in {strongest.Input} ({proof}).",
            $"Add the square of {strongest.Input} to the inputs, or keep to a smaller range of it.");
    }
}
