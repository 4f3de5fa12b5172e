using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether repeated rows are more than chance gives. Chance is told by pairs of rows with different inputs: how often
/// their targets agree, the more so as the fit leaves little of a target's variation.
/// Were rows with equal inputs measured on their own, they would agree at that rate.
/// </summary>
/// <param name="groups">Equal rows: all, or a sample.</param>
/// <param name="rows">The number of all rows.</param>
/// <param name="depth">Each group was kept with probability 2^-depth.</param>
/// <param name="sameInputs">Of all rows, by inputs.</param>
internal sealed class CopyTest(CopyGroup[] groups, long rows, int depth, SquaredCounts sameInputs)
{
    private const double Level = 1e-6;
    private const double LeastShare = 0.05; // of all rows: fewer copies make standard errors off by less than 3%
    private const double MostlyDistinct = 0.5; // of different rows
    private const long MostOfOne = 3; // copies of one row that count

    private readonly long _sampled = groups.Sum(group => group.Count);

    /// <summary>The copies; null where they are few or may be chance.</summary>
    /// <param name="rSquared">The share of each target's sum of squares that the fit explains.</param>
    public CopiedRows? Of(IReadOnlyList<double> rSquared)
    {
        var copied = _sampled - groups.Length;
        if (copied < LeastShare * _sampled || !HasDistinctColumn())
        {
            return null;
        }

        var p = Probability(rSquared);
        var repeated = groups.Where(group => group.Count > 1).GroupBy(group => group.Count);
        var multiplicity = repeated.OrderByDescending(alike => alike.Count()).ThenBy(alike => alike.Key).First().Key;
        var distinct = depth == 0 ? groups.Length : (long)Math.Round((double)rows * groups.Length / _sampled);
        return p < Level ? new CopiedRows(rows, distinct, multiplicity, p) { IsEstimate = depth > 0 } : null;
    }

    /// <summary>
    /// Whether some column takes mostly different values on different rows: where none does, rows coincide.
    /// </summary>
    private bool HasDistinctColumn()
    {
        var (inputs, targets) = (groups[0].Inputs.Length, groups[0].Targets.Length);
        for (var column = 0; column < inputs + targets; column++)
        {
            var values = new HashSet<double>();
            foreach (var group in groups)
            {
                values.Add(column < inputs ? group.Inputs[column] : group.Targets[column - inputs]);
            }

            if (values.Count >= MostlyDistinct * groups.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Of so many repeated rows: given how many pairs agree altogether, the binomial probability that as many of them
    /// have equal inputs as there are repeated rows. A row that occurs a hundred times
    /// counts once: it may be a value that many rows take, such as 0. Where no other row shares any of its numbers, it
    /// counts a few times.
    /// </summary>
    private double Probability(IReadOnlyList<double> rSquared)
    {
        var repeated = groups.Where(group => group.Count > 1).Zip(AreAlone()).Sum(pair => pair.Second
            ? Math.Min(pair.First.Count - 1, MostOfOne) : 1);
        var byInputs = groups.GroupBy(group => group.OfInputs).Select(alike => alike.ToArray()).ToArray();
        var within = byInputs.Sum(alike => Pairs(alike.Sum(group => group.Count)));
        var between = Pairs(_sampled) - within;
        if (depth > 0)
        {
            // Of rows with equal inputs the sample holds only some; a repeated row is in it with probability 2^-depth.
            within = Math.ScaleB((sameInputs.Estimate * (1 + SquaredCounts.Margin) - rows) / 2, -depth);
        }

        var smallest = 1.0;
        for (var t = 0; t < rSquared.Count; t++)
        {
            // Targets that the inputs explain agree more often where inputs are equal: in the ratio of their standard
            // deviation to the noise's.
            var ratio = 1 / Math.Sqrt(1 - Math.Max(rSquared[t], 0));
            if (between > 0 && double.IsFinite(ratio))
            {
                var agreeing = Agreeing(groups, t) - byInputs.Sum(alike => Agreeing(alike, t));
                var tail = IncompleteBeta.Lower(repeated, agreeing + 1, within * ratio / between);
                smallest = Math.Min(smallest, tail.Probability);
            }
        }

        // Where equal inputs never have different targets, these may be a function of them without noise: then the
        // inputs' own coincidences tell.
        var ofInputs = depth == 0 && byInputs.Length == groups.Length && Coincidences() is > 0 and var expected
            ? IncompleteGamma.Lower(repeated, expected).Probability : 0;
        // Copies agree in all targets: any of them tells.
        return Math.Clamp(Math.Max(rSquared.Count * smallest, ofInputs), double.Epsilon, 1);
    }

    /// <summary>For each row that is repeated: whether no different row shares any of its numbers.</summary>
    private IEnumerable<bool> AreAlone()
    {
        var (inputs, columns) = (groups[0].Inputs.Length, groups[0].Inputs.Length + groups[0].Targets.Length);
        double At(CopyGroup group, int column) =>
            column < inputs ? group.Inputs[column] : group.Targets[column - inputs];
        var counts = Enumerable.Range(0, columns).Select(column => groups.CountBy(group => At(group, column))
            .ToDictionary()).ToArray();
        return groups.Where(group => group.Count > 1).Select(group =>
            Enumerable.Range(0, columns).All(column => counts[column][At(group, column)] == 1));
    }

    /// <summary>
    /// How many pairs of rows would have equal inputs, were their columns independent, by how often each column's
    /// values are equal on different rows.
    /// </summary>
    private double Coincidences()
    {
        var expected = Pairs(_sampled);
        for (var column = 0; column < groups[0].Inputs.Length; column++)
        {
            var equal = groups.GroupBy(group => group.Inputs[column]).Sum(alike => Pairs(alike.LongCount()));
            expected *= equal / Pairs(groups.Length);
        }

        return expected;
    }

    /// <summary>Pairs of rows with the same value of a target.</summary>
    private static double Agreeing(CopyGroup[] groups, int target) =>
        groups.GroupBy(group => group.Targets[target]).Sum(alike => Pairs(alike.Sum(group => group.Count)));

    private static double Pairs(double count) => count * (count - 1) / 2;
}
