namespace Plumb.Cli.Training;

/// <summary>Where training stands, for logs.</summary>
/// <param name="Steps">The steps so far.</param>
/// <param name="Loss">The loss that the trainer reports.</param>
/// <param name="Distance">To the closest best fit: the length over weights and biases, along directions that the data
/// determine.</param>
/// <param name="FreeMovement">How far the map has moved along directions that the data do not determine.</param>
/// <param name="LearningRate">The rate of the last step; NaN where there is none.</param>
/// <param name="HeldOutLoss">The loss over held-out rows; NaN where there are none.</param>
/// <param name="Map">W and b, in the units of the data.</param>
internal sealed record TrainingStatus(long Steps, double Loss, double Distance, double FreeMovement,
    double LearningRate, double HeldOutLoss, AffineMap Map);
