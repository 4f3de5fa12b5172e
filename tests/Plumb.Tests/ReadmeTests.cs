using System.Text.RegularExpressions;
using Plumb.Tests.Cli;

namespace Plumb.Tests;

/// <summary>README.md is what the program says: its outputs are run, and its code is the code of these tests.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Outputs_in_the_readme_are_what_the_commands_print()
    {
        var readme = await File.ReadAllTextAsync(ReadmePath, TestContext.Current.CancellationToken);
        var current = readme;
        foreach (Match block in OutputBlock().Matches(readme))
        {
            var words = block.Groups["words"].Value.Split(' ');
            var run = await CliRun.Of([.. words.Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, word) : word)]);
            Assert.Equal(0, run.ExitCode);
            var output = run.Output.Replace(Repository.Root + Path.DirectorySeparatorChar, "").TrimEnd('\n');
            current = current.Replace(block.Value, $"```text\n$ plumb {block.Groups["words"].Value}\n{output}\n```");
        }

        Golden.VerifyFile(ReadmePath, current);
    }

    [Fact]
    public void Fit_in_a_few_lines()
    {
        // README
        double[,] x = { { 1, 20 }, { 2, 30 }, { 3, 50 }, { 4, 40 } };
        double[,] y = { { 3.1 }, { 4.9 }, { 7.2 }, { 8.8 } };

        var moments = Moments.Of(new Dataset(x, y));       // exact sums; Add, Merge and Remove keep them exact
        var fit = new LeastSquares().Fit(moments);
        var slope = fit.Map.WeightsOf(target: 0)[0];       // W is targets x inputs
        var error = fit.WeightErrors[0, 0];                // its standard error
        var verdict = Assessment.Of(fit).Verdict;          // "The data determine every weight; ..."
        double[] prediction = fit.Map.Apply([5, 60]);      // y = W x + b
        // README

        Assert.InRange(slope, 1.5, 2.5);
        Assert.InRange(error, 0.01, 0.5);
        Assert.StartsWith("The data determine every weight", verdict);
        Assert.InRange(prediction[0], 10, 12);
        AssertQuoted();
    }

    [Fact]
    public void Train_and_explain_in_a_few_lines()
    {
        var random = new RandomSource(1);
        var (truth, start) = (AffineMap.Random(3, 3, random), AffineMap.Random(3, 3, random));
        double[] x = [0.2, 0.4, 0.9];
        var y = truth.Apply(x);
        var moments = new Moments(inputs: 3, targets: 3);
        moments.Add(x, y);

        // README
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

        // README
        Assert.Equal(CauseCode.NotIdentified, explanation.Causes[0].Code);
        AssertQuoted();
    }

    private static string ReadmePath => Path.Combine(Repository.Root, "README.md");

    /// <summary>Each part of this file between two README marks stands in the readme.</summary>
    private static void AssertQuoted()
    {
        var readme = File.ReadAllText(ReadmePath);
        var parts = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Plumb.Tests", "ReadmeTests.cs")).Split("// README\n");
        for (var i = 1; i < parts.Length - 1; i += 2)
        {
            var code = string.Join('\n', parts[i].TrimEnd().Split('\n').Select(line => line.Length > 8 ? line[8..] : "")).TrimEnd();
            Assert.Contains("```csharp\n" + code + "\n```", readme);
        }
    }

    [GeneratedRegex(@"```text\n\$ plumb (?<words>[^\n]+)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();
}
