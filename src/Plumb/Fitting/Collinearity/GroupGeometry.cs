using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// What is left of a group of inputs, each of length 1, once all the others have explained what they can: its
/// directions and how far they vary.
/// </summary>
internal sealed class GroupGeometry
{
    private readonly DoubleDouble[][] _lower; // L with L L' = what the inverse holds of the group
    private readonly SingularValue[] _values; // of the inverse's factor: the first is the direction that varies least

    public GroupGeometry(InputPrecision precision, int[] places)
    {
        var size = places.Length;
        _lower = new DoubleDouble[size][];
        for (var i = 0; i < size; i++)
        {
            _lower[i] = new DoubleDouble[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var rest = precision.Inverse[places[i], places[j]];
                for (var k = 0; k < j; k++)
                {
                    rest -= _lower[i][k] * _lower[j][k];
                }

                _lower[i][j] = i == j ? DoubleDouble.Sqrt(rest) : rest / _lower[j][j];
            }
        }

        // The columns of L' are the rows of L: L L' = sum of s^2 v v'.
        var scales = _lower.Select(row => Math.ILogB(Length(row))).ToArray();
        DoubleDouble[][] columns =
            [.. Enumerable.Range(0, size)
                .Select(i =>
                    Enumerable.Range(0, size).Select(k => k <= i ? _lower[i][k].Scale(-scales[i]) : 0).ToArray())];
        _values = SingularValues.Of(columns, scales);
    }

    /// <summary>The direction in which the inputs vary least, of length 1.</summary>
    public double[] Weakest => _values[0].Vector;

    /// <summary>The direction in which they vary most.</summary>
    public double[] Strongest => _values[^1].Vector;

    /// <summary>
    /// The variance of the combination of weights in a direction, in units of the noise's: d' (L L') d.
    /// </summary>
    public double Variance(IReadOnlyList<double> direction)
    {
        var sum = 0.0;
        for (var k = 0; k < _lower.Length; k++)
        {
            DoubleDouble part = 0;
            for (var i = k; i < _lower.Length; i++)
            {
                part += _lower[i][k] * direction[i];
            }

            sum += part.High * part.High;
        }

        return sum;
    }

    /// <summary>How far the combination of inputs in a direction varies: d' (L L')^-1 d.</summary>
    public double Variation(IReadOnlyList<double> direction)
    {
        var (sum, solved) = (0.0, new DoubleDouble[_lower.Length]);
        for (var i = 0; i < _lower.Length; i++)
        {
            DoubleDouble rest = direction[i];
            for (var k = 0; k < i; k++)
            {
                rest -= _lower[i][k] * solved[k];
            }

            solved[i] = rest / _lower[i][i];
            sum += solved[i].High * solved[i].High;
        }

        return sum;
    }

    /// <summary>How much of each weight's variance lies along the weakest direction.</summary>
    public double[] Shares()
    {
        var weakest = Math.ScaleB(_values[0].Fraction, _values[0].Exponent);
        return [.. _lower.Select((row, i) => Math.Min(1, Math.Pow(weakest * Weakest[i] / Length(row), 2)))];
    }

    private static double Length(DoubleDouble[] row)
    {
        DoubleDouble sum = 0;
        foreach (var value in row)
        {
            sum += value * value;
        }

        return DoubleDouble.Sqrt(sum).High;
    }
}
