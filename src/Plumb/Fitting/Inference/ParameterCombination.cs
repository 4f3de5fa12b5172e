using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>A linear combination of the parameters of all targets: targets x [bias; weights], exactly.</summary>
internal sealed class ParameterCombination
{
    private readonly Dyadic[][] _coefficients; // an empty row for a target that does not take part

    private ParameterCombination(Dyadic[][] coefficients) => _coefficients = coefficients;

    /// <summary>The targets that take part.</summary>
    public IEnumerable<int> Targets =>
        Enumerable.Range(0, _coefficients.Length).Where(t => _coefficients[t].Length > 0);

    /// <summary>Whether every coefficient is 0.</summary>
    public bool IsZero => !Targets.Any();

    /// <summary>A target's coefficients, the bias's first; empty where it does not take part.</summary>
    public ReadOnlySpan<Dyadic> Of(int target) => _coefficients[target];

    /// <summary>All coefficients in a row, target by target, the bias's first.</summary>
    /// <param name="inputs">The number of inputs.</param>
    public Dyadic[] ToVector(int inputs) =>
        [.. _coefficients.SelectMany(row => row.Length > 0 ? row : new Dyadic[inputs + 1])];

    /// <summary>A combination of one target's parameters.</summary>
    /// <param name="targets">The number of targets.</param>
    /// <param name="target">The target.</param>
    /// <param name="coefficients">The bias's first, then one per input.</param>
    public static ParameterCombination Of(int targets, int target, Dyadic[] coefficients)
    {
        var rows = new Dyadic[targets][];
        Array.Fill(rows, []);
        rows[target] = coefficients;
        return Of(rows);
    }

    /// <summary>A combination of parameters.</summary>
    /// <param name="coefficients">Targets x [bias; weights].</param>
    public static ParameterCombination Of(Dyadic[][] coefficients) =>
        new([.. coefficients.Select(row => Array.TrueForAll(row, value => value.IsZero) ? [] : row)]);

    /// <summary>One parameter.</summary>
    /// <param name="targets">The number of targets.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="target">The target.</param>
    /// <param name="parameter">0 for the bias, 1 for the first weight.</param>
    public static ParameterCombination Unit(int targets, int inputs, int target, int parameter)
    {
        var row = new Dyadic[inputs + 1];
        row[parameter] = Dyadic.One;
        return Of(targets, target, row);
    }

    /// <summary>What a target is predicted to be at a point: its bias, and its weights times x.</summary>
    /// <param name="targets">The number of targets.</param>
    /// <param name="target">The target.</param>
    /// <param name="x">One number per input.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public static ParameterCombination At(int targets, int target, ReadOnlySpan<double> x, bool bias)
    {
        var row = new Dyadic[x.Length + 1];
        row[0] = bias ? Dyadic.One : Dyadic.Zero;
        for (var j = 0; j < x.Length; j++)
        {
            row[j + 1] = x[j];
        }

        return Of(targets, target, row);
    }
}
