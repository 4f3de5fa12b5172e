namespace Plumb.Reports;

/// <summary>What parameters are called in tables.</summary>
internal static class ParameterLabels
{
    /// <summary>The bias; a column of this name stands in quotation marks.</summary>
    public const string Bias = "(bias)";

    /// <summary>The name of an input.</summary>
    public static string Of(string input) => input == Bias ? $"'{input}'" : input;
}
