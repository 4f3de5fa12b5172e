using System.Runtime.CompilerServices;
using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>
/// Has the runtime compile what a fit and its report take, by those of a few rows, on a processor that would idle until
/// the data are being read: a fifth of the time of a short run, or more.
/// Nothing of it shows in a result.
/// </summary>
internal static class WarmUp
{
    private const int Rows = 64;
    private const int Inputs = 3;
    private static readonly Lazy<Task> s_fit = new(() => Task.Run(Fit));

    /// <summary>Begins, once a process, and does not wait.</summary>
    public static void Begin()
    {
        if (RuntimeFeature.IsDynamicCodeSupported && Environment.ProcessorCount > 1) // native code has been compiled
        {
            _ = s_fit.Value;
        }
    }

    private static void Fit()
    {
        var random = new RandomSource(1);
        var rows = new Dataset(Matrix.Create(Rows, Inputs, (_, _) => random.NextDouble()),
            Matrix.Create(Rows, 1, (_, _) => random.NextDouble()));
        var moments = new Moments(rows.Names, threads: 1);
        moments.Add(rows);
        var fit = new LeastSquares().Fit(moments);
        var document = new FitDocument(fit, fit.Accuracy, Rows: null, WhyNotSeen: "nobody looks")
        {
            Source = "",
            DataFindings = [],
            Errors = ReportedErrors.OnlyClassical(fit),
            Loss = Loss.Mse,
        };
        new TerminalPage(ConsoleStyle.Plain.On(TextWriter.Null)).Write(FitPage.Of(document));
    }
}
