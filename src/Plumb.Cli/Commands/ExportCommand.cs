using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Writes a model for another program.</summary>
internal static class ExportCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var model = new ModelOptions("The model");
        var output = ModelOutput.Option("The file to write; its ending tells the format");
        output.Required = true;

        var command = new DocumentedCommand(
            "export",
            "Writes a model for another program: ONNX, NumPy's NPZ, safetensors, C# source or JSON, with every bit of "
                + "W and b.",
            "plumb export model.json -o model.onnx",
            "plumb export model.json -o HousePrices.cs",
            "plumb export weights.npz -o model.safetensors")
        {
            model.Model, output,
        };
        model.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var stored = model.Read(parsed, terminal);
            var affine = stored.ToModel();
            terminal.Report(stored.Findings);
            await ModelOutput.WriteAsync(parsed.GetRequiredValue(output)!, affine, terminal, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
