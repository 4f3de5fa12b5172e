using Plumb.Numerics;

namespace Plumb.Reports;

/// <summary>
/// Where the residuals of normal noise lie, in order. The band has the same local level at every rank, chosen so that
/// 95 of 100 samples wholly lie in it: Weine, McPeek and Abney, Journal of Statistical Software 106 (2023).
/// </summary>
internal static class QuantileBand
{
    // The local level by the number of rows: the 0.05 quantile over simulated samples of the least two-sided p of any
    // rank. Read between them by the logarithm of the number.
    private static readonly (double Rows, double Level)[] s_levels =
    [
        (1, 0.05), (2, 0.0266), (3, 0.0187), (5, 0.0123), (10, 0.0072), (20, 0.0048), (50, 0.0029), (100, 0.0024),
        (200, 0.0019), (500, 0.0013), (1000, 0.0011), (2000, 0.001), (5000, 0.0008), (20000, 0.0006), (100000, 0.0005),
    ];

    /// <summary>What normal noise would give at a rank of so many: Blom's place.</summary>
    public static double Expected(long rank, long rows) => rank > rows - rank + 1 ? -Expected(rows - rank + 1, rows)
        : -Normal((rank - 0.375) / (rows + 0.25));

    /// <summary>The band from the least rank to the largest; close ranks stand for those between them.</summary>
    public static IReadOnlyList<(double Expected, double Low, double High)> Of(long rows)
    {
        List<long> ranks = [];
        for (long rank = 1; rank <= (rows + 1) / 2; rank = Math.Max(rank + 1, (long)(rank * 1.15)))
        {
            ranks.Add(rank);
        }

        return
        [
            .. ranks.Concat(ranks.Select(rank => rows - rank + 1)).Distinct().Order().Select(rank => At(rank, rows)),
        ];
    }

    /// <summary>The band at a rank.</summary>
    public static (double Expected, double Low, double High) At(long rank, long rows)
    {
        var half = Level(rows) / 2;
        return (Expected(rank, rows), Quantile(rank, rows, half), -Quantile(rows - rank + 1, rows, half));
    }

    /// <summary>How improbable a residual must be at its rank to lie outside.</summary>
    public static double Level(long rows)
    {
        var after = Array.FindIndex(s_levels, known => known.Rows >= rows);
        if (after <= 0)
        {
            return after < 0 ? s_levels[^1].Level : s_levels[0].Level;
        }

        var (low, high) = (s_levels[after - 1], s_levels[after]);
        var t = Math.Log(rows / low.Rows) / Math.Log(high.Rows / low.Rows);
        return low.Level * Math.Pow(high.Level / low.Level, t);
    }

    // The normal score below which the rank-th of so many lies with this probability: a uniform one is Beta(rank, rows
    // - rank + 1), and its odds are an F.
    private static double Quantile(long rank, long rows, double probability)
    {
        double after = rows - rank + 1;
        var odds = FisherF.UpperQuantile(1 - probability, 2.0 * rank, 2 * after) * rank / after;
        return odds > 1 ? Normal(1 / (1 + odds)) : -Normal(odds / (1 + odds));
    }

    private static double Normal(double upper) => StudentT.UpperQuantile(upper, double.PositiveInfinity);
}
