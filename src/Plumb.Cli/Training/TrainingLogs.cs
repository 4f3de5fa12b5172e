namespace Plumb.Cli.Training;

/// <summary>The logs of one run, closed together.</summary>
internal sealed record TrainingLogs(IReadOnlyList<TrainingLog> All) : IDisposable
{
    public void Dispose()
    {
        foreach (var log in All)
        {
            log.Dispose();
        }
    }
}
