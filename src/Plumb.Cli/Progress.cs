using Spectre.Console;

namespace Plumb.Cli;

/// <summary>Tells a person how far work has come, once it has taken longer than a second.</summary>
internal sealed class Progress
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);
    private volatile Status _status = new(null, "");

    /// <summary>Says how far the work has come.</summary>
    /// <param name="fraction">Of the whole, 0 to 1; null when it is not known.</param>
    /// <param name="note">A few words.</param>
    public void Report(double? fraction, string note) => _status = new Status(fraction, note);

    /// <summary>Does the work, and draws a bar on standard error while it lasts.</summary>
    public static async Task<T> RunAsync<T>(Terminal terminal, string title, Func<Progress, Task<T>> work)
    {
        var progress = new Progress();
        var task = Task.Run(() => work(progress));
        if (!terminal.IsLive || await Task.WhenAny(task, Task.Delay(s_patience)) == task)
        {
            return await task;
        }

        await terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title));
                while (await Task.WhenAny(task, Task.Delay(s_refresh)) != task)
                {
                    var status = progress._status;
                    bar.Description = Markup.Escape(title + "  " + status.Note);
                    bar.IsIndeterminate = status.Fraction is null;
                    bar.Value = 100 * (status.Fraction ?? 0);
                }
            });
        return await task;
    }

    private sealed record Status(double? Fraction, string Note);
}
