namespace Plumb;

/// <summary>A map whose numbers were rounded to single precision, once each, for programs that know no other.</summary>
/// <param name="Map">The rounded map; its numbers are floats, kept as doubles.</param>
/// <param name="LargestChange">The largest relative change of a number: at most 2^-24, or 6e-8, but for numbers below
/// 1.2e-38.</param>
/// <param name="Changed">The number that changed most, as w[y,x] or b[y]; empty where none did.</param>
public sealed record SinglePrecision(AffineMap Map, double LargestChange, string Changed)
{
    /// <summary>Rounds a map.</summary>
    /// <param name="map">The map.</param>
    /// <exception cref="OverflowException">A number is beyond the range of floats, 3.4e38.</exception>
    public static SinglePrecision Of(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var (largest, changed) = (0.0, "");
        double Rounded(double value, Func<string> name)
        {
            double single = (float)value;
            if (double.IsInfinity(single) && double.IsFinite(value))
            {
                throw new OverflowException(FormattableString.Invariant($"{name()} is {value}, beyond the range of ")
                    + "single precision (3.4e38); scale the columns, or keep double precision.");
            }

            var change = value == single ? 0 : Math.Abs((value - single) / value);
            (largest, changed) = change > largest ? (change, name()) : (largest, changed);
            return single;
        }

        var weights = Matrix.Create(map.TargetCount, map.InputCount,
            (t, j) => Rounded(map.WeightsOf(t)[j], () => $"w[{map.Names.Targets[t]},{map.Names.Inputs[j]}]"));
        var bias = map.Bias.ToArray();
        double[] rounded = [.. bias.Select((value, t) => Rounded(value, () => $"b[{map.Names.Targets[t]}]"))];
        return new SinglePrecision(new AffineMap(weights, rounded, map.Names), largest, changed);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(SinglePrecision), PrintMembers);
}
