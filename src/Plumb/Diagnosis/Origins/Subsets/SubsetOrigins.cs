namespace Plumb.Diagnosis;

/// <summary>Best fits of less: without a bias, without inputs, without both.</summary>
internal sealed class SubsetOrigins(AffineMap candidate, LinearFit fit, Yardstick yard)
{
    private const double MostLeft = 1e-3; // of the gap
    private const double CostOfFamily = 1.3;
    private const double MostDigits = 10; // of one weight
    private const int MostNames = 4; // more are told by their number

    /// <summary>Those that explain the map.</summary>
    public IEnumerable<OriginCandidate> Find()
    {
        var names = candidate.Names;
        var isBiasLeftOut = fit.Settings.Bias && !candidate.Bias.ContainsAnyExcept(0.0);
        int[] leftOut = [.. Enumerable.Range(0, candidate.InputCount).Where(j =>
            Enumerable.Range(0, candidate.TargetCount).All(t => candidate.WeightsOf(t)[j] == 0))];
        string[] left = [.. leftOut.Select(j => names.Inputs[j])];
        string[] all = [.. names.Inputs, .. names.Targets];
        if (all.Distinct(StringComparer.Ordinal).Count() < all.Length)
        {
            return [];
        }

        List<OriginCandidate?> found = [];
        if (isBiasLeftOut && leftOut.Length == 0)
        {
            found.Add(Judge("no-bias", "the best fit without a bias", "leaving out the bias",
                BestOf([], hasBias: false), left));
        }

        if (left.Length > 0 && left.Length < names.Inputs.Count)
        {
            var inputs = left.Length <= MostNames ? string.Join(", ", left)
                : FormattableString.Invariant($"{left.Length} inputs");
            found.Add(Judge("inputs-left-out", $"the best fit without {inputs}", $"leaving out {inputs}",
                BestOf(left, fit.Settings.Bias), left));
            if (isBiasLeftOut)
            {
                found.Add(Judge("inputs-left-out+no-bias", $"the best fit without {inputs} and without a bias",
                    $"leaving out {inputs} and the bias", BestOf(left, hasBias: false), left));
            }
        }

        return found.OfType<OriginCandidate>();
    }

    /// <summary>The best fit of less, with zeros for what is left out.</summary>
    private AffineMap BestOf(string[] left, bool hasBias)
    {
        var kept = fit.Moments.Drop(left);
        var best = new LeastSquares { Bias = hasBias }.Fit(kept).Map;
        int[] places = [.. candidate.Names.Inputs.Select(name => kept.Names.Inputs.ToList().IndexOf(name))];
        return new AffineMap(Matrix.Create(candidate.TargetCount, candidate.InputCount, (t, j) => places[j] < 0 ? 0
            : best.WeightsOf(t)[places[j]]), best.Bias, candidate.Names);
    }

    private OriginCandidate? Judge(string code, string text, string name, AffineMap goal, string[] left)
    {
        var lengths = yard.Lengths(candidate - goal);
        var part = yard.PartOfGap(lengths);
        if ((!yard.IsExact(lengths) && !yard.IsClose(lengths)) || part > MostLeft)
        {
            return null;
        }

        var support = Digits(goal, lengths) - CostOfFamily - left.Select((_, k) =>
            Math.Log10((double)(candidate.InputCount - k) / (k + 1))).Sum();
        var origin = new Origin(code, text, [], [], goal, lengths.Max(), Math.Clamp(1 - part, 0, 1),
            support >= SlipSearch.Enough)
        { Objective = new Objective(name, goal) };
        return new OriginCandidate(origin, support);
    }

    /// <summary>By how many digits the weights agree.</summary>
    private double Digits(AffineMap goal, double[] lengths)
    {
        var at = GradientAtMap.Of(fit.Moments, goal, BiasRole.None);
        var digits = 0.0;
        for (var t = 0; t < lengths.Length; t++)
        {
            foreach (var weight in at.Weights[t].Where(weight => weight != 0))
            {
                digits += Math.Clamp(
                    Math.Log10(Math.Abs(weight) * at.TargetLengths[t] / (yard.Spreads[t] * lengths[t])), 0, MostDigits);
            }
        }

        return digits;
    }
}
