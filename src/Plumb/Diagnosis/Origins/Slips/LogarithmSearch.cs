namespace Plumb.Diagnosis;

/// <summary>Whether a map is the best fit to the logarithms of the targets, natural, decimal or binary.</summary>
internal sealed class LogarithmSearch(AffineMap map, Moments moments)
{
    private const double MostLeft = 1e-6; // of the logarithms' spread

    private static readonly (string Name, double Factor)[] s_bases = [("natural", 1), ("decimal", Math.Log(10)),
        ("binary", Math.Log(2))];

    private Moments? _logarithms = new(moments.Names);

    /// <summary>Rows more.</summary>
    public void Add(Dataset block)
    {
        var logarithms = Matrix.Create(block.Rows, map.TargetCount, (i, t) => Math.Log(block.Targets[i, t]));
        if (_logarithms is null || !Array.TrueForAll(logarithms.Values.ToArray(), double.IsFinite))
        {
            _logarithms = null; // of a target that is not positive there is none
            return;
        }

        _logarithms.Add(new Dataset(block.Inputs, logarithms, moments.Names) { Weights = block.Weights });
    }

    /// <summary>Which logarithm; null where none.</summary>
    public string? Found()
    {
        if (_logarithms is not { Rows: > 0 } || _logarithms.Rows <= map.InputCount + 1)
        {
            return null;
        }

        var fit = new LeastSquares().Fit(_logarithms);
        foreach (var (name, factor) in s_bases)
        {
            var scaled = new AffineMap(
                Matrix.Create(map.TargetCount, map.InputCount, (t, j) => factor * map.WeightsOf(t)[j]),
                [.. map.Bias.ToArray().Select(bias => factor * bias)]);
            if (double.IsFinite(scaled.Norm)
                && new Yardstick(scaled, fit, 53).Gaps.All(gap => gap <= MostLeft))
            {
                return name;
            }
        }

        return null;
    }
}
