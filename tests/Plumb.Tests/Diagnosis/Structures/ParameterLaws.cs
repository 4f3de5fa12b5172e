namespace Plumb.Tests.Structures;

/// <summary>What is said of single parameters: are they determined, what are they, are they to be trusted.</summary>
internal static class ParameterLaws
{
    private const ParameterStatus Undetermined = ParameterStatus.Undetermined;

    /// <summary>What is false.</summary>
    public static IEnumerable<string> Violations(StructureJudge judge) =>
        [.. Rank(judge), .. Weights(judge), .. Biases(judge), .. Numbers(judge), .. Trust(judge)];

    private static IEnumerable<string> Rank(StructureJudge judge)
    {
        var (fit, exact) = (judge.Fit, judge.Exact);
        if (fit.Rank != exact.Rank || fit.ResidualDegreesOfFreedom != exact.Freedom)
        {
            yield return $"rank {fit.Rank}, freedom {fit.ResidualDegreesOfFreedom}: {exact.Rank} and {exact.Freedom}";
        }
    }

    /// <summary>Undetermined is what other values fit as well, or what hangs on the last bit.</summary>
    private static IEnumerable<string> Weights(StructureJudge judge)
    {
        var (fit, errors) = (judge.Fit, ReportedErrors.Of(judge.Fit, judge.Rows));
        foreach (var (t, j) in from t in judge.Targets from j in judge.Inputs select (t, j))
        {
            var (said, shown) = (fit.Collinearity.OfWeight(t, j), errors.StatusOfWeight(t, j));
            var isOff = !judge.Exact.Determines(j) || fit.HangsOnLastBit(j);
            if ((said == Undetermined) != isOff || (shown == Undetermined) != isOff)
            {
                yield return $"{judge.Name(j)} is {said}, shown as {shown}; undetermined: {isOff}";
            }

            var groups = fit.Collinearity.Groups.Count(group => group.Inputs.Contains(j) && group.Targets.Contains(t));
            if (said == ParameterStatus.Entangled && groups != 1)
            {
                yield return $"{judge.Name(j)} is entangled, and in {groups} groups";
            }
        }
    }

    private static IEnumerable<string> Biases(StructureJudge judge)
    {
        var (fit, errors) = (judge.Fit, ReportedErrors.Of(judge.Fit, judge.Rows));
        var isOff = judge.HasBias && (!judge.Exact.Determines(judge.Inputs.Length) || fit.BiasHangsOnLastBit);
        foreach (var t in judge.Targets)
        {
            var (said, shown) = (fit.Collinearity.OfBias(t), errors.StatusOfBias(t));
            if ((said == Undetermined) != isOff || (shown == Undetermined) != isOff)
            {
                yield return $"the bias is {said}, shown as {shown}; undetermined: {isOff}";
            }
        }
    }

    /// <summary>What is determined has the value and the standard error that fractions give.</summary>
    private static IEnumerable<string> Numbers(StructureJudge judge)
    {
        foreach (var (t, j) in Determined(judge).Where(_ => judge.IsPlain))
        {
            var (truth, off, value) = (judge.TruthOf(t, j), judge.Exact.ErrorOf(t, j), judge.ValueOf(t, j));
            if (!(Math.Abs(value - (truth + off)) <= 1e-12 * (Math.Abs(truth) + Math.Abs(off))))
            {
                yield return $"{judge.Name(j)} is {value}, but the best is {truth + off}";
            }

            var (said, error) = (judge.ErrorOf(t, j), judge.Exact.StandardError(t, (j, 1)));
            if (judge.Exact.Freedom > 0 && !(Math.Abs(said - error) <= 1e-9 * error))
            {
                yield return $"{judge.Name(j)} has standard error {said}, but it is {error}";
            }
        }
    }

    /// <summary>W and b are trusted only where each is determined, rests on more than one row, and is right.</summary>
    private static IEnumerable<string> Trust(StructureJudge judge)
    {
        if (judge.Assessment.IsSound && !judge.Trusts)
        {
            yield return "nothing speaks against W and b, but they are not trusted";
        }

        if (!judge.Trusts)
        {
            yield break;
        }

        foreach (var free in judge.Parameters.Where(j => !judge.Exact.Determines(j)))
        {
            yield return $"trusted, but {judge.Name(free)} is undetermined";
        }

        foreach (var row in judge.Exact.RowsAlone(judge.Problem.Data.Weights))
        {
            yield return $"trusted, but row {row + 1} decides alone";
        }

        foreach (var (t, j) in Determined(judge).Where(place => !judge.IsCovered(place.Target, place.Parameter)))
        {
            var error = judge.Exact.StandardError(t, (j, 1));
            yield return $"trusted, but {judge.Name(j)} ± {error} is {judge.Exact.ErrorOf(t, j)} from the truth";
        }
    }

    private static IEnumerable<(int Target, int Parameter)> Determined(StructureJudge judge) =>
        from t in judge.Targets from j in judge.Parameters where judge.Exact.Determines(j) select (t, j);
}
