using System.Diagnostics;
using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>A fit with and without a row.</summary>
/// <param name="Number">The row's number, from 1.</param>
/// <param name="Row">What it holds.</param>
/// <param name="Before">The fit with it.</param>
/// <param name="After">The fit without it.</param>
/// <param name="Milliseconds">How long that took.</param>
internal sealed record RemovedRow(long Number, Dataset Row, LinearFit Before, LinearFit After, double Milliseconds)
{
    /// <summary>Takes a row out of moments, exactly, and fits what is left.</summary>
    /// <exception cref="CommandException">Nothing would be left.</exception>
    public static RemovedRow Of(LinearFit fit, Moments moments, Dataset row, long number)
    {
        if (fit.Rows < 2)
        {
            throw CommandException.NoHonestAnswer("this is the only row; without it there is nothing to fit.");
        }

        var start = Stopwatch.GetTimestamp();
        var others = moments.Clone();
        others.Remove(Moments.Of(row)); // as it is, with all inputs that are made of columns
        var after = fit.Settings.Fit(others);
        return new RemovedRow(number, row, fit, after, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
