using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli.Commands;

/// <summary>
/// Draws a true map and rows that follow it, so that anything learned from them can be compared with the truth.
/// </summary>
internal static class SimulateCommand
{
    private const int MostWeights = 100_000_000; // 0.8 GB
    private const int RowsBetweenLooks = 1024; // at the cancellation token

    public static Command Create(ProcessStreams terminal)
    {
        var inputs = Options.Whole("--inputs", "The number of inputs: the length of x", 1, CsvFormat.MaxColumns);
        var outputs = Options.Whole("--outputs", "The number of targets: the length of y", 1, CsvFormat.MaxColumns);
        var rows = Options.Whole("--rows", "The number of rows", 1L, long.MaxValue);
        var noise = Options.Real("--noise", "The standard deviation of the normal noise added to each target", 0);
        var seed = Options.Whole("--seed", "The seed of the random numbers; the same seed gives the same bytes",
            long.MinValue, long.MaxValue);
        var output =
            Options.Output("The CSV file to write, columns x1, x2, ... and y1, y2, ... [default: standard output]");
        var truth = new Option<string?>("--truth")
        {
            Description = "Also write the true W and b, as a model file",
            HelpName = "FILE"
        };
        ModelOutput.Validate(truth);
        (inputs.Required, outputs.Required, rows.Required) = (true, true, true);
        noise.DefaultValueFactory = _ => 0;
        seed.DefaultValueFactory = _ => 1;

        var command = new DocumentedCommand(
            "simulate",
            "Draws a true W and b, and rows that follow them: y = W x + b + noise, with W, b, x uniform on [0, 1).",
            "plumb simulate --inputs 3 --outputs 3 --rows 1000 -o data.csv --truth truth.json",
            "plumb simulate --inputs 8 --outputs 1 --rows 200 --noise 0.1 --seed 7 > noisy.csv")
        {
            inputs, outputs, rows, noise, seed, output, truth,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var recipe = new Recipe(parsed.GetValue(inputs), parsed.GetValue(outputs), parsed.GetValue(rows),
                parsed.GetValue(noise), parsed.GetValue(seed));
            await RunAsync(recipe, parsed.GetValue(output), parsed.GetValue(truth), terminal, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task RunAsync(Recipe recipe, string? output, string? truth, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        Validate(recipe, output, truth);
        var random = new RandomSource(recipe.Seed);
        var map = AffineMap.Random(recipe.Inputs, recipe.Outputs, random);
        if (truth is not null)
        {
            var model =
                new AffineModel(map) { Provenance = new Provenance("simulate") { HasBias = true, Seed = recipe.Seed } };
            await ModelOutput.WriteAsync(truth, model, terminal, cancellationToken);
        }

        await terminal.WriteTextAsync(output, text => WriteRowsAsync(recipe, map, random, text, cancellationToken),
            cancellationToken);
    }

    private static Task WriteRowsAsync(Recipe recipe, AffineMap map, RandomSource random, TextWriter text,
        CancellationToken cancellationToken)
    {
        var csv = new CsvWriter(text);
        csv.Row([.. map.Names.Inputs, .. map.Names.Targets]);
        var row = new double[recipe.Inputs + recipe.Outputs];
        for (var i = 0L; i < recipe.Rows; i++)
        {
            if (i % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Draw(map, recipe.Noise, random, row.AsSpan(0, recipe.Inputs), row.AsSpan(recipe.Inputs));
            csv.Row(row);
        }

        return Task.CompletedTask;
    }

    private static void Draw(AffineMap map, double noise, RandomSource random, Span<double> x, Span<double> y)
    {
        foreach (ref var value in x)
        {
            value = random.NextDouble();
        }

        map.Apply(x, y);
        foreach (ref var value in y)
        {
            value += noise * random.NextNormal(); // drawn also for no noise, so that x does not depend on the noise
        }
    }

    private static void Validate(Recipe recipe, string? output, string? truth)
    {
        if (recipe.Inputs + recipe.Outputs > CsvFormat.MaxColumns || (long)recipe.Inputs * recipe.Outputs > MostWeights)
        {
            throw CommandException.Usage(
                string.Create(CultureInfo.InvariantCulture,
                    $"--inputs {recipe.Inputs} and --outputs {recipe.Outputs} are too many, expected at most "
                        + $"{CsvFormat.MaxColumns} columns and {MostWeights} weights; ask for fewer."));
        }

        if (truth is "-" or "")
        {
            throw CommandException.Usage($"--truth holds '{truth}', expected the name of a file; name one.");
        }
    }

    private sealed record Recipe(int Inputs, int Outputs, long Rows, double Noise, long Seed);
}
