using System.Globalization;

namespace Plumb.Cli;

/// <summary>
/// Memory too small for the runtime itself, which then ends with a bare signal: told before that can happen.
/// </summary>
internal static class HeapLimit
{
    private const long Least = 24L << 20; // bytes: with 16 MB, small fits are still ended by a signal now and then

    /// <summary>Refuses to begin, where the limit that is set for this process is too low.</summary>
    /// <returns>Whether there is enough.</returns>
    public static bool IsEnough(ProcessStreams terminal)
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (limit >= Least)
        {
            return true;
        }

        terminal.WriteMessage(string.Create(CultureInfo.InvariantCulture,
            $"this process may have {limit >> 20} MB of memory for data, expected {Least >> 20} MB or more; raise "
                + $"DOTNET_GCHeapHardLimit or the container's limit."));
        return false;
    }
}
