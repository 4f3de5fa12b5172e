namespace Plumb.Diagnosis;

/// <summary>
/// Looks for slips in how a map was stored or is used. A repair counts only if what it leaves is the best fit's, to
/// rounding, a hundredth of the noise, or to within noise;
/// and only if its weights come so close to the best fit's as chance does not bring them: each digit by which a weight
/// comes closer counts one, less the logarithm of how many repairs there were to try.
/// </summary>
internal sealed class SlipSearch
{
    public const double Enough = 4; // digits: one in ten thousand
    private const double MostDigits = 10; // of one weight
    private const double MayWellBe = 0.05; // the usual level, for what a repair leaves
    private const double Hardly = 1e-4; // for the map as it stands, where noise judges the repair
    private const double FarFromNoise = 3; // times what noise leaves: not worth a test

    private readonly AffineMap _candidate;
    private readonly LinearFit _fit;
    private readonly Moments _moments;
    private readonly Yardstick _yard;
    private readonly GradientAtMap _at;
    private readonly double[][] _before;

    public SlipSearch(AffineMap candidate, LinearFit fit, Yardstick yard)
    {
        (_candidate, _fit, _moments, _yard) = (candidate, fit, fit.Moments, yard);
        _at = GradientAtMap.Of(_moments, candidate, BiasRole.Free);
        _before = Apart(candidate, fit.ClosestTo(candidate));
        IsFar = !yard.IsWithinNoise(candidate, Hardly);
    }

    /// <summary>Whether the map as it stands is farther from the best fit than noise explains.</summary>
    public bool IsFar { get; }

    /// <summary>The repair that is supported best; null where none is.</summary>
    public SlipFound? Find(IEnumerable<Repair> repairs)
    {
        SlipFound? best = null;
        foreach (var repair in repairs)
        {
            var goal = _fit.ClosestTo(repair.Map);
            var after = Apart(repair.Map, goal);
            double[] lengths = [.. after.Select(Length)];
            var score = Digits(repair, after, goal) - repair.Cost;
            if (score >= Enough && !(score <= best?.Score) && IsRepaired(repair, lengths))
            {
                best = new SlipFound(repair, score, lengths);
            }
        }

        return best;
    }

    private bool IsRepaired(Repair repair, double[] lengths) =>
        _yard.IsExact(lengths) || _yard.IsClose(lengths)
        || (IsFar && lengths.Select((length, t) => length <= FarFromNoise * _yard.Noise[t]).All(isNear => isNear)
            && _yard.IsWithinNoise(repair.Map, MayWellBe));

    /// <summary>By how many digits weights, and the prediction at the means, come closer to the best fit.</summary>
    private double Digits(Repair repair, double[][] after, AffineMap goal)
    {
        var best = Apart(goal, AffineMap.Zero(goal.InputCount, goal.TargetCount));
        var (digits, ofBias) = (0.0, 0.0);
        for (var t = 0; t < after.Length; t++)
        {
            var floor = Math.Max(1e-14, after[t].Max(Math.Abs) * 1e-3);
            for (var j = 0; j < after[t].Length; j++)
            {
                var isBias = j == after[t].Length - 1;
                var before = isBias || repair.ChangesWeights ? Math.Min(Math.Abs(_before[t][j]), Math.Abs(best[t][j]))
                    : Math.Abs(best[t][j]);
                var more = isBias && repair.SetsBias ? 0
                    : Math.Clamp(Math.Log10(before / Math.Max(Math.Abs(after[t][j]), floor)), 0, MostDigits);
                (digits, ofBias) = double.IsNaN(more) ? (digits, ofBias)
                    : (digits + more, ofBias + (isBias ? more : 0));
            }
        }

        // weights that are right say nothing of a bias that is not
        return repair.ChangesWeights || repair.SetsBias ? digits : ofBias;
    }

    /// <summary>The difference of two maps in units of the columns' spreads over the target's, with that of the
    /// predictions at the means last; one array for each target.</summary>
    private double[][] Apart(AffineMap left, AffineMap right)
    {
        var apart = new double[left.TargetCount][];
        for (var t = 0; t < apart.Length; t++)
        {
            apart[t] = new double[left.InputCount + 1];
            var atMeans = left.Bias[t] - right.Bias[t];
            for (var j = 0; j < left.InputCount; j++)
            {
                var difference = left.WeightsOf(t)[j] - right.WeightsOf(t)[j];
                apart[t][j] = difference * (_at.Lengths[j] / _at.TargetLengths[t]);
                atMeans += difference * _at.InputMeans[j];
            }

            apart[t][^1] = atMeans * (Math.Sqrt(_at.Count) / _at.TargetLengths[t]);
        }

        return apart;
    }

    private double Length(double[] apart) => double.Hypot(_at.Length(apart[..^1]), apart[^1]);
}
