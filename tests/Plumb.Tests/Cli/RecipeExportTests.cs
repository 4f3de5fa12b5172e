using System.Reflection;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Plumb.Tests.Cli;

/// <summary>
/// Models whose inputs are made from columns, in other programs: these take the same raw columns, and predict what
/// 'plumb predict' does.
/// </summary>
public sealed class RecipeExportTests
{
    private const double Digits = 1e-12;
    private static readonly string[] s_cities = ["Bonn", "Köln \"am\" Rhein", "Ulm", "Zülpich"];

    public static TheoryData<string, string> Recipes { get; } = new()
    {
        { "rent", "area^2,area" },
        { "rent", "city,area" },
        { "log(rent)", "city,area,log(area),rooms^2,area:city,1/rooms,cyl" },
        { "rent,log(size)", "city,rooms,sqrt(area)" },
        { "sqrt(rent)", "cyl*city,rooms^-2" },
        { "log10(rent),log10(size)", "log10(area),log1p(rooms),exp(rooms),abs(shift),shift^3" },
        { "log1p(rent),log2(size)", "city:cyl:area,log2(rooms)" },
        { "1/rent", "rooms^9,city" },
        { "exp(rooms)", "city,area:size:cyl" },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task Exported_recipe_predicts_what_the_model_predicts(string target, string inputs)
    {
        using var folder = new TemporaryFolder();
        var (model, predicted, cells) = await FitAsync(folder, target, inputs);
        await AssertExportedAsync(folder, model, predicted, cells);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("helmert")]
    [InlineData("full")]
    public async Task Every_coding_is_exported(string coding)
    {
        using var folder = new TemporaryFolder();
        var (model, predicted, cells) = await FitAsync(folder, "rent", "city,cyl,cyl:area", "--coding", coding);
        await AssertExportedAsync(folder, model, predicted, cells);
    }

    [Fact]
    public async Task Level_that_is_not_known_is_refused_or_has_no_prediction()
    {
        using var folder = new TemporaryFolder();
        var (model, _, cells) = await FitAsync(folder, "rent", "city,cyl,area");
        cells["city"][0] = "Paris";
        cells["cyl"][1] = "5";
        await ExportAsync(folder, "m.onnx");
        var y = RunOnnx(folder["m.onnx"], model, cells, isSingle: false);
        Assert.Equal([true, true, false], [double.IsNaN(y[0][0]), double.IsNaN(y[1][0]), double.IsNaN(y[2][0])]);
        await ExportAsync(folder, "M.cs");
        var apply = Apply(folder["M.cs"]);
        Assert.Contains("city holds 'Paris', which is no level that the model knows", Refusal(0),
            StringComparison.Ordinal);
        Assert.Contains("cyl holds '5', which is no level that the model knows", Refusal(1), StringComparison.Ordinal);

        string Refusal(int row) => Assert.IsType<ArgumentException>(Assert.Throws<TargetInvocationException>(() =>
            apply.Invoke(null, Arguments(apply, model, cells, row))).InnerException).Message;
    }

    [Fact]
    public async Task Number_that_a_function_does_not_take_is_refused()
    {
        using var folder = new TemporaryFolder();
        var (model, _, cells) = await FitAsync(folder, "rent", "log(area),1/rooms");
        (cells["area"][0], cells["rooms"][1]) = ("-1", "0");
        await ExportAsync(folder, "M.cs");
        var apply = Apply(folder["M.cs"]);
        Assert.Contains("log(area) was asked of -1, expected a number above 0.", Refusal(0), StringComparison.Ordinal);
        Assert.Contains("1/rooms was asked of 0, expected a number other than 0.", Refusal(1),
            StringComparison.Ordinal);

        string Refusal(int row) => Assert.Throws<TargetInvocationException>(() =>
            apply.Invoke(null, Arguments(apply, model, cells, row))).InnerException!.Message;
    }

    [Fact]
    public async Task Columns_may_be_called_anything()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv",
            "y,class,m² (net),M² net,_1,t\n1,a,2,5,1,3\n2,b,3,1,0,4\n4,a,5,2,2,5\n3,b,8,9,1,7\n5,a,1,1,4,6\n"
                + "9,b,2,7,3,9\n8,a,6,3,9,1\n");
        await FitFileAsync(folder, file, "t", "y,class,log(m² (net)),M² net,_1");
        var model = ModelFile.Parse(File.ReadAllText(folder["model.json"]));
        var cells = Cells(file);
        var predicted = await PredictAsync(folder, file);
        await AssertExportedAsync(folder, model, predicted, cells);
    }

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.safetensors")]
    public async Task What_holds_W_and_b_only_is_refused(string file)
    {
        using var folder = new TemporaryFolder();
        await FitAsync(folder, "rent", "city,area");
        var run = await CliRun.Of("export", folder["model.json"], "-o", folder[file]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("holds W and b only", run.Error, StringComparison.Ordinal);
        Assert.Contains(".onnx", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(file, folder.Files);
    }

    private static async Task AssertExportedAsync(TemporaryFolder folder, AffineModel model, double[][] predicted,
        Dictionary<string, string[]> cells)
    {
        await ExportAsync(folder, "m.onnx");
        AssertNear(predicted, RunOnnx(folder["m.onnx"], model, cells, isSingle: false), Digits);
        await ExportAsync(folder, "s.onnx", "--precision", "float32");
        AssertNear(predicted, RunOnnx(folder["s.onnx"], model, cells, isSingle: true), 1e-2);
        await ExportAsync(folder, "M.cs");
        var apply = Apply(folder["M.cs"]);
        AssertNear(predicted, [.. predicted.Select((_, i) =>
            (double[])apply.Invoke(null, Arguments(apply, model, cells, i))!)], Digits);
        Assert.Equal(model.Design!.Columns.Inputs,
            (string[])apply.DeclaringType!.GetField("Columns")!.GetValue(null)!);
        await OtherLanguages.AssertAsync(folder, model, cells, predicted);
        await ExportAsync(folder, "again.json");
        Assert.Equal(model, ModelFile.Parse(File.ReadAllText(folder["again.json"])));
    }

    private static void AssertNear(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var size = expected.SelectMany(row => row).Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], (left, right) => Math.Abs(left - right) <= tolerance * size);
        }
    }

    private static async Task<(AffineModel, double[][], Dictionary<string, string[]>)> FitAsync(TemporaryFolder folder,
        string target, string inputs, params string[] more)
    {
        var random = new RandomSource(7);
        var text = new System.Text.StringBuilder("rent,size,area,rooms,city,cyl,shift\n");
        for (var i = 0; i < 60; i++)
        {
            var size = 2 + random.NextDouble();
            var (area, rooms, city) = (30 + Math.Floor(random.NextDouble() * 900) / 10, 1 + i % 4, i * 7 % 11 % 4);
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{300 + 10 * area + 60 * city + 20 * rooms + 9 * random.NextDouble()},{area * size},")
                .Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"{area},{rooms},\"{s_cities[city].Replace("\"", "\"\"", StringComparison.Ordinal)}\",")
                .Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"{4 + 2 * (i % 3)},{Math.Floor(random.NextDouble() * 100) / 10 - 5}\n");
        }

        var file = folder.Write("d.csv", text.ToString());
        await FitFileAsync(folder, file, target, inputs,
            inputs.Contains("cyl", StringComparison.Ordinal) ? ["--categorical", "cyl", .. more] : more);
        return (ModelFile.Parse(File.ReadAllText(folder["model.json"])), await PredictAsync(folder, file), Cells(file));
    }

    private static async Task FitFileAsync(TemporaryFolder folder, string file, string target, string inputs,
        params string[] more)
    {
        var run = await CliRun.Of(["fit", file, "--target", target, "--input", inputs, "-o", folder["model.json"],
            "--no-second-look", .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private static async Task<double[][]> PredictAsync(TemporaryFolder folder, string file)
    {
        var run = await CliRun.Of("predict", folder["model.json"], file);
        Assert.Equal(0, run.ExitCode);
        var targets = ModelFile.Parse(File.ReadAllText(folder["model.json"])).Map.TargetCount; // 'determined' follows
        return [.. run.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line =>
            line.Split(',').Take(targets).Select(Reference.Number).ToArray())];
    }

    private static async Task ExportAsync(TemporaryFolder folder, string file, params string[] more)
    {
        var run = await CliRun.Of(["export", folder["model.json"], "-o", folder[file], .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    private static Dictionary<string, string[]> Cells(string file)
    {
        string[][] lines = [.. File.ReadAllLines(file).Select(line =>
            line.Split(',').Select(cell => cell.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray())];
        return lines[0].Index().ToDictionary(column => column.Item,
            column => lines.Skip(1).Select(row => row[column.Index]).ToArray(), StringComparer.Ordinal);
    }

    private static double[][] RunOnnx(string file, AffineModel model, Dictionary<string, string[]> cells, bool isSingle)
    {
        using var session = new InferenceSession(file);
        var rows = cells.First().Value.Length;
        var inputs = model.Design!.Columns.Inputs.Select(column =>
            model.Design.Meanings.GetValueOrDefault(column) is ColumnMeaning.Category { OfNumbers: false }
                ? NamedOnnxValue.CreateFromTensor(column, new DenseTensor<string>(cells[column], [rows, 1]))
                : isSingle ? NamedOnnxValue.CreateFromTensor(column,
                    new DenseTensor<float>(cells[column].Select(cell => (float)Reference.Number(cell)).ToArray(),
                        [rows, 1]))
                : NamedOnnxValue.CreateFromTensor(column,
                    new DenseTensor<double>(cells[column].Select(Reference.Number).ToArray(), [rows, 1]))).ToList();
        Assert.Equal(model.Design.Columns.Inputs,
            JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["inputs"])!);
        using var results = session.Run(inputs);
        var targets = model.Map.TargetCount;
        return [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, targets).Select(t => isSingle
            ? results.Single().AsTensor<float>()[i, t] : results.Single().AsTensor<double>()[i, t]).ToArray())];
    }

    private static MethodInfo Apply(string file) =>
        CompiledSource.Of(File.ReadAllText(file)).GetTypes().Single(type => type.Name is "M").GetMethod("Apply")!;

    private static object[] Arguments(MethodInfo apply, AffineModel model, Dictionary<string, string[]> cells,
        int row) =>
        [.. apply.GetParameters().Zip(model.Design!.Columns.Inputs, (parameter, column) =>
            parameter.ParameterType == typeof(string) ? (object)cells[column][row]
                : Reference.Number(cells[column][row]))];
}
