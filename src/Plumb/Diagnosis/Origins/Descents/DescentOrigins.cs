namespace Plumb.Diagnosis;

/// <summary>
/// Whether a map is where gradient descent on full batches stood when it was stopped. From zero weights, after k steps
/// at a rate r, a direction whose Hessian has eigenvalue e has (1 - r e)^k of its way left. Ali, Kolter and Tibshirani,
/// A continuous-time view of early stopping for least squares, AISTATS 2019.
/// </summary>
internal sealed class DescentOrigins
{
    private const int MostInputs = 200; // their directions take time that grows with the cube
    private const double MostOfRounding = 0.01; // of the way, or of what is left of it: what rounding may hide
    private const double MostOfSingles = 1e-3; // likewise, of steps in float32
    private const double CostOfFamily = 1.4; // digits: there are some twenty-five

    private const double MayWellBe = 0.05; // the usual level, for whether noise takes the best fit as far

    private readonly AffineMap _candidate;
    private readonly AffineMap _map;
    private readonly Repair? _slips;
    private readonly LinearFit _fit;
    private readonly Moments _moments;
    private readonly Yardstick _yard;
    private readonly double _gap;

    public DescentOrigins(AffineMap candidate, Repair? slips, LinearFit fit, Yardstick yard)
    {
        (_candidate, _slips, _map, _fit, _yard, _moments) = (candidate, slips, slips?.Map ?? candidate, fit, yard,
            fit.Moments);
        _gap = Yardstick.Norm(slips is null ? yard.Gaps : yard.Lengths(_map - fit.ClosestTo(_map)));
    }

    /// <summary>Those that explain the map, whether supported or not.</summary>
    /// <param name="scalings">How inputs may have been taken.</param>
    public IEnumerable<OriginCandidate> Find(IReadOnlyList<ColumnScaling> scalings)
    {
        if (_candidate.InputCount > MostInputs)
        {
            yield break;
        }

        DescentStart[] starts = _map.Bias.ContainsAnyExcept(0.0) && _fit.Settings.Bias
            ? [DescentStart.Zero, DescentStart.BiasAtMean] : [DescentStart.NoBias];
        foreach (var group in starts.GroupBy(start => start == DescentStart.NoBias))
        {
            var role = group.Key ? BiasRole.None : BiasRole.PenalizedAtMeans;
            var at = GradientAtMap.Of(_moments, _map, role);
            (DescentStart Start, GradientAtMap At)[] from = [.. group.Select(start =>
                (start, GradientAtMap.Of(_moments, MapAt(start), role)))];
            foreach (var modes in scalings
                .Where(scaling => !group.Key || !scaling.InputCentres.Any(centre => centre != 0))
                .Select(scaling => DescentModes.Of(at, scaling)).OfType<DescentModes>())
            {
                foreach (var (start, gradient) in from)
                {
                    var problem = new DescentProblem(modes, at, gradient);
                    if (problem.LeastMisfit() <= Most(at, problem)
                        && new DescentMatching(start, problem, Rounding(at)).Find() is { } match
                        && Judge(match, at) is { } origin)
                    {
                        yield return origin;
                    }
                }
            }
        }
    }

    private AffineMap MapAt(DescentStart start) => start != DescentStart.BiasAtMean
        ? AffineMap.Zero(_map.InputCount, _map.TargetCount).Named(_map.Names)
        : new AffineMap(new Matrix(_map.TargetCount, _map.InputCount), new Spread(_moments).TargetMeans, _map.Names);

    private double Rounding(GradientAtMap at) => Yardstick.Norm([.. _yard.Spreads.Select((spread, t) =>
        _yard.Rounding(t) * spread / at.TargetLengths[t])]);

    /// <summary>The most that a descent may leave, in lengths over the target's.</summary>
    private double Most(GradientAtMap at, DescentProblem problem) => Math.Min(
        MostOfRounding * Yardstick.Norm(problem.Moved()),
        Yardstick.Norm([.. _yard.Spreads.Select((spread, t) => _yard.Most(t) * spread / at.TargetLengths[t])]));

    private OriginCandidate? Judge(DescentMatch match, GradientAtMap at)
    {
        var distance = at.Step(match.Problem.Distance(match.Filter));
        var lengths = _yard.Lengths(distance);
        var moved = Yardstick.Norm([.. match.Problem.Moved().Select((length, t) =>
            length * at.TargetLengths[t] / _yard.Spreads[t])]);
        var left = Yardstick.Norm(lengths);
        var part = left / Math.Min(_gap, moved);
        var isExact = _yard.IsExact(lengths) && part <= MostOfRounding;
        if (!isExact && !(_yard.IsClose(lengths) && part <= MostOfSingles))
        {
            return null;
        }

        match = isExact ? match : match with { IsCounted = false };
        var words = new DescentWords(match, at);
        var support = match.IsCommonFactor ? 0
            : match.Digits + (match.IsCounted ? match.StepDigits : 0) + words.Roundness - CostOfFamily
                - (_slips?.Cost ?? 0);
        var goal = _map - distance;
        var isClaimed = match.IsWhole && support >= SlipSearch.Enough && (isExact || _yard.IsOfSingles(lengths));
        var origin = new Origin(_slips is null ? words.Code : words.Code + "+" + _slips.Code, words.Text,
            words.Parameters, words.Others, goal, lengths.Max(), Math.Clamp(1 - left / _gap, 0, 1), isClaimed)
        {
            Slips = _slips is null ? null : Mistake.Of(_slips, _candidate, _moments),
            Objective = words.IsOneByOne
                ? new Objective("fitting inputs one by one", goal)
                {
                    Reason = "what several inputs explain together is counted for each of them",
                }
                : new Objective("stopping early", goal) { Reason = "training had not converged" },
            Remedy = words.IsOneByOne ? $"fit all inputs together: {DescentRemedy.TakeTheBestFit}."
                : new DescentRemedy(match, at, _fit) { IsWithinNoise = _yard.IsWithinNoise(_map, MayWellBe) }.Text,
        };
        return new OriginCandidate(origin, match.IsWhole ? support : 0)
        {
            IsTested = match.IsTested,
            IsOnlyRival = !match.IsWhole,
        };
    }
}
