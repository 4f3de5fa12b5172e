using System.Text.RegularExpressions;
using Microsoft.ML;

namespace Plumb.Tests;

/// <summary>The tutorial and the pages of tasks: their outputs are run, their code is the code of these tests, and
/// their links lead somewhere.</summary>
public sealed partial class TaskTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Pages => ["tutorial.md",
        .. Directory.GetFiles(Path.Combine(s_docs, "tasks"), "*.md").Select(file => Path.GetRelativePath(s_docs, file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Outputs_are_what_the_commands_print(string page)
    {
        var path = Path.Combine(s_docs, page);
        Golden.VerifyFile(path, await DocumentRuns.CurrentAsync(
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Links_of_all_documents_lead_to_files()
    {
        var documents = Directory.GetFiles(s_docs, "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"));
        Assert.Empty(from document in documents
                     from link in Link().Matches(File.ReadAllText(document)).Select(match => match.Groups[1].Value)
                     where !link.Contains("://", StringComparison.Ordinal)
                     let target = Path.Combine(Path.GetDirectoryName(document)!, link.Split('#')[0])
                     where link[0] != '#' && !File.Exists(target) && !Directory.Exists(target)
                     select $"{Path.GetFileName(document)}: {link}");
    }

    [Fact]
    public void Every_page_of_a_task_is_in_the_list()
    {
        var list = File.ReadAllText(Path.Combine(s_docs, "tasks", "README.md"));
        Assert.All(Pages.Select(row => Path.GetFileName(row.Data)).Except(["tutorial.md", "README.md"]), page =>
            Assert.Contains($"({page})", list, StringComparison.Ordinal));
    }

    [Fact]
    public void Trainer_of_ML_NET_in_a_few_lines()
    {
        var ml = new MLContext(seed: 1);
        var random = new RandomSource(3);
        var trainingData = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 80).Select(_ =>
        {
            var (voltage, humidity) = ((float)random.NextDouble(), (float)random.NextDouble());
            var noise = 0.1f * (float)random.NextNormal();
            return new Reading { Voltage = voltage, Humidity = humidity, Temperature = 3 * voltage - humidity + noise };
        }));

        // docs/tasks/coming-from-ml-net.md
        var pipeline = ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(ml.Regression.Trainers.AffineMap("Temperature"));
        var model = pipeline.Fit(trainingData);
        var metrics = ml.Regression.Evaluate(model.Transform(trainingData), "Temperature");
        var error = model.LastTransformer.Fit!.WeightErrors[0, 0];   // of the weight of Voltage
        var verdict = Assessment.Of(model.LastTransformer.Fit!).Verdict;
        // docs/tasks/coming-from-ml-net.md

        Assert.InRange(metrics.RSquared, 0.9, 1);
        Assert.InRange(error, 0.01, 0.1);
        Assert.StartsWith("Nothing that was looked at speaks against W and b", verdict, StringComparison.Ordinal);
        ReadmeTests.AssertQuoted("docs/tasks/coming-from-ml-net.md", Path.Combine("Project", "TaskTests.cs"));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    private sealed class Reading
    {
        public float Voltage { get; init; }

        public float Humidity { get; init; }

        public float Temperature { get; init; }
    }
}
