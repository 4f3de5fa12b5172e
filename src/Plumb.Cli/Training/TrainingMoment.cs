namespace Plumb.Cli.Training;

/// <summary>Where training stood on its way.</summary>
/// <param name="Step">After so many steps.</param>
/// <param name="Loss">The loss there; of batches, their mean since the moment before.</param>
/// <param name="Distance">The distance to the limit, in the units that training sees.</param>
internal readonly record struct TrainingMoment(long Step, double Loss, double Distance);
