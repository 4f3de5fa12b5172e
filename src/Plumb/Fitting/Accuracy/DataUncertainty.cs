using System.Globalization;

namespace Plumb.Fitting;

/// <summary>
/// How far each column of the data may be off: the length over all rows of its uncertainty, the square root of the sum
/// of the squares of what each number may be off by.
/// A column printed to a fixed place, such as two decimals, over n rows: 0.005 sqrt(n). Where rows have weights, each
/// square counts as often as its row's weight says.
/// </summary>
/// <param name="Inputs">One length per input, in its units; 0 for an input that is exact.</param>
/// <param name="Targets">One length per target.</param>
public sealed record DataUncertainty(IReadOnlyList<double> Inputs, IReadOnlyList<double> Targets)
{
    /// <summary>One length per input, in its units; 0 for an input that is exact.</summary>
    public IReadOnlyList<double> Inputs
    {
        get;
        init => field = Setting.NotNegative(value, "uncertainty of a column", nameof(Inputs));
    } = Setting.NotNegative(Inputs, "uncertainty of a column", nameof(Inputs));

    /// <summary>One length per target.</summary>
    public IReadOnlyList<double> Targets
    {
        get;
        init => field = Setting.NotNegative(value, "uncertainty of a column", nameof(Targets));
    } = Setting.NotNegative(Targets, "uncertainty of a column", nameof(Targets));

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(DataUncertainty), PrintMembers);

    /// <summary>That there is one length per column, each a number.</summary>
    /// <param name="names">The columns.</param>
    /// <param name="argument">What the caller calls this.</param>
    /// <exception cref="ArgumentException">It is not so.</exception>
    internal void Require(VariableNames names, string argument)
    {
        if (Inputs.Count != names.Inputs.Count || Targets.Count != names.Targets.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {Inputs.Count} lengths of inputs and {Targets.Count} of targets, expected one per column: "
                        + $"{names.Inputs.Count} and {names.Targets.Count}."),
                argument);
        }
    }
}
