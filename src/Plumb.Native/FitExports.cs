using System.Runtime.InteropServices;
using System.Text;

namespace Plumb.Native;

/// <summary>Fits, reports, explanations and training.</summary>
internal static unsafe class FitExports
{
    private const string Word = "a fit";

    [UnmanagedCallersOnly(EntryPoint = "plumb_fit")]
    public static int Fit(nint moments, byte* settings, nint* fit) => Answer.Of(() =>
    {
        using var given = new JsonSettings(settings);
        var method = new LeastSquares
        {
            Bias = given.Flag("bias", true),
            Ridge = given.Number("ridge") ?? 0,
            Level = given.Number("level") ?? 0.95,
            WithholdTooLarge = true,
        };
        given.RequireKnown();
        *fit = Handle.Of(new NativeFit(method.Fit(Handle.To<Moments>(moments, "moments"))));
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_fit_look")]
    public static int Look(nint fit, long rows, nint* columns, long* strides, byte* settings) => Answer.Of(() =>
    {
        var fitted = Handle.To<NativeFit>(fit, Word);
        using var given = new JsonSettings(settings);
        var (inOrder, withPictures) = (given.Flag("ordered", false), given.Flag("pictures", false));
        given.RequireKnown();
        var blocks = new NativeRows(rows, columns, strides, fitted.Fit.Names).Blocks().ToAsyncEnumerable();
        fitted.Rows = RowTests.OfAsync(fitted.Fit, blocks, inOrder, withPictures).GetAwaiter().GetResult();
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_fit_report")]
    public static int Report(nint fit, byte* format, byte* settings, nint* text) => Answer.Of(() =>
    {
        var fitted = Handle.To<NativeFit>(fit, Word);
        var report = SettingsOf(settings);
        NativeText.Write(text, NativeText.Of(format, "the format") switch
        {
            "text" => fitted.Fit.Report(fitted.Rows, report),
            "markdown" => fitted.Fit.ToMarkdown(fitted.Rows, report),
            "html" => fitted.Fit.ToHtml(fitted.Rows, report),
            "json" => fitted.Fit.ToJson(fitted.Rows, report),
            var other => throw Unknown(other),
        });
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_fit_verdict")]
    public static int Verdict(nint fit, nint* text) => Answer.Of(() =>
    {
        var fitted = Handle.To<NativeFit>(fit, Word);
        NativeText.Write(text, Assessment.Of(fitted.Fit, fitted.Fit.Accuracy, fitted.Rows).Verdict);
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_fit_coefficients")]
    public static int Coefficients(nint fit, double* table, long length) => Answer.Of(() =>
    {
        var numbers = Handle.To<NativeFit>(fit, Word).Coefficients();
        if (table is null || length != numbers.Length)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"the table has room for {(table is null ? 0 : length)} numbers, expected {numbers.Length}."));
        }

        numbers.CopyTo(new Span<double>(table, numbers.Length));
    });

    [UnmanagedCallersOnly(EntryPoint = "plumb_explain")]
    public static int Explain(nint fit, byte* model, byte* truth, byte* format, byte* settings, nint* text) =>
        Answer.Of(() =>
        {
            var fitted = Handle.To<NativeFit>(fit, Word);
            var report = SettingsOf(settings);
            var stored = ModelOf(model, "the model", fitted.Fit.Names);
            var explanation = Explanation.Of(stored.Map, fitted.Fit, new Background
            {
                Rows = fitted.Rows,
                Truth = truth is null ? null : ModelOf(truth, "the truth", fitted.Fit.Names).Map,
                IsForeign = stored.Provenance is null,
            });
            NativeText.Write(text, NativeText.Of(format, "the format") switch
            {
                "text" => explanation.Report(report),
                "markdown" => explanation.ToMarkdown(report),
                "html" => explanation.ToHtml(report),
                "json" => explanation.ToJson(report),
                var other => throw Unknown(other),
            });
        });

    [UnmanagedCallersOnly(EntryPoint = "plumb_train")]
    public static int Train(nint fit, byte* settings, byte* start, nint* model) => Answer.Of(() =>
    {
        var fitted = Handle.To<NativeFit>(fit, Word).Fit;
        using var given = new JsonSettings(settings);
        var momentum = given.Number("momentum") ?? 0;
        var method = new GradientDescent(given.Number("learningRate")
            ?? throw new ArgumentException("the setting 'learningRate' is missing, expected a positive number."))
        {
            Loss = LossOf(given.Text("loss")) ?? Loss.Mse,
            Bias = fitted.Settings.Bias,
        };
        method = momentum == 0 ? method : method with { Optimizer = Optimizer.Momentum(momentum) };
        var steps = given.Whole("steps")
            ?? throw new ArgumentException("the setting 'steps' is missing, expected a whole number.");
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        given.RequireKnown();
        var from = start is null ? AffineMap.Zero(fitted.Names.Inputs.Count, fitted.Names.Targets.Count)
            .Named(fitted.Names) : ModelOf(start, "the start", fitted.Names).Map;
        var learned = steps == 0 ? from : method.Train(from, fitted, steps).Last().Map;
        using var stream = new MemoryStream();
        ModelFormat.Json.Write(stream, new AffineModel(learned)
        {
            Provenance = new Provenance("gradient descent")
            {
                HasBias = method.Bias,
                LearningRate = method.LearningRate,
                Steps = steps,
                Loss = method.Loss.Name,
            },
        });
        NativeText.Write(model, Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    });

    private static ReportSettings SettingsOf(byte* settings)
    {
        using var given = new JsonSettings(settings);
        var standard = new ReportSettings();
        var report = new ReportSettings
        {
            Data = given.Text("data") ?? standard.Data,
            Map = given.Text("map") ?? standard.Map,
            Width = (int)Math.Clamp(given.Whole("width") ?? standard.Width, int.MinValue, int.MaxValue),
            ShowsEvidence = given.Flag("evidence", standard.ShowsEvidence),
            ShowsCovariance = given.Flag("covariance", standard.ShowsCovariance),
            ShowsStatistics = given.Flag("statistics", standard.ShowsStatistics),
            Loss = LossOf(given.Text("loss")),
        };
        given.RequireKnown();
        return report;
    }

    private static AffineModel ModelOf(byte* json, string what, VariableNames names)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(NativeText.Of(json, what)));
        var model = WeightsFile.Read(stream, "model.json").ToModel(names);
        return model with { Map = model.Map.Named(names) };
    }

    private static Loss? LossOf(string? name) => name is null ? null
        : Loss.All.FirstOrDefault(loss => loss.Name == name) ?? throw new ArgumentException(
            $"the loss is '{name}', expected one of {string.Join(", ", Loss.All.Select(loss => loss.Name))}.");

    private static ArgumentException Unknown(string format) =>
        new($"the format is '{format}', expected text, markdown, html or json.");
}
