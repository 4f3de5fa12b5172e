namespace Plumb.Cli.Training;

/// <summary>A record of training as it goes, to be read by other programs.</summary>
internal abstract class TrainingLog : IDisposable
{
    protected const int MostParameters = 32; // more would bury the loss

    public abstract void Write(TrainingStatus status);

    /// <summary>Sends on what is still held back.</summary>
    public abstract void Flush();

    public abstract void Dispose();

    /// <summary>The quantities of a status by name; each parameter by itself when they are few.</summary>
    protected static IEnumerable<(string Name, double Value)> Quantities(TrainingStatus status)
    {
        yield return ("loss", status.Loss);
        yield return ("distance", status.Distance);
        yield return ("free_movement", status.FreeMovement);
        yield return ("learning_rate", status.LearningRate);
        yield return ("held_out_loss", status.HeldOutLoss);
        var (map, names) = (status.Map, status.Map.Names);
        if (map.TargetCount * (map.InputCount + 1) > MostParameters)
        {
            yield break;
        }

        for (var t = 0; t < map.TargetCount; t++)
        {
            for (var j = 0; j < map.InputCount; j++)
            {
                yield return ($"w[{names.Targets[t]},{names.Inputs[j]}]", map.WeightsOf(t)[j]);
            }

            yield return ($"b[{names.Targets[t]}]", map.Bias[t]);
        }
    }
}
