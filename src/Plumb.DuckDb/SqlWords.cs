using System.Text.Json;

namespace Plumb.DuckDb;

/// <summary>The names in a query, as its tree has them.</summary>
internal sealed class SqlWords
{
    private readonly HashSet<string> _all = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _tables = new(StringComparer.OrdinalIgnoreCase);
    private bool _meansAll;

    /// <summary>Collects them.</summary>
    public SqlWords(JsonElement tree) => Walk(tree, Add);

    /// <summary>The names that the query gives to parts of itself (WITH).</summary>
    public IReadOnlySet<string> Tables => _tables;

    /// <summary>Whether the query may mean a column of this name; where it says *, all are meant.</summary>
    public bool MayMean(string column) => _meansAll || _all.Contains(column);

    /// <summary>Visits every object of a tree.</summary>
    public static void Walk(JsonElement tree, Action<JsonElement> visit)
    {
        var open = new Stack<JsonElement>([tree]);
        while (open.TryPop(out var next))
        {
            if (next.ValueKind == JsonValueKind.Object)
            {
                visit(next);
                foreach (var property in next.EnumerateObject())
                {
                    open.Push(property.Value);
                }
            }
            else if (next.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in next.EnumerateArray())
                {
                    open.Push(element);
                }
            }
        }
    }

    private void Add(JsonElement node)
    {
        foreach (var property in node.EnumerateObject())
        {
            if (property.Name == "cte_map" && property.Value.TryGetProperty("map", out var entries))
            {
                _tables.UnionWith(entries.EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!));
            }

            _meansAll |= property.Name == "type" && property.Value.ValueKind == JsonValueKind.String
                && property.Value.GetString() is "STAR" or "POSITIONAL_REFERENCE"
                || property.Name == "ref_type" && property.Value.GetString() is "NATURAL";
            AddTexts(property.Value);
        }
    }

    private void AddTexts(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            _all.Add(value.GetString()!);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                AddTexts(element);
            }
        }
    }
}
