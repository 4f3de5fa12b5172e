using System.Globalization;

namespace Plumb;

/// <summary>
/// What settings may be, checked where they are set. The exceptions name the property, hold its value, and say what was
/// expected.
/// </summary>
internal static class Setting
{
    /// <summary>A number above 0.</summary>
    public static double Positive(double value, string what, string property) =>
        value > 0 && double.IsFinite(value) ? value : throw Refusal(value, what, property, "a positive number");

    /// <summary>A number of 0 or more.</summary>
    public static double NotNegative(double value, string what, string property) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refusal(value, what, property, "0 or a positive number");

    /// <summary>Numbers of 0 or more.</summary>
    public static IReadOnlyList<double> NotNegative(IReadOnlyList<double> values, string what, string property)
    {
        ArgumentNullException.ThrowIfNull(values, property);
        foreach (var value in values)
        {
            NotNegative(value, what, property);
        }

        return ValueList.Of(values);
    }

    /// <summary>A factor that shrinks: at least 0 and below 1.</summary>
    public static double Factor(double value, string what, string property) =>
        value is >= 0 and < 1 ? value : throw Refusal(value, what, property, "at least 0 and below 1");

    /// <summary>A probability that is neither 0 nor 1.</summary>
    public static double Probability(double value, string what, string property) =>
        value is > 0 and < 1 ? value : throw Refusal(value, what, property, "between 0 and 1, such as 0.95");

    /// <summary>A whole number of at least so many.</summary>
    public static int AtLeast(int least, int value, string what, string property) =>
        value >= least ? value
            : throw Refusal(value, what, property, string.Create(CultureInfo.InvariantCulture, $"{least} or more"));

    /// <summary>A whole number of at least so many.</summary>
    public static long AtLeast(long least, long value, string what, string property) =>
        value >= least ? value
            : throw Refusal(value, what, property, string.Create(CultureInfo.InvariantCulture, $"{least} or more"));

    /// <summary>The exception for a value that a setting cannot have.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="what">What the setting is called in words.</param>
    /// <param name="property">What it is called in C#.</param>
    /// <param name="expected">What it must be.</param>
    public static ArgumentOutOfRangeException Refusal(object value, string what, string property, string expected) =>
        new(property, value, string.Create(CultureInfo.InvariantCulture,
            $"the {what} is {value}; it must be {expected}."));
}
