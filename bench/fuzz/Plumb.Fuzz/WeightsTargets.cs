namespace Plumb.Fuzz;

/// <summary>Readers of weights and models, and the writers of whatever model was read.</summary>
internal static class WeightsTargets
{
    private static readonly string[] s_modelWords = [.. FuzzTargets.Numbers, "\"weights\"", "\"bias\"", "\"format\"",
        "\\u0000", "\\ud800", "[[[[", "true", "\"inputs\":[\"a\",\"b\"]", "\"targets\":[\"a\"]", "\"coef_\"",
        "\"identified\"", "\"undetermined\"", "\"design\""];

    public static IEnumerable<FuzzTarget> All(Seeds seeds) =>
    [
        OfWeights("weights-csv", seeds.Csv(), [.. Seeds.CsvWords, "bias", "intercept"], "w.csv"),
        OfWeights("weights-txt", seeds.Coefficients(), [.. Seeds.CsvWords, "(Intercept)", "Estimate", "const", "coef"],
            "w.txt"),
        OfWeights("model", seeds.Models(), s_modelWords, "w.json"),
        OfWeights("npy", seeds.Files("*.npy"), Seeds.NpyWords, "w.npy"),
        OfWeights("npz", seeds.Files("*.npz"),
            [.. Seeds.NpyWords, "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "bias.npy"], "w.npz"),
        OfWeights("safetensors", seeds.Files("*.safetensors"),
            [.. FuzzTargets.Numbers, "\"dtype\":\"F64\"", "\"shape\":[2,2]", "\"data_offsets\":[0,32]", "__metadata__"],
            "w.safetensors"),
        OfWeights("unnamed", [.. seeds.Arrays(), .. seeds.Models(), .. Seeds.Onnx()], FuzzTargets.Numbers, "w"),
        new("model-file", typeof(ModelFile), seeds.Models(), s_modelWords, bytes =>
            Task.FromResult(ModelFile.Read(new MemoryStream(bytes), "w.json"))),
        new("exports", typeof(ModelFormat), seeds.Models(), s_modelWords, ExportsAsync),
    ];

    private static FuzzTarget OfWeights(string name, byte[][] seeds, string[] words, string file) =>
        new(name, typeof(WeightsFile), seeds, words, bytes =>
            Task.FromResult(WeightsFile.Read(new MemoryStream(bytes), file).ToModel()));

    // What can be read can be written, or is refused with a reason; and what Plumb wrote, Plumb reads.
    private static Task ExportsAsync(byte[] bytes)
    {
        var model = ModelFile.Read(new MemoryStream(bytes), "w.json");
        foreach (var format in ModelFormat.All.Append(ModelFormat.OnnxSingle))
        {
            using var written = new MemoryStream();
            try
            {
                format.Write(written, model);
            }
            catch (Exception e) when (e is ArgumentException or OverflowException)
            {
                continue;
            }

            written.Position = 0;
            if (format == ModelFormat.Json || format == ModelFormat.Npz || format == ModelFormat.Safetensors)
            {
                var again = WeightsFile.Read(written, "w" + format.Extension).ToModel(model.Map.Names);
                if (!again.Map.Equals(model.Map))
                {
                    throw new InvalidOperationException($"as {format}, it is another map");
                }
            }
        }

        return Task.CompletedTask;
    }
}
