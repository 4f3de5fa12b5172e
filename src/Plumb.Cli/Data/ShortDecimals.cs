using System.Globalization;

namespace Plumb.Cli;

/// <summary>
/// The decimals that doubles were written as, told from the doubles: one of at most 15 digits is the only such one that
/// rounds to its double (DBL_DIG; Matula, Comm. ACM 11, 1968).
/// </summary>
internal static class ShortDecimals
{
    private const string FifteenDigits = "E14";
    private const double Least = 1e-13; // so that a decimal has places for 15 digits
    private const double Most = 1e27; // a decimal ends at 7.9e28
    private const decimal One = 1.0000000000000000000000000000m; // a quotient by it has no more places than it needs

    /// <summary>
    /// The moments of these decimals; null where a number has more digits, or is too small or too large.
    /// </summary>
    public static Moments? TryMoments(VariableNames names, IReadOnlyList<Dataset> blocks)
    {
        var moments = new DecimalMoments(names);
        foreach (var block in blocks)
        {
            if (TryOf(block.Inputs) is not { } inputs || TryOf(block.Targets) is not { } targets)
            {
                return null;
            }

            moments.Add(new DecimalRows(inputs, targets, names) { Weights = block.Weights });
        }

        return moments.ToMoments();
    }

    /// <summary>The decimal of at most 15 digits that rounds to a double; null where there is none.</summary>
    public static decimal? TryOf(double value)
    {
        var text = value.ToString(FifteenDigits, CultureInfo.InvariantCulture);
        var isTold = Math.Abs(value) is >= Least and <= Most
            && double.Parse(text, CultureInfo.InvariantCulture) == value;
        return value == 0 ? 0
            : isTold ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) / One
            : null;
    }

    private static decimal[,]? TryOf(Matrix numbers)
    {
        var decimals = new decimal[numbers.Rows, numbers.Columns];
        for (var i = 0; i < numbers.Rows; i++)
        {
            for (var j = 0; j < numbers.Columns; j++)
            {
                if (TryOf(numbers[i, j]) is not { } found)
                {
                    return null;
                }

                decimals[i, j] = found;
            }
        }

        return decimals;
    }
}
