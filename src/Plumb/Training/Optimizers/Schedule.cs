namespace Plumb.Training;

/// <summary>How the learning rate changes from step to step: a factor that the rate is multiplied by.</summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The same rate throughout.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor at a step.</summary>
    /// <param name="taken">The steps taken before this one.</param>
    public abstract double Factor(long taken);

    /// <summary>The rate times a factor, anew after every so many steps. PyTorch's StepLR.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static Schedule Step(long every, double factor = 0.1) =>
        new StepSchedule(Positive(every, nameof(every)), Shrinking(factor));

    /// <summary>The rate times a factor, anew after every step. PyTorch's ExponentialLR.</summary>
    /// <exception cref="ArgumentException">The factor is out of its range.</exception>
    public static Schedule Exponential(double factor) => new StepSchedule(1, Shrinking(factor));

    /// <summary>
    /// Half a cosine wave from the rate down to 0 in so many steps, and 0 from there on. Loshchilov and Hutter, SGDR,
    /// ICLR 2017; PyTorch's CosineAnnealingLR.
    /// </summary>
    /// <exception cref="ArgumentException">There is no step.</exception>
    public static Schedule Cosine(long steps) => new CosineSchedule(Positive(steps, nameof(steps)));

    /// <summary>
    /// A straight line up to the rate, reached with the last of so many steps; then this schedule, from its beginning.
    /// </summary>
    /// <exception cref="ArgumentException">There is no step.</exception>
    public Schedule After(long warmUp) => new WarmUpSchedule(Positive(warmUp, nameof(warmUp)), this);

    /// <summary>The schedule and its settings, in words that do not depend on culture.</summary>
    public abstract override string ToString();

    private static long Positive(long steps, string parameter) =>
        Setting.AtLeast(1, steps, "number of a schedule's steps", parameter);

    private static double Shrinking(double factor) => factor is > 0 and <= 1 ? factor
        : throw Setting.Refusal(factor, "schedule's factor", nameof(factor), "above 0 and at most 1");

    private sealed record ConstantSchedule : Schedule
    {
        public override double Factor(long taken) => 1;

        public override string ToString() => "constant";
    }

    private sealed record StepSchedule(long Every, double Gamma) : Schedule
    {
        public override double Factor(long taken) => WholePower.Of(Gamma, taken / Every);

        public override string ToString() => Every == 1 ? FormattableString.Invariant($"exponential:{Gamma:R}")
            : FormattableString.Invariant($"step:{Every}:{Gamma:R}");
    }

    private sealed record CosineSchedule(long Steps) : Schedule
    {
        public override double Factor(long taken) => taken < Steps ? 0.5 * (1 + Math.Cos(Math.PI * taken / Steps)) : 0;

        public override string ToString() => FormattableString.Invariant($"cosine:{Steps}");
    }

    private sealed record WarmUpSchedule(long Steps, Schedule Then) : Schedule
    {
        public override double Factor(long taken) => taken < Steps ? (taken + 1.0) / Steps : Then.Factor(taken - Steps);

        public override string ToString() => FormattableString.Invariant($"warm-up:{Steps} then {Then}");
    }
}
