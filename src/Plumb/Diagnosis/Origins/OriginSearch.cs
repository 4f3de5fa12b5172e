using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Where a map comes from, by the gradient X'(y - X w) at it, formed exactly: every origin leaves a pattern in it. An
/// origin is claimed where what it leaves is rounding, or a solver's tolerance, in absolute terms,
/// and where so many digits agree, beyond those that fix its own parameters, that chance does not bring them.
/// </summary>
internal static class OriginSearch
{
    private const int MostInputs = 400; // dense work in doubles that grows with the cube
    private const int MostInputsOfPairs = 100; // where each scaling is tried with each penalty
    private const double MayWellBe = 0.05; // the usual level: noise as large is nothing unusual

    /// <summary>What is known of a map, with where it comes from, if another program made it: its objective, where none
    /// is given, is the one that is recognised.</summary>
    public static Background Into(Background background, AffineMap candidate, LinearFit fit)
    {
        if (!background.IsForeign)
        {
            return background with { Origins = null };
        }

        double[] numbers = [.. candidate.Weights.Values, .. candidate.Bias];
        var bits = Math.Min(background.SignificandBits, Significand.BitsOf(numbers));
        var found = Of(candidate, fit, background.Hints, bits);
        return background with
        {
            SignificandBits = bits,
            Origins = found,
            Objective = background.Objective ?? (found.Origin is { IsClaimed: true, Slips: null } origin
                ? origin.Objective : null),
        };
    }

    /// <summary>Looks.</summary>
    /// <param name="candidate">The map.</param>
    /// <param name="fit">The best fit, without penalty.</param>
    /// <param name="hints">What rows tell; null where they were not looked at.</param>
    /// <param name="significandBits">The bits that the map's numbers are known to have been kept to.</param>
    public static OriginVerdict Of(AffineMap candidate, LinearFit fit, RowHints? hints = null, int significandBits = 53)
    {
        var yard = new Yardstick(candidate, fit, significandBits);
        if (candidate.InputCount == 0 || candidate.InputCount > MostInputs)
        {
            return NotLookedAt(
                FormattableString.Invariant($"it is looked for where there are 1 to {MostInputs} inputs"));
        }

        if (yard.Spreads.Any(spread => !(spread > 0) || !double.IsFinite(spread))
            || yard.Gaps.Any(gap => !double.IsFinite(gap)))
        {
            return NotLookedAt("a target does not vary, or a number is out of range");
        }

        if (yard.IsExact(yard.Gaps))
        {
            return Known("the best fit itself, to rounding", yard.Gaps.Max());
        }

        var best = PrintedNumbers.Find(candidate, fit, yard);
        if (best is null)
        {
            OriginCandidate[] others = [.. All(candidate, fit, hints, yard)];
            best = OriginChoice.Best(others);
            if (best is not { Origin: { IsClaimed: true, Parameters.Count: 0 } }
                && !new ConvergenceTest(fit) { SignificandBits = significandBits }.Of(candidate).IsConverged)
            {
                best = OriginChoice.Best(others, [.. Descents(candidate, fit, hints, yard)]);
            }
        }

        if (best?.Origin.IsClaimed == true)
        {
            return Known(
                string.Create(CultureInfo.InvariantCulture,
                    $"the pattern of the gradient, which agrees to {best.Support:F1} digits more than chance"),
                best.Origin.Leaves) with
            { Origin = best.Origin };
        }

        return yard.IsLostInNoise(yard.Gaps)
            ? Known("the best fit itself, to a hundredth of the noise", yard.Gaps.Max())
            : new OriginVerdict(new Evidence(Question.Origin, Answer.Fails,
                "the patterns of the gradient under known origins, none of which it shows", yard.Gaps.Max()))
            {
                Origin = best?.Origin,
                IsWithinNoise = yard.IsWithinNoise(candidate, MayWellBe),
                Unexplained = Mistake.Unexplained(candidate, fit.Moments),
            };
    }

    private static IEnumerable<OriginCandidate> All(AffineMap candidate, LinearFit fit, RowHints? hints,
        Yardstick yard)
    {
        var ranges = hints?.Ranges;
        ColumnScaling[] scalings = [ColumnScalings.None(fit.Moments), .. ColumnScalings.Distinct(fit.Moments, ranges)];
        var subsets = new SubsetOrigins(candidate, fit, yard);
        var penalties = new PenaltyOrigins(candidate, null, fit, yard);
        foreach (var found in subsets.Find().Concat(penalties.Find(scalings)))
        {
            yield return found;
        }

        if (hints?.Part is { } part)
        {
            yield return Of(part, candidate);
        }

        if (hints?.Logarithm is { } logarithm)
        {
            yield return OfLogarithms(logarithm, candidate);
        }

        if (fit.ResidualDegreesOfFreedom < 1)
        {
            yield break; // as many parameters as rows: too many maps fit
        }

        var repairs = new Repairs(candidate, fit, ranges);
        if (new SlipSearch(candidate, fit, yard).Find(repairs.All()) is { } slip)
        {
            yield return Of(slip, candidate, fit.Moments, yard);
        }

        foreach (var repair in candidate.InputCount <= MostInputsOfPairs ? repairs.Scalings() : [])
        {
            bool IsOfRepair(ColumnScaling scaling) =>
                scaling.Code == "none" || repair.Code.EndsWith(scaling.Code, StringComparison.Ordinal);
            var besides = new PenaltyOrigins(candidate, repair, fit, yard);
            foreach (var found in besides.Find(scalings.Where(IsOfRepair)))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<OriginCandidate> Descents(AffineMap candidate, LinearFit fit, RowHints? hints,
        Yardstick yard)
    {
        var ranges = hints?.Ranges;
        ColumnScaling[] scalings = [ColumnScalings.None(fit.Moments), .. ColumnScalings.All(fit.Moments, ranges)];
        foreach (var found in new DescentOrigins(candidate, null, fit, yard).Find(scalings))
        {
            yield return found;
        }

        foreach (var repair in candidate.InputCount <= MostInputsOfPairs && fit.ResidualDegreesOfFreedom > 0
            ? new Repairs(candidate, fit, ranges).Scalings() : [])
        {
            var besides = new DescentOrigins(candidate, repair, fit, yard);
            ColumnScaling[] own = [.. scalings.Where(scaling => scaling.Code != "none"
                && repair.Code.EndsWith(scaling.Code, StringComparison.Ordinal))];
            foreach (var found in besides.Find(own))
            {
                yield return found;
            }
        }
    }

    private static OriginCandidate Of(SlipFound slip, AffineMap candidate, Moments moments, Yardstick yard) => new(
        new Origin(slip.Repair.Code, "the best fit once " + slip.Repair.Text, [], [], slip.Repair.Map,
            slip.Lengths.Max(), Math.Clamp(1 - yard.PartOfGap(slip.Lengths), 0, 1), IsClaimed: true)
        {
            Slips = Mistake.Of(slip.Repair, candidate, moments),
        },
        slip.Score);

    private static OriginCandidate Of(RowPart part, AffineMap candidate) => new(
        new Origin(part.Code, "the best fit of " + part.Text, [], [], candidate, part.Misfit, 1, IsClaimed: true)
        {
            Objective = new Objective("fitting " + part.Text, candidate),
        },
        SlipSearch.Enough);

    private static OriginCandidate OfLogarithms(string kind, AffineMap candidate)
    {
        var targets =
            $"the {kind} {(candidate.TargetCount == 1 ? "logarithm" : "logarithms")} of "
                + $"{TargetNames.Quoted(candidate.Names.Targets)}";
        var origin = new Origin("log-target", "the best fit to " + targets, [], [], candidate, 0, 1, IsClaimed: true)
        {
            Objective = new Objective("fitting " + targets, candidate),
        };
        return new OriginCandidate(origin, SlipSearch.Enough);
    }

    private static OriginVerdict Known(string method, double number) =>
        new(new Evidence(Question.Origin, Answer.Holds, method, number));

    private static OriginVerdict NotLookedAt(string why) =>
        new(new Evidence(Question.Origin, Answer.NotLookedAt, why, double.NaN));
}
