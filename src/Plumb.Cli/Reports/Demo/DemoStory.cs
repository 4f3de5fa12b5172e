namespace Plumb.Cli.Reports;

/// <summary>
/// The question and its answers, computed: one point, many fresh points at two rates, and the exact fit of these.
/// </summary>
internal sealed class DemoStory
{
    /// <summary>Inputs, and targets.</summary>
    public const int Size = 3;

    /// <summary>Steps with the one point.</summary>
    public const int PointSteps = 1_000;

    /// <summary>Steps with fresh points, one each.</summary>
    public const int FreshSteps = 10_000;

    /// <summary>The rate of the question.</summary>
    public const double SmallRate = 0.001;

    /// <summary>A rate that gets there.</summary>
    public const double LargeRate = 0.1;

    private DemoStory(AffineMap truth, AffineMap start, RandomSource random)
    {
        (Truth, Start) = (truth, start);
        var x = Point(random);
        var y = truth.Apply(x);
        var trainer = new GradientDescent(SmallRate) { Loss = Loss.Sum }.Start(start);
        InitialLoss = trainer.LossAt(x, y);
        for (var step = 0; step < PointSteps; step++)
        {
            trainer.Step(x, y);
        }

        (Learned, FinalLoss) = (trainer.Map, trainer.LossAt(x, y));
        var moments = new Moments(Size, Size);
        moments.Add(x, y);
        Explanation = Explanation.Of(Learned, moments, truth);

        var points = Enumerable.Range(0, FreshSteps).Select(_ => Point(random)).ToArray();
        var all = new Moments(Size, Size);
        foreach (var point in points)
        {
            all.Add(point, truth.Apply(point));
        }

        Fit = new LeastSquares().Fit(all);
        Plan = new LearningPlan(Fit.Spectrum, Loss.Sum, all.Rows, Size, batchSize: 1);
        (Slow, Fast) = (Train(points, SmallRate), Train(points, LargeRate));
        Few = new Moments(Size, Size);
        foreach (var point in (double[][])[x, .. points.Take(Size)])
        {
            Few.Add(point, truth.Apply(point));
        }

        One = moments;
    }

    /// <summary>The map that the points come from.</summary>
    public AffineMap Truth { get; }

    /// <summary>Where training starts.</summary>
    public AffineMap Start { get; }

    /// <summary>The loss at the start, of the one point.</summary>
    public double InitialLoss { get; }

    /// <summary>The loss at the end.</summary>
    public double FinalLoss { get; }

    /// <summary>What the one point taught.</summary>
    public AffineMap Learned { get; }

    /// <summary>Why that is not the truth.</summary>
    public Explanation Explanation { get; }

    /// <summary>The one point.</summary>
    public Moments One { get; }

    /// <summary>The one point and the first fresh ones: just as many as determine all parameters.</summary>
    public Moments Few { get; }

    /// <summary>The exact fit of the fresh points.</summary>
    public LinearFit Fit { get; }

    /// <summary>What their spectrum predicts.</summary>
    public LearningPlan Plan { get; }

    /// <summary>What they taught at the small rate.</summary>
    public AffineMap Slow { get; }

    /// <summary>What they taught at the large rate.</summary>
    public AffineMap Fast { get; }

    /// <summary>Computes the story.</summary>
    public static DemoStory Of(long seed)
    {
        var random = new RandomSource(seed);
        return new DemoStory(AffineMap.Random(Size, Size, random), AffineMap.Random(Size, Size, random), random);
    }

    private AffineMap Train(double[][] points, double rate)
    {
        var trainer = new GradientDescent(rate) { Loss = Loss.Sum }.Start(Start);
        foreach (var x in points)
        {
            trainer.Step(x, Truth.Apply(x));
        }

        return trainer.Map;
    }

    private static double[] Point(RandomSource random) => [random.NextDouble(), random.NextDouble(),
        random.NextDouble()];
}
