using System.Globalization;

namespace Plumb;

/// <summary>The names of inputs and targets, in the order of the columns of x and y.</summary>
/// <param name="Inputs">One name per input.</param>
/// <param name="Targets">One name per target.</param>
public sealed record VariableNames(IReadOnlyList<string> Inputs, IReadOnlyList<string> Targets)
{
    /// <summary>One name per input.</summary>
    public IReadOnlyList<string> Inputs { get; init => field = ValueList.Of(value); } = ValueList.Of(Inputs);

    /// <summary>One name per target.</summary>
    public IReadOnlyList<string> Targets { get; init => field = ValueList.Of(value); } = ValueList.Of(Targets);

    /// <summary>x1, x2, ... and y1, y2, ...</summary>
    public static VariableNames Default(int inputs, int targets) => new(Numbered("x", inputs), Numbered("y", targets));

    /// <inheritdoc/>
    public override string ToString() => Shown.Names(this);

    private static string[] Numbered(string letter, int count) =>
        [.. Enumerable.Range(1, count).Select(i => letter + i.ToString(CultureInfo.InvariantCulture))];
}
