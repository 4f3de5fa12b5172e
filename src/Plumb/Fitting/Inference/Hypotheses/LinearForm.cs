using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// A sum of parameters and a constant. Places below the number of a target's parameters are of each target, those from
/// it on of one.
/// </summary>
internal sealed record LinearForm
{
    /// <summary>The factors, by place.</summary>
    public IReadOnlyDictionary<int, Rational> Coefficients { get; private init; } = new Dictionary<int, Rational>();

    /// <summary>The constant.</summary>
    public Rational Constant { get; init; }

    /// <summary>Whether it is a number.</summary>
    public bool IsConstant => Coefficients.Count == 0;

    /// <summary>One parameter.</summary>
    public static LinearForm Of(int place) => new() { Coefficients = new Dictionary<int, Rational> { [place] = 1 } };

    /// <summary>The sum of this and a multiple of another.</summary>
    public LinearForm Plus(LinearForm other, Rational factor)
    {
        var sum = new Dictionary<int, Rational>(Coefficients);
        foreach (var (place, value) in other.Coefficients)
        {
            sum[place] = sum.GetValueOrDefault(place) + factor * value;
        }

        return new LinearForm { Coefficients = sum, Constant = Constant + factor * other.Constant };
    }

    /// <summary>A multiple.</summary>
    public LinearForm Times(Rational factor) => new LinearForm().Plus(this, factor);
}
