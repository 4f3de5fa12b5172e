namespace Plumb.Cli.Training;

/// <summary>How to train, as it was asked for; what it comes to on some data is a <see cref="TrainingTask"/>.</summary>
/// <param name="Method">How a gradient becomes a step.</param>
/// <param name="Loss">The loss to minimise.</param>
internal sealed record TrainingRequest(TrainingMethod Method, Loss Loss)
{
    /// <summary>Whether the map has a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Rows per step; null for all.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether training sees standardized inputs.</summary>
    public bool Standardize { get; init; }

    /// <summary>
    /// How many standard errors W and b may be from the best fit's; 0 to train on whatever is left.
    /// </summary>
    public double Tolerance { get; init; } = ConvergenceTest.MostStandardErrors;
}
