namespace Plumb.Cli;

/// <summary>How blocks of rows are read with the groups that rows belong to.</summary>
/// <param name="Read">The columns of the inputs and targets.</param>
/// <param name="Groupings">The columns that tell groups.</param>
/// <param name="Further">Those that are no inputs, which are read as targets.</param>
internal sealed record GroupedReading(VariableNames Read, IReadOnlyList<string> Groupings,
    IReadOnlyList<string> Further)
{
    /// <summary>The inputs and targets to read.</summary>
    public VariableNames ToRead => new(Read.Inputs, [.. Read.Targets, .. Further]);

    /// <summary>The rows as they are without groups, and these beside them.</summary>
    /// <param name="block">The rows as they were read.</param>
    public Dataset Separate(Dataset block)
    {
        var targets = Read.Targets.Count;
        var places = Groupings.Select(name => (Input: Read.Inputs.ToList().IndexOf(name),
            Target: targets + Further.ToList().IndexOf(name))).ToArray();
        return new Dataset(block.Inputs, Matrix.Create(block.Rows, targets, (i, t) => block.Targets[i, t]), Read)
        {
            Weights = block.Weights,
            Groups = Matrix.Create(block.Rows, places.Length, (i, k) => places[k].Input >= 0
                ? block.Inputs[i, places[k].Input] : block.Targets[i, places[k].Target]),
        };
    }
}
