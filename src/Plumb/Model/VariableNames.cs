using System.Globalization;

namespace Plumb;

/// <summary>The names of inputs and targets, in the order of the columns of x and y.</summary>
/// <param name="Inputs">One name an input.</param>
/// <param name="Targets">One name a target.</param>
public sealed record VariableNames(IReadOnlyList<string> Inputs, IReadOnlyList<string> Targets)
{
    /// <summary>x1, x2, ... and y1, y2, ...</summary>
    public static VariableNames Default(int inputs, int targets) => new(Numbered("x", inputs), Numbered("y", targets));

    /// <summary>The same names in the same order.</summary>
    public bool Equals(VariableNames? other) =>
        other is not null && Inputs.SequenceEqual(other.Inputs) && Targets.SequenceEqual(other.Targets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs.Count, Targets.Count);

    private static string[] Numbered(string letter, int count) =>
        [.. Enumerable.Range(1, count).Select(i => letter + i.ToString(CultureInfo.InvariantCulture))];
}
