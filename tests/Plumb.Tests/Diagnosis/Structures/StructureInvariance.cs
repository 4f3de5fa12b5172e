namespace Plumb.Tests.Structures;

/// <summary>What must change no status and no failing question: order, units, another target, weights of 1.</summary>
internal static class StructureInvariance
{
    // What the order of rows may change: neighbours, and what they feign.
    private static readonly Question[] s_ofOrder = [Question.Order, Question.Errors, Question.Affine];

    // All tests of rows, over all targets, share one level: another target may take a borderline one over it.
    private static readonly Question[] s_ofRows = [Question.Rows, .. s_ofOrder];

    /// <summary>What changes all the same.</summary>
    public static IEnumerable<string> Violations(StructureJudge judge, int seed)
    {
        var (problem, random) = (judge.Problem, new RandomSource(seed, stream: 99));
        var data = problem.Data;
        int[] Shuffled(int count) => [.. Enumerable.Range(0, count).OrderBy(_ => random.NextBits())];
        var (same, targets) = (judge.Inputs, judge.Targets.Length);
        var (columns, rows) = (Shuffled(same.Length), Shuffled(data.Rows));
        int[] powers = [.. Enumerable.Range(0, columns.Length + targets).Select(_ => random.NextIndex(101) - 50)];
        StructureProblem With(Func<int, int, double> x, Func<int, int, double> y, RowWeights? weights, int more = 0)
        {
            var inputs = Matrix.Create(data.Rows, same.Length, x);
            var outputs = Matrix.Create(data.Rows, targets + more, y);
            return problem with { Data = new Dataset(inputs, outputs) { Weights = weights } };
        }

        double Input(int i, int j) => data.Inputs[i, j];
        double Target(int i, int t) => data.Targets[i, t];
        var moved = With((i, j) => Input(i, columns[j]), Target, data.Weights);
        var shuffled = With((i, j) => Input(rows[i], j), (i, t) => Target(rows[i], t), data.Weights?.Pick(rows));
        var scaled = With(
            (i, j) => Math.ScaleB(Input(i, j), powers[j]),
            (i, t) => Math.ScaleB(Target(i, t), powers[columns.Length + t]),
            data.Weights);
        var another = With(Input, (i, t) => t < targets ? Target(i, t) : random.NextNormal(), data.Weights, more: 1);
        var ones = With(Input, Target, data.Weights ?? RowWeights.Precisions([.. Enumerable.Repeat(1.0, data.Rows)]));

        // A near dependence is told of an input and those before it; rows that hide each other are looked for in
        // subsets that hashes of the rows choose. A ridge penalty has units.
        var hasNear = judge.Fit.NearDependences.Count > 0;
        return
        [
            .. hasNear ? [] : Compare("the order of the columns", judge, moved, columns, [Question.Rows]),
            .. Compare("the order of the rows", judge, shuffled, same, s_ofOrder),
            .. problem.Settings.Ridge > 0 ? [] : Compare("units", judge, scaled, same, []),
            .. Compare("another target", judge, another, same, s_ofRows, isMore: true),
            .. Compare("weights of 1", judge, ones, same, []),
        ];
    }

    /// <summary>Compares statuses, and what fails but for some; or asks only that what failed still does.</summary>
    private static IEnumerable<string> Compare(
        string what, StructureJudge judge, StructureProblem other, int[] inputs, Question[] but, bool isMore = false)
    {
        var judged = new StructureJudge(other);
        foreach (var t in judge.Targets)
        {
            var (before, after) = (judge.Statuses(t), judged.Statuses(t));
            for (var j = 0; j < before.Length; j++)
            {
                var place = j < inputs.Length ? inputs[j] : j;
                if (before[place] != after[j])
                {
                    yield return $"{what} changes parameter {place} from {before[place]} to {after[j]}";
                }
            }
        }

        Question[] Of(StructureJudge from) => [.. from.Failing.Except(but)];
        if (isMore ? Of(judge).Except(Of(judged)).Any() : !Of(judge).SequenceEqual(Of(judged)))
        {
            yield return $"{what} changes what fails: {judge.Verdict} Then: {judged.Verdict}";
        }
    }
}
