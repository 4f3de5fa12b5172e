using System.Text.RegularExpressions;

namespace Plumb.Tests;

/// <summary>
/// README.md and the documents are what the program says: their outputs are run, and their code is the code of these
/// tests.
/// </summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/training.md")]
    public async Task Outputs_in_the_documents_are_what_the_commands_print(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        Golden.VerifyFile(path, await DocumentRuns.CurrentAsync(
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Fit_in_a_few_lines()
    {
        // docs/from-code.md
        double[,] x = { { 1, 20 }, { 2, 30 }, { 3, 50 }, { 4, 40 } };
        double[,] y = { { 3.1 }, { 4.9 }, { 7.2 }, { 8.8 } };

        var moments = Moments.Of(new Dataset(x, y));       // exact sums; Add, Merge and Remove keep them exact
        var fit = new LeastSquares().Fit(moments);
        var slope = fit.Map.WeightsOf(target: 0)[0];       // W is targets x inputs
        var error = fit.WeightErrors[0, 0];                // its standard error
        var verdict = Assessment.Of(fit).Verdict;          // "Nothing that was looked at speaks ..."
        double[] prediction = fit.Map.Apply([5, 60]);      // y = W x + b
        // docs/from-code.md

        Assert.InRange(slope, 1.5, 2.5);
        Assert.InRange(error, 0.01, 0.5);
        Assert.StartsWith("Nothing that was looked at speaks", verdict);
        Assert.InRange(prediction[0], 10, 12);
        AssertQuoted("docs/from-code.md");
    }

    [Fact]
    public async Task Fit_a_file_in_a_few_lines()
    {
        var file = Path.Combine(Repository.Root, "samples", "energy.csv");

#pragma warning disable xUnit1051 // a page shows it as a user writes it
        // docs/from-code.md
        await using var reader = await CsvReader.OpenAsync(File.OpenRead(file), file);
        var moments = await Moments.ReadAsync(reader, ["wall_area", "glazing_area"], ["heating_load"]);
        var fit = new LeastSquares().Fit(moments);
        Console.WriteLine(fit);                            // heating_load = ... (768 rows, R² ...)
        Console.Write(fit.Report());                       // verdict, findings, a table per target
        // docs/from-code.md

        // docs/from-code.md
        await using var again = await CsvReader.OpenAsync(File.OpenRead(file), file);
        var rows = await RowTests.OfAsync(fit, again.ReadAsync(moments.Names.Inputs, moments.Names.Targets));
        Console.Write(fit.Report(rows));                   // now the verdict rests on the rows too
        var page = fit.ToHtml(rows);                       // one file that needs nothing else
        // docs/from-code.md
#pragma warning restore xUnit1051

        Assert.StartsWith("heating_load = ", fit.ToString());
        Assert.Contains("(768 rows, R² ", fit.ToString());
        Assert.EndsWith("</html>\n", page);
        AssertQuoted("docs/from-code.md");
        Assert.Contains("Console.Write(fit.Report());",
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"),
                TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Ask_what_estimates_are_worth_in_a_few_lines()
    {
        // docs/from-code.md
        double[,] x = { { 1, 20 }, { 2, 30 }, { 3, 50 }, { 4, 40 }, { 6, 35 } };
        double[,] y = { { 3.1 }, { 4.9 }, { 7.2 }, { 8.8 }, { 12.9 } };
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x, y)));

        foreach (var row in fit.Coefficients)              // Target, Input, Estimate, StandardError, Low, ..
        {
            Console.WriteLine($"{row.Input}: {row.Estimate} ({row.Low} to {row.High}), p = {row.PValue}");
        }

        var variance = fit.Covariance().Variance(0, 1, -1);        // of w1 - w2: factors of bias, x1 and x2
        var test = fit.Inference.Test("x1 = 2, x2 = 0")[0];        // both at once
        var prediction = fit.Predict([5, 40], level: 0.9)[0];      // MeanLow, MeanHigh, NewLow, NewHigh, ..
        // docs/from-code.md

        Assert.InRange(variance, 0, 0.1);
        Assert.InRange(test.PValue, 0, 1);
        Assert.InRange(prediction.NewHigh - prediction.NewLow, prediction.MeanHigh - prediction.MeanLow, 10);
        AssertQuoted("docs/from-code.md");
    }

    [Fact]
    public void Train_and_explain_in_a_few_lines()
    {
        // docs/from-code.md
        var random = new RandomSource(1);
        var (truth, start) = (AffineMap.Random(3, 3, random), AffineMap.Random(3, 3, random));
        double[] x = [0.2, 0.4, 0.9];                      // the one point that there is
        var y = truth.Apply(x);
        var moments = new Moments(inputs: 3, targets: 3);
        moments.Add(x, y);

        var trainer = new GradientDescent(LearningRate: 0.001) { Loss = Loss.Sum }.Start(start);
        while (trainer.LossAt(x, y) > 1e-6)
        {
            trainer.Step(x, y);                            // W and b at any moment: trainer.Map
        }

        var explanation = Explanation.Of(trainer.Map, moments, truth);
        foreach (var cause in explanation.Causes)          // they add up to trainer.Map - truth
        {
            Console.WriteLine($"{cause.Code}: {cause.Norm}");
        }

        // docs/from-code.md
        Assert.Equal(CauseCode.NotIdentified, explanation.Causes[0].Code);
        AssertQuoted("docs/from-code.md");
    }

    [Fact]
    public void Train_in_every_way_in_a_few_lines()
    {
        var data = TrainingProblems.Noisy(200, 3, 2, 0.1, seed: 1);
        var start = AffineMap.Zero(3, 2);
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);

        // docs/training.md
        var settings = new GradientDescent(LearningRate: 0.1) { Optimizer = Optimizer.Momentum(0.9), BatchSize = 32 };
        foreach (var epoch in settings.Train(start, data).TakeWhile(epoch => (epoch.Map - fit.Map).Norm > 0.1))
        {
            Console.WriteLine($"{epoch.Steps}: loss {epoch.Loss}");
        }

        var last = settings.Train(start, fit, steps: 10_000).Last();              // full batches, on moments
        var there = settings.Jump(start, fit, steps: 1_000_000_000);              // where they arrive, at once
        // IEnumerable<Dataset>: a generator; TrainAsync takes a stream.
        var once = settings.Train(start, [data]).Last();
        var loss = settings.Start(start).Step([1, 2, 3], [4, 5]);                 // by hand: a row, or a batch
        // docs/training.md
        Assert.True((last.Map - there.Map).Norm < 1e-12);
        Assert.Equal((7L, 41.0 / 2), (once.Steps, loss));
        AssertQuoted("docs/training.md");
    }

    /// <summary>
    /// The code between two comments that name a document is in that document, line by line, behind its usings.
    /// </summary>
    internal static void AssertQuoted(string document, string? test = null)
    {
        var text = Usings().Replace(File.ReadAllText(Path.Combine(Repository.Root, document)), "");
        var source = test ?? Path.Combine("Project", "ReadmeTests.cs");
        var parts = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Plumb.Tests", source))
            .Split($"// {document}\n");
        for (var i = 1; i < parts.Length - 1; i += 2)
        {
            var code =
                string.Join('\n', parts[i].TrimEnd().Split('\n').Select(line => line.Length > 8 ? line[8..] : ""))
                    .TrimEnd();
            Assert.Contains("```csharp\n" + code + "\n```", text);
        }
    }

    [GeneratedRegex(@"(?<=```csharp\n)(using [\w.]+; *(//.*)?\n)+\n")]
    private static partial Regex Usings();
}
