extern alias schemas;

using System.Collections.Concurrent;
using System.Text.Json;
using schemas::Json.Schema;

namespace Plumb.Tests.Cli;

/// <summary>The schemas in docs/schemas, which every document that a test reads must keep to.</summary>
internal static class JsonSchemas
{
    private static readonly ConcurrentDictionary<string, JsonSchema?> s_schemas = [];

    /// <summary>Fails unless a document is as its schema says.</summary>
    public static void Verify(JsonElement document)
    {
        if (!document.TryGetProperty("schema", out var name))
        {
            return;
        }

        var schema = s_schemas.GetOrAdd(name.GetString()!, Read);
        Assert.True(schema is not null, $"there is no schema of {name}");
        var result = schema.Evaluate(document, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, string.Join("\n", (result.Details ?? []).Where(detail => detail.Errors is not null)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}")));
    }

    private static JsonSchema? Read(string name)
    {
        var file = Path.Combine(Repository.Root, "docs", "schemas", name.Replace('/', '.') + ".json");
        return File.Exists(file) ? JsonSchema.FromText(File.ReadAllText(file)) : null;
    }
}
