using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// The columns that pandas writes for its index: they number or name the rows, and are no measurements.
/// </summary>
internal static class PandasIndex
{
    private const string Prefix = "__index_level_";

    /// <summary>Those among some columns.</summary>
    /// <param name="metadata">What pandas says of itself in the file, as JSON; null where it says nothing.</param>
    /// <param name="columns">The columns of the file.</param>
    public static IReadOnlyList<string> Of(string? metadata, IReadOnlyList<string> columns)
    {
        var named = Named(metadata);
        return [.. columns.Where(column => named.Contains(column) || IsUnnamed(column))];
    }

    private static HashSet<string> Named(string? metadata)
    {
        try
        {
            using var json = JsonDocument.Parse(metadata ?? "{}");
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("index_columns", out var names)
                && names.ValueKind == JsonValueKind.Array
                ? names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String)
                    .Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        }
        catch (JsonException)
        {
            return []; // what another program wrote under that name
        }
    }

    // As pandas calls an index without a name.
    private static bool IsUnnamed(string column) => column.StartsWith(Prefix, StringComparison.Ordinal)
        && column.EndsWith("__", StringComparison.Ordinal) && column.Length > Prefix.Length + 2
        && column[Prefix.Length..^2].All(char.IsAsciiDigit);
}
