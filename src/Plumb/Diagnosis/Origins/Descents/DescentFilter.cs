namespace Plumb.Diagnosis;

/// <summary>
/// What k steps of gradient descent leave of the distance along a direction: (1 - a l)^k, with l its eigenvalue over
/// the largest and a the rate times the largest. Steps need not be whole while they are looked for.
/// </summary>
/// <param name="Rate">a, between 0 and 2.</param>
/// <param name="Steps">k.</param>
/// <param name="IsOdd">Whether k is odd: what overshoots then ends on the other side.</param>
internal readonly record struct DescentFilter(double Rate, double Steps, bool IsOdd)
{
    private const double Small = 0.01; // below, the logarithms' series take over
    private const int Terms = 10; // of them: 0.01^10

    /// <summary>Of a whole number of steps.</summary>
    public static DescentFilter Whole(double rate, double steps) => new(rate, steps, steps % 2 == 1);

    /// <summary>What is left along a direction.</summary>
    public double Left(double eigenvalue) => Sign(eigenvalue) * Math.Exp(Steps * Rate * Slope(eigenvalue));

    /// <summary>One less that.</summary>
    public double Gone(double eigenvalue)
    {
        if (Sign(eigenvalue) < 0)
        {
            return 1 - Left(eigenvalue);
        }

        var half = Math.Tanh(Steps * Rate * Slope(eigenvalue) / 2); // exp(x) - 1 = 2 h / (1 - h), without cancellation
        return -2 * half / (1 - half);
    }

    /// <summary>What <see cref="Left"/> changes by as steps times rate grow by a part.</summary>
    public double ByLength(double eigenvalue) => Steps * Rate * Slope(eigenvalue) * Left(eigenvalue);

    /// <summary>What <see cref="Left"/> changes by as the rate grows, and steps times rate stay.</summary>
    public double ByRate(double eigenvalue) => Steps * Rate * SlopeByRate(eigenvalue) * Left(eigenvalue);

    private int Sign(double eigenvalue) => IsOdd && Rate * eigenvalue > 1 ? -1 : 1;

    /// <summary>log |1 - a l| / a.</summary>
    private double Slope(double eigenvalue)
    {
        var product = Rate * eigenvalue;
        if (product > Small)
        {
            return Math.Log(Math.Max(Math.Abs(1 - product), double.Epsilon)) / Rate;
        }

        var (sum, power) = (0.0, 1.0);
        for (var term = 1; term <= Terms; term++, power *= product)
        {
            sum += power / term;
        }

        return -eigenvalue * sum;
    }

    private double SlopeByRate(double eigenvalue)
    {
        var product = Rate * eigenvalue;
        if (product > Small)
        {
            var rest = 1 - product;
            return (-product / (rest == 0 ? double.Epsilon : rest) - Math.Log(Math.Max(Math.Abs(rest), double.Epsilon)))
                / (Rate * Rate);
        }

        var (sum, power) = (0.0, 1.0);
        for (var term = 1; term <= Terms; term++, power *= product)
        {
            sum += term * power / (term + 1);
        }

        return -eigenvalue * eigenvalue * sum;
    }
}
