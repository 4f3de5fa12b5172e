namespace Plumb.Cli;

/// <summary>Which levels of categories stand on rows that count, and how many rows these are.</summary>
/// <param name="columns">The places of the categories' columns among the inputs.</param>
internal sealed class SeenLevels(IReadOnlyList<int> columns)
{
    private readonly List<bool>[] _seen = [.. columns.Select(_ => new List<bool>())];

    /// <summary>The rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Looks at the codes of a block.</summary>
    /// <param name="block">The rows; where they are weighed, those of weight 0 do not count.</param>
    public void Add(Dataset block)
    {
        var weights = block.Weights is { } given ? given.Memory : default;
        for (var i = 0; i < block.Rows; i++)
        {
            if (weights.Length > 0 && weights.Span[i] == 0)
            {
                continue;
            }

            Rows++;
            var row = block.Inputs.Row(i);
            for (var k = 0; k < _seen.Length; k++)
            {
                Mark(_seen[k], (int)row[columns[k]]);
            }
        }
    }

    /// <summary>Takes over what another has seen.</summary>
    public void Add(SeenLevels other)
    {
        Rows += other.Rows;
        for (var k = 0; k < _seen.Length; k++)
        {
            for (var code = 0; code < other._seen[k].Count; code++)
            {
                if (other._seen[k][code])
                {
                    Mark(_seen[k], code);
                }
            }
        }
    }

    /// <summary>Whether a level was seen.</summary>
    public bool Contains(int category, int code) => code < _seen[category].Count && _seen[category][code];

    private static void Mark(List<bool> seen, int code)
    {
        while (seen.Count <= code)
        {
            seen.Add(false);
        }

        seen[code] = true;
    }
}
