namespace Plumb.Rivals;

/// <summary>How many digits of computed coefficients are right.</summary>
internal static class CorrectDigits
{
    /// <summary>What two equal doubles count as.</summary>
    public const double All = 17;

    /// <summary>
    /// The least over the coefficients of -log10 of the relative error (absolute where the exact one is 0), not below
    /// 0; NaN where one is missing.
    /// </summary>
    public static double Least(ReadOnlySpan<double> computed, ReadOnlySpan<double> exact)
    {
        if (computed.Length != exact.Length)
        {
            throw new ArgumentException($"there are {computed.Length} coefficients, but {exact.Length} exact ones.",
                nameof(computed));
        }

        var least = All;
        for (var k = 0; k < exact.Length; k++)
        {
            if (!double.IsFinite(computed[k]))
            {
                return double.NaN;
            }

            var error = Math.Abs(computed[k] - exact[k]);
            least = error == 0 ? least
                : Math.Min(least, -Math.Log10(exact[k] == 0 ? error : error / Math.Abs(exact[k])));
        }

        return Math.Max(0, least);
    }
}
