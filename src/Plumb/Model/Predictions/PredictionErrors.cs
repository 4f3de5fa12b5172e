using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// What a model keeps of its data to say how far predictions may be off: where the rows lie, and how large the noise
/// is. With a bias, the leverage of x is 1 / <see cref="WeightSum"/> + |L^-1 (x - mean)|^2, over independent inputs.
/// Seber and Lee, Linear Regression Analysis, 2nd ed., section 5.3.
/// </summary>
public sealed record PredictionErrors
{
    private const double RoundedUp = 1 + 1e-9; // the largest leverage was found in other operations

    /// <summary>How the errors were estimated.</summary>
    public string Method { get; init; } = "classical";

    /// <summary>The number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>The sum of the rows' weights, their number where they have none; null in a fit without bias.</summary>
    public required double? WeightSum { get; init; }

    /// <summary>The places of the inputs that leverages are made of: the others are combinations of these.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Their means; zeros in a fit without bias.</summary>
    public required IReadOnlyList<double> Means { get; init; }

    /// <summary>L, lower triangular: L L' is the sum of (x - mean)(x - mean)'.</summary>
    public required Matrix Factor { get; init; }

    /// <summary>The residual degrees of freedom; infinite where the noise was known and not estimated.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>The standard deviation of the noise of a row of weight 1, estimated or known; one per target.</summary>
    public required IReadOnlyList<double> ResidualStandardDeviation { get; init; }

    /// <summary>The largest leverage of a row, as a point; null where rows were not looked at again.</summary>
    public double? LargestLeverage { get; init; }

    /// <summary>
    /// The codes of findings that speak against even noise and independent rows, which intervals take for granted.
    /// </summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Whether every number is finite, and the factor can be divided by.</summary>
    internal bool IsFinite => Means.Concat(ResidualStandardDeviation).All(double.IsFinite)
        && Enumerable.Range(0, Inputs.Count).All(i => Factor[i, i] > 0
            && Factor.Row(i).ToArray().All(double.IsFinite));

    /// <summary>The number of parameters per target that the data determine.</summary>
    public int Rank => Inputs.Count + (WeightSum is null ? 0 : 1);

    /// <summary>The leverage of a point.</summary>
    /// <param name="x">One number per input, dependent ones too.</param>
    public double Leverage(ReadOnlySpan<double> x) => Leverage(x, new double[Inputs.Count]);

    /// <summary>The same, without new memory.</summary>
    internal double Leverage(ReadOnlySpan<double> x, Span<double> coordinates)
    {
        var sum = WeightSum is { } weights ? 1 / weights : 0;
        for (var i = 0; i < coordinates.Length; i++)
        {
            var value = x[Inputs[i]] - Means[i];
            var row = Factor.Row(i);
            for (var j = 0; j < i; j++)
            {
                value -= row[j] * coordinates[j];
            }

            coordinates[i] = value / row[i];
            sum += coordinates[i] * coordinates[i];
        }

        return sum;
    }

    /// <summary>Whether a leverage is larger than every row's; null where the rows' is not known.</summary>
    /// <param name="leverage">The leverage of a point.</param>
    public bool? IsOutside(double leverage) => LargestLeverage is { } largest ? leverage > largest * RoundedUp : null;

    /// <summary>How many standard errors an interval reaches to either side.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="interval">The level, and whether several hold at once.</param>
    /// <exception cref="ArgumentException">The level is not between 0 and 1, or there is no interval.</exception>
    public double Reach(IntervalKind kind, PredictionInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        if (!(interval.Level > 0 && interval.Level < 1) || interval.Count < 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"the level is {interval.Level} for {interval.Count} intervals; expected a level between 0 and 1, ")
                + "and 1 interval or more.", nameof(interval));
        }

        var outside = 1 - interval.Level;
        double Scheffe(double count) =>
            Math.Sqrt(count * FisherF.UpperQuantile(outside, count, DegreesOfFreedom));
        return interval.Simultaneous switch
        {
            SimultaneousMethod.Scheffe => Scheffe(kind == IntervalKind.Mean ? Rank : interval.Count),
            SimultaneousMethod.Bonferroni => StudentT.UpperQuantile(outside / (2 * interval.Count), DegreesOfFreedom),
            _ => StudentT.UpperQuantile(outside / 2, DegreesOfFreedom),
        };
    }

    /// <summary>The same numbers.</summary>
    public bool Equals(PredictionErrors? other) =>
        other is not null && Method == other.Method && Rows == other.Rows && WeightSum.Equals(other.WeightSum)
        && Doubts.SequenceEqual(other.Doubts, StringComparer.Ordinal)
        && Inputs.SequenceEqual(other.Inputs) && Means.SequenceEqual(other.Means)
        && DegreesOfFreedom.Equals(other.DegreesOfFreedom) && LargestLeverage.Equals(other.LargestLeverage)
        && ResidualStandardDeviation.SequenceEqual(other.ResidualStandardDeviation)
        && Enumerable.Range(0, Inputs.Count).All(i => Factor.Row(i).SequenceEqual(other.Factor.Row(i)));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, WeightSum, Inputs.Count, DegreesOfFreedom);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} errors of predictions, {Shown.Count(Rows, "row")}, "
        + $"residual standard deviation {Shown.List(ResidualStandardDeviation)}";

    /// <summary>A prediction with its intervals, on the scale of the model's targets.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="place">Its place.</param>
    /// <param name="value">What is predicted.</param>
    /// <param name="leverage">The point's leverage; infinite where the prediction is undetermined.</param>
    /// <param name="reaches">How many standard errors the intervals reach: of the mean, and of a new
    /// observation.</param>
    internal Prediction Of(string target, int place, double value, double leverage, (double Mean, double New) reaches)
    {
        var noise = ResidualStandardDeviation[place];
        var prediction = new Prediction(target, value)
        {
            Leverage = leverage,
            IsOutside = double.IsFinite(leverage) ? IsOutside(leverage) : true,
        };
        if (!double.IsFinite(leverage))
        {
            return prediction;
        }

        var (mean, one) = (noise * Math.Sqrt(leverage), noise * Math.Sqrt(1 + leverage));
        return prediction with
        {
            StandardError = mean,
            NewStandardError = one,
            MeanLow = value - reaches.Mean * mean,
            MeanHigh = value + reaches.Mean * mean,
            NewLow = value - reaches.New * one,
            NewHigh = value + reaches.New * one,
        };
    }

    /// <summary>How many standard errors the intervals of the mean, and of a new observation, reach.</summary>
    internal (double Mean, double New) Reaches(PredictionInterval interval) =>
        (Reach(IntervalKind.Mean, interval), Reach(IntervalKind.New, interval));
}
