using System.Globalization;
using System.Text.Json;

namespace Plumb.Rivals;

/// <summary>The problems with exact solutions that the tests have: NIST's linear sets, and some harder ones.</summary>
internal static class ReferenceProblems
{
    private static readonly string[] s_hard = ["hilbert_8", "hilbert_12", "lauchli_2^-20", "lauchli_2^-30",
        "nearcollinear_1e-10", "offset_1e9", "offset_1e15", "scale_mixed", "vandermonde_10"];

    /// <summary>Writes each as a folder named after it.</summary>
    /// <param name="data">The tests' data folder.</param>
    /// <param name="folder">Where.</param>
    public static void Write(string data, string folder)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(data, "nist"), "*.json").Order(StringComparer.Ordinal))
        {
            var reference = Json(path);
            var model = reference.GetProperty("model");
            var rows = Rows(path);
            Write(Path.Combine(folder, "nist-" + Path.GetFileNameWithoutExtension(path)),
                [.. rows.Select(row => row[1..])], [.. rows.Select(row => row[0])], model.GetProperty("degree"),
                model.GetProperty("intercept").GetBoolean(),
                reference.GetProperty("exact_dblpow").GetProperty("estimates"));
        }

        foreach (var name in s_hard)
        {
            var path = Path.Combine(data, "hard", name + ".json");
            var reference = Json(path);
            var rows = Rows(path);
            Write(Path.Combine(folder, "hard-" + name), [.. rows.Select(row => row[..^1])],
                [.. rows.Select(row => row[^1])], reference.GetProperty("polynomial_degree"),
                reference.GetProperty("intercept").GetBoolean(), reference.GetProperty("exact_dbl").GetProperty("B"));
        }
    }

    private static void Write(string folder, double[][] x, double[] y, JsonElement degree, bool bias, JsonElement exact)
    {
        Problem.Write(folder, degree.ValueKind == JsonValueKind.Number ? Powers(x, degree.GetInt32()) : x, y, bias,
            [.. exact.EnumerateArray()
                .Select(element =>
                    Number((element.ValueKind == JsonValueKind.Array ? element[0] : element).GetString()!))]);
    }

    /// <summary>x^1 .. x^degree, rounded once each, as the exact solutions have them.</summary>
    private static double[][] Powers(double[][] x, int degree)
    {
        var design = new Design([.. Enumerable.Range(1, degree).Select(power => new Term("x", power))], []);
        var inputs =
            design.Expand(
                new Dataset(Matrix.Create(x.Length, 1, (i, _) => x[i][0]), new Matrix(x.Length, 0),
                    design.Columns)).Inputs;
        return [.. x.Select((_, i) => inputs.Row(i).ToArray())];
    }

    private static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private static double[][] Rows(string path) =>
        [.. File.ReadAllLines(Path.ChangeExtension(path, ".csv")).Skip(1)
            .Select(line => line.Split(',').Select(Number).ToArray())];

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
