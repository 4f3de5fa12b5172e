using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli;

/// <summary>Tells a person how far work has come, once it has taken longer than a second.</summary>
internal sealed class Progress
{
    private const int BarWidth = 20;
    private const int RestWidth = BarWidth + 20; // and the percentage, the time left and what lies between

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);
    private volatile Status _status = new(null, "");

    /// <summary>Says how far the work has come.</summary>
    /// <param name="fraction">Of the whole, 0 to 1; null when it is not known.</param>
    /// <param name="note">A few words; after a comma, what a narrow terminal can do without.</param>
    public void Report(double? fraction, string note) => _status = new Status(fraction, note);

    /// <summary>Does the work, and draws a bar on standard error while it lasts.</summary>
    public static async Task<T> RunAsync<T>(ProcessStreams terminal, string title, Func<Progress, Task<T>> work)
    {
        var progress = new Progress();
        var task = Task.Run(() => work(progress));
        if (!terminal.IsLive || await Task.WhenAny(task, Task.Delay(s_patience)) == task)
        {
            return await task;
        }

        await terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth },
                new WhenKnown(new PercentageColumn()), new WhenKnown(new RemainingTimeColumn()))
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title));
                while (await Task.WhenAny(task, Task.Delay(s_refresh)) != task)
                {
                    var status = progress._status;
                    bar.Description =
                        Markup.Escape(
                            Fitting(title + "  " + status.Note, terminal.ErrorConsole.Profile.Width - RestWidth));
                    bar.IsIndeterminate = status.Fraction is null;
                    bar.Value = 100 * (status.Fraction ?? 0);
                }
            });
        return await task;
    }

    private static string Fitting(string text, int width)
    {
        while (text.Length > width && text.LastIndexOf(", ", StringComparison.Ordinal) is var end and > 0)
        {
            text = text[..end];
        }

        return text;
    }

    /// <summary>What says nothing as long as nobody knows how much there is to do.</summary>
    private sealed class WhenKnown(ProgressColumn column) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            task.IsIndeterminate ? Text.Empty : column.Render(options, task, deltaTime);
    }

    private sealed record Status(double? Fraction, string Note);
}
