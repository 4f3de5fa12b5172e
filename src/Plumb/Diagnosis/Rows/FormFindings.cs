using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>What kept rows say of the form of the relation, in sentences.</summary>
internal static class FormFindings
{
    /// <summary>One finding per pair of inputs.</summary>
    public static IEnumerable<Finding> Of(IReadOnlyList<HypothesisTest> speaking) =>
    [
        .. speaking.Where(test => test.Code == "product").GroupBy(test => test.Input, StringComparer.Ordinal)
            .Select(same => Product([.. same])),
    ];

    private static Finding Product(HypothesisTest[] tests)
    {
        var (worst, about, of) = RowFindings.Worst(tests);
        var (first, second) = worst.Pair!.Value;
        return new Finding(
            Severity.Warning,
            "product",
            string.Create(CultureInfo.InvariantCulture,
                $"The effect of '{first}' on {about} depends on '{second}': adding their product improves the fit "
                    + $"(F {Statistic(worst.Statistic)}, {RowFindings.P(worst.PValue)}{of})."),
            $"{Remedies.AddProduct(worst.Input!)}.");
    }
}
