using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>What kept rows say of the form of the relation, in sentences.</summary>
internal static class FormFindings
{
    /// <summary>One finding per pair of inputs, or input.</summary>
    public static IEnumerable<Finding> Of(IReadOnlyList<HypothesisTest> speaking) =>
    [
        .. speaking.Where(test => test.Code == "product").GroupBy(test => test.Input, StringComparer.Ordinal)
            .Select(same => Product([.. same])),
        .. speaking.Where(test => test.Code == "along-input").GroupBy(test => test.Input, StringComparer.Ordinal)
            .Select(same => AlongInput([.. same])),
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

    private static Finding AlongInput(HypothesisTest[] tests)
    {
        var (worst, about, of) = RowFindings.Worst(tests);
        return new Finding(
            Severity.Warning,
            "along-input",
            $"The relationship of {about} with '{worst.Input}' is not a straight line: rows that lie next to each "
                + $"other along it have similar residuals ({RowFindings.P(worst.PValue)}{of}).",
            $"Plot the residuals against '{worst.Input}', and add a function of it that follows them, such as a power, "
                + "a wave or a step; or keep to a smaller range of it.");
    }
}
