namespace Plumb.Diagnosis;

/// <summary>The penalties that a map may have been made with.</summary>
internal sealed class PenaltyOrigins
{
    private const double CostOfFamily = 1.3; // digits: there are some twenty
    private const double CostOfParameter = 2; // digits, of a second penalty: it must explain something
    private const double MostOfRounding = 0.05; // of the shift that a penalty makes: what rounding may hide of it
    private const double MostOfSolvers = 1e-3; // likewise, of solvers with a tolerance
    // likewise, where weights of exactly 0 show that absolute values were penalised
    private const double MostOfDescent = 1e-2;
    private const double LeastKept = 0.01; // of the best fit: what has shrunk to less looks alike however it was shrunk
    private const double LeastApart = 1e-9; // of the target's length: what rounding leaves
    private const double Alike = 3; // times the distance: as close as this, shrinking all weights alike does as well

    private readonly AffineMap _map;
    private readonly LinearFit _fit;
    private readonly Yardstick _yard;
    private readonly Dictionary<BiasRole, GradientAtMap> _gradients;
    private readonly double _gap;
    private readonly Repair? _slips;
    private readonly AffineMap _candidate;
    private readonly Moments _moments;

    public PenaltyOrigins(AffineMap candidate, Repair? slips, LinearFit fit, Yardstick yard)
    {
        (_candidate, _slips, _map, _fit, _yard, _moments) = (candidate, slips, slips?.Map ?? candidate, fit, yard,
            fit.Moments);
        BiasRole[] roles = !_map.Bias.ContainsAnyExcept(0.0)
            ? [BiasRole.Free, BiasRole.None, BiasRole.Penalized, BiasRole.PenalizedAtMeans]
            : [BiasRole.Free, BiasRole.Penalized, BiasRole.PenalizedAtMeans];
        _gradients = roles.Where(role => role == BiasRole.None || fit.Settings.Bias).ToDictionary(role => role,
            role => GradientAtMap.Of(_moments, _map, role));
        _gap = Yardstick.Norm(slips is null ? yard.Gaps : yard.Lengths(_map - fit.ClosestTo(_map)));
    }

    /// <summary>Those that explain the map, whether supported or not.</summary>
    /// <param name="scalings">The units in which weights may have been penalised.</param>
    public IEnumerable<OriginCandidate> Find(IEnumerable<ColumnScaling> scalings)
    {
        foreach (var scaling in scalings)
        {
            foreach (var (bias, at) in _gradients)
            {
                if ((scaling.Code == "none" && bias == BiasRole.PenalizedAtMeans)
                    || (scaling.Code != "none" && bias is BiasRole.None or BiasRole.Penalized))
                {
                    continue;
                }

                PenaltyKind[] kinds = bias is BiasRole.Free or BiasRole.None
                    ? [PenaltyKind.Ridge, PenaltyKind.Lasso, PenaltyKind.ElasticNet] : [PenaltyKind.Ridge];
                foreach (var kind in kinds)
                {
                    if (PenaltySearch.Find(at, new PenaltyFamily(kind, scaling, bias)) is { } match
                        && Judge(match, at) is { } origin)
                    {
                        yield return origin;
                    }
                }
            }
        }
    }

    private OriginCandidate? Judge(PenaltyMatch match, GradientAtMap at)
    {
        double[] OverSpread(double[] lengths) =>
            [.. lengths.Select((length, t) => length * at.TargetLengths[t] / _yard.Spreads[t])];
        var (lengths, kept) = (OverSpread(match.Lengths), Yardstick.Norm(OverSpread(match.Kept)));
        var left = Yardstick.Norm(lengths);
        var isSparse = match.Family.Kind != PenaltyKind.Ridge
            && at.Weights.Any(weights => weights.Where((weight, j) => at.Lengths[j] > 0 && weight == 0).Any());
        var part = left / Math.Min(_gap, kept);
        var isRounding = _yard.IsExact(lengths) && part <= MostOfRounding;
        var isSolvers = _yard.IsClose(lengths) && part <= (isSparse ? MostOfDescent : MostOfSolvers);
        var best = Yardstick.Norm([.. _fit.RSquared.Select(value => Math.Sqrt(Math.Max(0, value)))]);
        if ((!isRounding && !isSolvers) || (!isSparse && kept < LeastKept * best))
        {
            return null;
        }

        var words = new PenaltyWords(match, at, _yard.Spreads);
        var digits = match.Family.Kind == PenaltyKind.Ridge && IsShrunkAlike(at, match) ? 0 : match.Digits;
        var cost = CostOfFamily + CostOfParameter * (match.Family.Parameters - 1) + (_slips?.Cost ?? 0);
        var support = digits + words.Roundness - cost - LogChoose(at.InputCount, match.LeftOut.Count);
        var goal = _map - match.Distance;
        return new OriginCandidate(
            new Origin(
                _slips is null ? words.Code : words.Code + "+" + _slips.Code,
                words.Text,
                words.Parameters,
                words.Others,
                goal,
                lengths.Max(),
                Math.Clamp(1 - left / _gap, 0, 1),
                support >= SlipSearch.Enough)
            {
                Slips = _slips is null ? null : Mistake.Of(_slips, _candidate, _moments),
                Objective = new Objective(words.Objective, goal),
            },
            support)
        { IsTested = match.Conditions > 0 };
    }

    /// <summary>Whether all weights of the best fit times one factor do as well: then any way of shrinking them would
    /// have.</summary>
    private bool IsShrunkAlike(GradientAtMap at, PenaltyMatch match)
    {
        for (var t = 0; t < at.Map.TargetCount; t++)
        {
            var own = at.Weights[t];
            double[] best = [.. own.Select((_, j) => j >= at.InputCount || at.Lengths[j] == 0 ? 0
                : _fit.Map.WeightsOf(t)[j] * (at.Lengths[j] / at.TargetLengths[t]))];
            var factor = at.Inner(own, best) / at.Inner(best, best);
            double[] apart = [.. own.Select((weight, j) => j >= at.InputCount ? 0 : weight - factor * best[j])];
            if (at.Length(apart) > Math.Max(Alike * match.Lengths[t], LeastApart))
            {
                return false;
            }
        }

        return true;
    }

    private static double LogChoose(int all, int chosen) =>
        Enumerable.Range(1, chosen).Sum(k => Math.Log10((double)(all - chosen + k) / k));
}
