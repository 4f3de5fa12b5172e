using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>Model files to write: the extension tells the format.</summary>
internal static class ModelOutput
{
    /// <summary>The file to write.</summary>
    public static Option<string?> Option(string description)
    {
        var option = Options.Output($"{description}: {Extensions}");
        Validate(option);
        return option;
    }

    /// <summary>Refuses an option's file whose extension is that of no format.</summary>
    public static void Validate(Option<string?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var path] && FormatOf(path.Value) is null)
        {
            result.AddError($"{option.Name} names '{path.Value}', which has no known model extension; use "
                + $"{Extensions}");
        }
    });

    /// <summary>
    /// Writes a model to a file, which appears complete or not at all, or to standard output; what the format cannot
    /// keep is said.
    /// </summary>
    /// <exception cref="CommandException">The file cannot be made there.</exception>
    public static async Task WriteAsync(string path, AffineModel model, ProcessStreams terminal,
        CancellationToken cancellationToken, bool inSinglePrecision = false)
    {
        var format = inSinglePrecision ? ModelFormat.OnnxSingle : FormatOf(path)!;
        if (!format.Takes(model.Design))
        {
            throw CommandException.DataRefused($"{path}: {format.Name} holds W and b only, and not that the model's "
                + "inputs are made from columns by functions, products or levels; write the model as .json, "
                + ".onnx, .cs, .py or .h, which hold that too.");
        }

        var name = path == "-" ? "model" : Path.GetFileNameWithoutExtension(path);
        await terminal.WriteAsync(path,
            stream => Task.Run(() => format.Write(stream, model, name.Length > 0 ? name : "model"), cancellationToken),
            cancellationToken);
        if (inSinglePrecision)
        {
            terminal.Report([Rounded(path, SinglePrecision.Of(model.Map))]);
        }

        if (!format.KeepsMetadata && model.FreeDirections.Count > 0)
        {
            var undetermined = model.FreeDirections.Count == 1 ? "a direction"
                : FormattableString.Invariant($"{model.FreeDirections.Count} directions");
            terminal.Report(
                [new Finding(Severity.Warning, "knowledge-lost",
                    $"{path}: {format.Name} holds W, b and the names, but not that the data leave {undetermined} "
                        + $"undetermined; "
                        + "predictions that rest on them look like all others.", "Keep the model as JSON too.")]);
        }
    }

    /// <summary>Refuses single precision for a file of another format.</summary>
    /// <exception cref="CommandException">It is another format.</exception>
    public static void RequireSinglePrecision(string path)
    {
        if (FormatOf(path) != ModelFormat.Onnx)
        {
            throw CommandException.Usage($"--precision float32 is for .onnx, and {path} keeps every bit of W and b; "
                + "leave it out, or name a file that ends in .onnx.");
        }
    }

    private static Finding Rounded(string path, SinglePrecision single) => new(Severity.Information,
        "single-precision", single.Changed.Length == 0
            ? $"{path}: W and b are in single precision, which changed none of their numbers."
            : string.Create(CultureInfo.InvariantCulture,
                $"{path}: W and b were rounded to single precision; the largest relative change is "
                    + $"{single.LargestChange:g2}, of {single.Changed}."), "");

    // Without an extension, it is Plumb's own file.
    private static ModelFormat? FormatOf(string path) => Path.GetExtension(path).Length == 0 ? ModelFormat.Json
        : ModelFormat.Of(path);

    private static string Extensions =>
        $"{string.Join(", ", ModelFormat.All.SkipLast(1).Select(format => format.Extension))} or "
            + $"{ModelFormat.All[^1].Extension}";
}
