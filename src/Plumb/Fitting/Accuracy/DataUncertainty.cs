namespace Plumb;

/// <summary>
/// How far each column of the data may be off: the length over all rows of its uncertainty, the square root of the sum
/// of the squares of what each number may be off by.
/// A column printed to a fixed place, such as two decimals, over n rows: 0.005 sqrt(n). Where rows have weights, each
/// square counts as often as its row's weight says.
/// </summary>
/// <param name="Inputs">One length an input, in its units; 0 for an input that is exact.</param>
/// <param name="Targets">One length a target.</param>
public sealed record DataUncertainty(IReadOnlyList<double> Inputs, IReadOnlyList<double> Targets);
