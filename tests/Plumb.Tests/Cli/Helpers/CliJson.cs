using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>What the tests read out of the JSON that commands write.</summary>
internal static class CliJson
{
    /// <summary>Standard output, which must be one JSON document as its schema says, and nothing else.</summary>
    public static JsonElement Json(this CliRun run)
    {
        Assert.EndsWith("}\n", run.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(run.Output,
            new JsonDocumentOptions { AllowDuplicateProperties = false });
        JsonSchemas.Verify(document.RootElement);
        return document.RootElement.Clone();
    }

    /// <summary>What a run printed, as one line: reports break lines at the console's width.</summary>
    public static string OneLine(this CliRun run) =>
        string.Join(' ', run.Output.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The properties of a document but for those that rows seen a second time decide.</summary>
    public static string[] WithoutRowTests(this CliRun run) =>
        [.. run.Json().EnumerateObject()
            .Where(property => property.Name is not ("rowTests" or "evidence" or "findings" or "verdict"))
            .Select(property => property.Name + property.Value.GetRawText())];

    /// <summary>The numbers of a list; null is NaN.</summary>
    public static double[] Numbers(this JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    /// <summary>The rows of a list of lists; null is NaN.</summary>
    public static double[][] Rows(this JsonElement list) => [.. list.EnumerateArray().Select(Numbers)];

    /// <summary>A number; null is NaN.</summary>
    public static double Number(this JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN
        : value.GetDouble();

    /// <summary>A number of a document.</summary>
    public static double Number(this JsonElement document, string name) => document.GetProperty(name).Number();

    /// <summary>A text of a document.</summary>
    public static string Text(this JsonElement document, string name) => document.GetProperty(name).GetString()!;

    /// <summary>{ "weights", "bias" }, a target a row, its bias last.</summary>
    public static double[][] Parameters(this JsonElement map)
    {
        var bias = map.GetProperty("bias").Numbers();
        return [.. map.GetProperty("weights").Rows().Select((row, t) => (double[])[.. row, bias[t]])];
    }

    /// <summary>The same of a property.</summary>
    public static double[][] Parameters(this JsonElement document, string name) =>
        document.GetProperty(name).Parameters();

    /// <summary>The codes of a document's findings.</summary>
    public static string[] Codes(this JsonElement document) =>
        [.. document.GetProperty("findings").EnumerateArray().Select(finding => finding.Text("code"))];
}
