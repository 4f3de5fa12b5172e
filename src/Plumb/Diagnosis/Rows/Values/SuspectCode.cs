using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>A value that repeats far from all others of its column, as codes for missing values do.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The value.</param>
/// <param name="Rows">How many rows hold it.</param>
/// <param name="AllRows">How many rows there are.</param>
/// <param name="Least">The smallest of the other values.</param>
/// <param name="Greatest">The largest of them.</param>
public sealed record SuspectCode(string Column, double Value, long Rows, long AllRows, double Least, double Greatest)
{
    private static readonly double[] s_limits =
    [
        short.MinValue, short.MaxValue, ushort.MaxValue, int.MinValue, int.MaxValue, uint.MaxValue, long.MinValue,
        float.MaxValue, -float.MaxValue, 1.267651e30, -1.267651e30,
    ];

    /// <summary>The sentence.</summary>
    internal Finding ToFinding() => new(
        Severity.Warning,
        "missing-code",
        string.Create(CultureInfo.InvariantCulture,
            $"'{Column}' holds {Value:R} in {Rows} of {AllRows} rows, far from all other values ({Least:g6} .. "
                + $"{Greatest:g6}): it looks like a code for a missing value."),
        $"If it is, {Remedies.TakeForMissing(Value)}, and {Remedies.DropRows}.");

    /// <summary>Whether programs write this value for a missing one: nines, powers of ten, limits of types.</summary>
    internal static bool IsKnown(double value)
    {
        const double LeastNines = 99, MostNines = 1e12, LeastTen = 1e9;
        var size = Math.Abs(value);
        var tens = Math.Pow(10, Math.Round(Math.Log10(size)));
        var isNines = size is >= LeastNines and < MostNines && tens > size && tens - size <= 1;
        return isNines || (size >= LeastTen && size == tens) || Array.IndexOf(s_limits, value) >= 0;
    }
}
