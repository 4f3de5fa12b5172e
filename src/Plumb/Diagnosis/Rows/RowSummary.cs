namespace Plumb.Diagnosis;

/// <summary>Makes a report of what a second look has seen.</summary>
internal static class RowSummary
{
    private const double RoundingOfSingle = 1.0 / (1 << 20); // a few units in the last place, as for doubles
    private const int MostSearched = 16; // targets, for rows that hide each other
    private const double InDoubt = 0.01; // chance moves the fit as far by a row of its leverage in one of a hundred
    private const double LargeDistance = 1; // Cook and Weisberg, Residuals and Influence in Regression, section 3.5

    /// <summary>The report.</summary>
    public static RowReport Of(RowFrame frame, RowWorker seen, ChunkJoin stitch, bool inOrder)
    {
        var copied = seen.Contents.Copied();
        int[] noisy = [.. Enumerable.Range(0, frame.Targets.Length).Where(t => RoundingOf(frame, seen, t) is null)];
        var isUsable = seen.Sums.IsFinite && frame.Fit.NearDependences.Count == 0;
        var largest = seen.Search.Largest.Rows is [var first] ? first : null;
        var robust = isUsable ? SandwichErrors.Of(frame, seen.Sums) : null;
        var sampled = isUsable && noisy.Length > 0
            ? new SampledRows(frame, seen.Contents.Sample, seen.Contents.AreCounted) : null;
        var ratios = robust is null || sampled is null ? null
            : new ErrorRatioTests(frame, seen.Sums, robust, sampled, largest?.Leverage ?? 0);
        var neighbours = seen.Neighbours(); // ends the windows, which errors that were asked for may need
        var forms = sampled is null ? null
            : new SampledForms(frame, seen.Contents.Sample, sampled, seen.Contents.AreCounted);
        var judge = new RowJudgement(frame, seen, neighbours, inOrder, copied, ratios, sampled, forms);
        var asked = isUsable ? SandwichErrors.Asked(frame, seen.Sums) : null;
        TargetJudgement[] judgements = isUsable ? [.. noisy.Select(judge.Of)] : [];
        MaskedRows[] masked =
            [.. judgements.Take(MostSearched).Select(judgement => MaskedIn(frame, seen, stitch, judgement))
                .OfType<MaskedRows>()];

        // What is left without those rows is affine, and its noise even: the search asks for that, not for products.
        judgements =
            [.. judgements.Select(judgement => masked.FirstOrDefault(one =>
                one.Target == frame.Names.Targets[judgement.Target]) is { } rows
                ? judgement with { Form = ProductsWithout(frame, seen, stitch, judgement, rows), Noise = null }
                : judgement)];
        RowInfluence Shown(RowCandidate row) => judge.InfluenceOf(row, stitch.NumberOf(row.Position));
        var deciding = seen.Search.Deciding.Rows.Select(row => judge.DecidingOf(row, stitch.NumberOf(row.Position)))
            .OfType<DecidingRow>();
        var grouped = new GroupTests(frame, seen.Sums, seen.Groups);
        CorrelatedGroups[] correlated = copied is not null ? [] // copies stand in one group, and say it all
            : [.. judgements.Where(_ => frame.Fit.ResidualDegreesOfFreedom >= RowJudgement.FewestDegreesOfFreedom)
                .Select(judgement => grouped.Of(judgement.Target)).OfType<CorrelatedGroups>()];
        double[] ratiosOfDeleted = [.. frame.Targets.Select((own, t) => !isUsable ? double.NaN
            : own.HasResidual ? seen.Sums.DeletedRatio(t) : 1)];
        var far = judgements.SelectMany(judgement => judgement.Outliers);
        var areAllFar =
            judgements.All(judgement => judgement.Outliers.Count == seen.Search.Outliers(judgement.Target).Count);
        var areKept = areAllFar && judgements.Length > 0
            && seen.Search.OutlierRows is > 0 and <= RowWorker.MostOutlierRows;
        var report = new RowReport(
            [.. judgements.SelectMany(judgement => judgement.Tests), .. correlated.Select(groups => groups.Test)],
            [.. far.Select(Shown)],
            areAllFar && judgements.Length > 0 ? seen.Search.OutlierRows
                : far.DistinctBy(row => row.Position).Sum(row => row.Count),
            [.. judgements.Select(judgement => judgement.Influential).OfType<RowCandidate>().Select(Shown)],
            largest?.Leverage ?? 0,
            largest is null ? 0 : stitch.NumberOf(largest.Position))
        {
            Clouds = isUsable ? [.. seen.Clouds.Select(cloud => cloud.ToCloud(stitch.NumberOf))] : [],
            SuspectCodes = CodesIn(frame, seen),
            Deciding = isUsable ? [.. deciding] : [],
            RobustErrors = robust,
            AskedErrors = asked,
            WhyNoAskedErrors = asked is null ? SandwichErrors.WhyNone(frame, seen.Sums) : null,
            Uneven = [.. judgements.Where(judgement => judgement.Noise is not null)
                .Select(judgement => judgement.Noise!.Target)],
            Copied = isUsable && judgements.Length > 0 ? copied : null,
            Masked = masked,
            Press = [.. ratiosOfDeleted.Select((ratio, t) => ratio * frame.Fit.ResidualSumOfSquares[t])],
            PredictedRSquared = [.. ratiosOfDeleted.Select((ratio, t) => 1 - ratio * (1 - frame.Fit.RSquared[t]))],
            Correlated = correlated,
            HasRowToSpare = noisy.Length > 0 || frame.Fit.Rows - seen.Replicates.Freedom() > frame.Fit.Rank,
            RowsWithoutWeight = seen.RowsWithoutWeight,
            OutlierMoments = areKept ? seen.Outliers : null,
        };
        bool IsBeyondChance(TargetJudgement judgement) => judgement.PValueOfInfluential < HypothesisTest.Level
            || judgement.Outliers.Any(row => row.Position == judgement.Influential?.Position);
        RowInfluence[] Moving(Func<TargetJudgement, bool> isMeant) =>
            [.. judgements.Where(isMeant).Select(judgement => Shown(judgement.Influential!))
                .Where(row => row.CooksDistance > LargeDistance)];
        var influential = Moving(IsBeyondChance);
        report = report with
        {
            MovingInDoubt = Moving(judgement => judgement.PValueOfInfluential < InDoubt && !IsBeyondChance(judgement)),
        };
        return report with
        {
            Evidence = new RowEvidence(frame, report, judgements, influential,
                seen.Sums.IsFinite)
            { Rounding = RoundingOfAll(frame, seen, noisy) }.ToList(),
            Findings = [.. report.SuspectCodes.Select(code => code.ToFinding()),
                .. report.HasRowToSpare ? Array.Empty<Finding>() : [RowFindings.NoRowToSpare(frame.Fit)],
                .. RowFindings.Of(report, judgements, influential)],
        };
    }

    private static SuspectCode[] CodesIn(RowFrame frame, RowWorker seen) =>
        [.. frame.Names.Inputs.Concat(frame.Names.Targets)
            .SelectMany((name, column) => seen.Extremes.CodesIn(column, name, frame.Fit.Rows))];

    // Those that speak without rows that lie far off, too: a product is far from a plane where both inputs are large.
    private static HypothesisTest[] ProductsWithout(RowFrame frame, RowWorker seen, ChunkJoin stitch,
        TargetJudgement judgement, MaskedRows rows)
    {
        if (judgement.Form.FirstOrDefault(test => test.Code == "product") is not { } product)
        {
            return [];
        }

        var far = rows.Rows.Select(row => row.Row).ToHashSet();
        var sample = seen.Contents.Sample.Except(position => far.Contains(stitch.NumberOf(position)));
        var areCounted = seen.Contents.AreCounted;
        var without = new SampledForms(frame, sample, new SampledRows(frame, sample, areCounted), areCounted);
        return without.Product(judgement.Target)?.Test.PValue * frame.Targets.Length < HypothesisTest.Level
            ? [product] : [];
    }

    private static MaskedRows? MaskedIn(RowFrame frame, RowWorker seen, ChunkJoin stitch, TargetJudgement judgement)
    {
        if (judgement.Order is not null || frame.Fit.ResidualDegreesOfFreedom < RowJudgement.FewestDegreesOfFreedom
            || seen.Contents.Masked(judgement.Target, stitch.NumberOf) is not { } found)
        {
            return null;
        }

        // What the classical test names, too, hides nothing; and the far end of noise with long tails lies next to the
        // rest.
        var outliers = judgement.Outliers.Select(row => stitch.NumberOf(row.Position)).ToHashSet();
        var doExplain = judgement.Form.Count > 0 || judgement.Noise is not null;
        var areKnown = found.Rows.All(row => outliers.Contains(row.Row)) || (!found.AreApart && outliers.Count > 0);
        return areKnown && !doExplain ? null
            : new MaskedRows(frame.Names.Targets[judgement.Target], found.Rows, found.PValue)
            {
                IsSample = found.IsSample,
                HideEachOther = found.Rows.Count > 1 && !found.Rows.All(row => outliers.Contains(row.Row)),
                Explain = doExplain,
            };
    }

    // What the residuals of a target are no more than; null where they are noise.
    private static string? RoundingOf(RowFrame frame, RowWorker seen, int target)
    {
        var (fit, own) = (frame.Fit, frame.Targets[target]);
        var inputs = Enumerable.Range(0, own.Weights.Length).Where(j => own.Weights[j] != 0);
        return !own.HasResidual ? "no residual on any row"
            : !fit.HasNoise(target) ? "no more than the rounding of double precision is left"
            : fit.ResidualStandardDeviation[target] <= RoundingOfSingle * own.Magnitude
                && seen.Precision.IsSingle([.. inputs, own.Weights.Length + target])
                ? "no more than the rounding of single precision is left"
            : null;
    }

    private static string? RoundingOfAll(RowFrame frame, RowWorker seen, int[] noisy) =>
        noisy.Length > 0 ? null
            : Enumerable.Range(0, frame.Targets.Length).Select(t => RoundingOf(frame, seen, t))
                .Order(StringComparer.Ordinal).FirstOrDefault();
}
