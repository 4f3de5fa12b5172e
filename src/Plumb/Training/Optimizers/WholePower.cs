namespace Plumb.Training;

/// <summary>
/// Whole powers by repeated squaring: the same bits on every machine, which no library's pow promises.
/// </summary>
internal static class WholePower
{
    public static double Of(double value, long exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            power *= (exponent & 1) == 1 ? value : 1;
            value *= value;
        }

        return power;
    }
}
