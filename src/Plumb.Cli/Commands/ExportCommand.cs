using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Writes a model for another program.</summary>
internal static class ExportCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var model = new ModelOptions("The model");
        var output = ModelOutput.Option("The file to write; its extension decides the format");
        var precision = Options.Choice("--precision", "Precision of the numbers in ONNX, and of its x and y: double "
            + "keeps every "
            + "bit; float32, which browsers, GPUs and most callers expect, rounds W and b once [default: double]",
            "double", "float32");
        output.Required = true;

        var command = new DocumentedCommand(
            "export",
            "Writes a model for another program: ONNX, NumPy's NPZ, safetensors, C#, Python, C or JSON, with every bit "
                + "of W and b.",
            "plumb export model.json -o model.onnx",
            "plumb export model.json -o model.onnx --precision float32",
            "plumb export model.json -o HousePrices.cs",
            "plumb export model.json -o prices.h",
            "plumb export weights.npz -o model.safetensors")
        {
            model.Model, output, precision,
        };
        model.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (path, inSinglePrecision) = (parsed.GetRequiredValue(output)!, parsed.GetValue(precision) == "float32");
            if (inSinglePrecision)
            {
                ModelOutput.RequireSinglePrecision(path);
            }

            var stored = model.Read(parsed, terminal);
            var affine = stored.ToModel();
            terminal.Report(stored.Findings);
            await ModelOutput.WriteAsync(path, affine, terminal, cancellationToken, inSinglePrecision);
            return ExitCode.Done;
        });
        return command;
    }
}
