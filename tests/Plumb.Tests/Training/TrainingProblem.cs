namespace Plumb.Tests;

/// <summary>Rows, and where training on them starts.</summary>
internal sealed record TrainingProblem(Dataset Data, AffineMap Start)
{
    public Moments Moments { get; } = Moments.Of(Data);

    public LinearFit Fit => field ??= new LeastSquares().Fit(Moments);

    /// <summary>A part of the largest rate that is stable for full batches.</summary>
    public double Rate(double part, Loss loss, Optimizer? optimizer = null) =>
        part
            * new LearningPlan(Fit.Spectrum, loss, Moments.Rows, Moments.TargetCount,
                optimizer: optimizer).LargestStableLearningRate;
}
