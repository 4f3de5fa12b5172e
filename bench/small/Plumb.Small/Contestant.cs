using System.Diagnostics;

namespace Plumb.Small;

/// <summary>A way to fit the same arrays, and what its fits took.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Fit">Fits once; a number of the result, so that nothing is left out.</param>
internal sealed record Contestant(string Name, Func<double> Fit)
{
    private readonly List<double> _times = [];

    /// <summary>Microseconds a fit: the lower decile of all batches, as others at work only add to it.</summary>
    public double Microseconds => _times.Order().ElementAt(_times.Count / 10);

    /// <summary>Kilobytes of objects a fit.</summary>
    public double Kilobytes { get; private set; }

    /// <summary>Times a batch of fits.</summary>
    public void Time(int fits)
    {
        var (bytes, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var sum = 0.0;
        for (var i = 0; i < fits; i++)
        {
            sum += Fit();
        }

        _times.Add(watch.Elapsed.TotalMicroseconds / fits);
        Kilobytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / 1024.0 / fits;
        if (double.IsNaN(sum))
        {
            throw new InvalidOperationException($"{Name} gives no numbers.");
        }
    }

    /// <summary>Forgets what was timed before everything was compiled.</summary>
    public void Forget() => _times.Clear();
}
