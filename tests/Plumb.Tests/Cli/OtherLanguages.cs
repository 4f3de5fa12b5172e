using System.Globalization;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>Runs models that were exported as Python and as C, where these are installed.</summary>
internal static class OtherLanguages
{
    private const double Digits = 1e-12;

    /// <summary>Whether both predict, for every row, what the model predicts.</summary>
    /// <param name="folder">Holds model.json.</param>
    /// <param name="model">The model.</param>
    /// <param name="cells">The rows, column by column.</param>
    /// <param name="predicted">The predictions, row by row.</param>
    public static async Task AssertAsync(TemporaryFolder folder, AffineModel model, Dictionary<string, string[]> cells,
        double[][] predicted)
    {
        var rows = predicted.Select((_, i) => model.Design!.Columns.Inputs.Select(column =>
            (Text: cells[column][i], IsText: IsText(model, column))).ToArray()).ToArray();
        await ExportAsync(folder, "own.py");
        await ExportAsync(folder, "own.h");
        if (OtherProgram.IsInstalled("python3"))
        {
            AssertNear(predicted, await PythonAsync(folder, rows));
        }

        if (OtherProgram.IsInstalled("gcc"))
        {
            AssertNear(predicted, await CAsync(folder, rows, model.Map.TargetCount));
        }
    }

    /// <summary>The predictions of own.py.</summary>
    public static async Task<double[][]> PythonAsync(TemporaryFolder folder, (string Text, bool IsText)[][] rows)
    {
        var program = new StringBuilder("import own\n");
        foreach (var row in rows)
        {
            program.Append(CultureInfo.InvariantCulture, $"print(*map(repr, own.apply({string.Join(", ",
                row.Select(cell => cell.IsText ? Quoted(cell.Text) : cell.Text))})))\n");
        }

        folder.Write("run.py", program.ToString());
        return Numbers(await OtherProgram.RunAsync("python3", folder["."], ["-W", "error", "run.py"]));
    }

    /// <summary>The predictions of own.h; a row that is refused has the number of the column that it is refused
    /// for, negative.</summary>
    public static async Task<double[][]> CAsync(TemporaryFolder folder, (string Text, bool IsText)[][] rows,
        int targets)
    {
        var calls = rows.Select(row => "    print(own_apply(" + string.Join(", ", row.Select(cell =>
            cell.IsText ? Quoted(cell.Text) : cell.Text).Append("y")) + "), y);\n");
        return await CompiledAsync(folder, $$"""
            static void print(int refused, const double *y)
            {
                if (refused) { printf("%d\n", -refused); return; }
                for (int i = 0; i < {{targets}}; i++) printf("%.17g%c", y[i], i + 1 < {{targets}} ? ' ' : '\n');
            }

            int main(void)
            {
                double y[{{targets}}];
            {{string.Concat(calls)}}    return own_column(0) == 0 || own_target(0) == 0;
            }
            """);
    }

    /// <summary>What a program prints that includes own.h, compiled with every warning an error.</summary>
    public static async Task<double[][]> CompiledAsync(TemporaryFolder folder, string main)
    {
        var source = folder.Write("run.c", "#include <stdio.h>\n#include \"own.h\"\n\n" + main);
        string[] strict = ["-Wall", "-Wextra", "-Werror", "-ffp-contract=off", source];
        await OtherProgram.RunAsync("gcc", folder["."],
            ["-std=c99", "-pedantic", "-o", folder["run"], .. strict, "-lm"]);
        return Numbers(await OtherProgram.RunAsync(folder["run"], folder["."], []));
    }

    private static bool IsText(AffineModel model, string column) =>
        model.Design!.Meanings.GetValueOrDefault(column) is ColumnMeaning.Category { OfNumbers: false };

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static double[][] Numbers(string output) => [.. output.TrimEnd('\n').Split('\n').Select(line =>
        line.Split(' ').Select(Reference.Number).ToArray())];

    private static async Task ExportAsync(TemporaryFolder folder, string file)
    {
        var run = await CliRun.Of("export", folder["model.json"], "-o", folder[file]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    private static void AssertNear(double[][] expected, double[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var size = expected.SelectMany(row => row).Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], (left, right) => Math.Abs(left - right) <= Digits * size);
        }
    }
}
