namespace Plumb.Tests.Structures;

/// <summary>What must change no status and no failing question: order, units, another target, weights of 1.</summary>
internal static class StructureInvariance
{
    // What the order of rows may change: neighbours, and what they feign.
    private static readonly Question[] s_ofOrder = [Question.Order, Question.Errors, Question.Affine];

    // All tests of rows, over all targets, share one level: another target may take a borderline one over it.
    private static readonly Question[] s_ofRows = [Question.Rows, .. s_ofOrder];

    /// <summary>What changes all the same.</summary>
    public static IEnumerable<string> Violations(StructureProblem problem, StructureJudge judge, int seed)
    {
        var (data, random) = (problem.Data, new RandomSource(seed, stream: 99));
        int[] Shuffled(int count) => [.. Enumerable.Range(0, count).OrderBy(_ => random.NextBits())];
        var (inputs, rows, targets) = (Shuffled(data.Inputs.Columns), Shuffled(data.Rows), Enumerable.Range(0, data.Targets.Columns).ToArray());

        // A near dependence is told of an input and those before it; rows that hide each other are looked for in subsets that
        // hashes of the rows choose.
        if (judge.Fit.NearDependences.Count == 0)
        {
            var columns = With(problem, Matrix.Create(data.Rows, inputs.Length, (i, j) => data.Inputs[i, inputs[j]]), data.Targets, data.Weights);
            foreach (var text in Compare("the order of the columns", judge, columns, inputs, [Question.Rows]))
            {
                yield return text;
            }
        }

        var shuffled = With(
            problem,
            Matrix.Create(rows.Length, inputs.Length, (i, j) => data.Inputs[rows[i], j]),
            Matrix.Create(rows.Length, targets.Length, (i, t) => data.Targets[rows[i], t]),
            data.Weights?.Pick(rows));
        int[] same = [.. Enumerable.Range(0, inputs.Length)];
        int[] powers = [.. Enumerable.Range(0, inputs.Length + targets.Length).Select(_ => random.NextIndex(101) - 50)];
        var scaled = With(
            problem,
            Matrix.Create(data.Rows, inputs.Length, (i, j) => Math.ScaleB(data.Inputs[i, j], powers[j])),
            Matrix.Create(data.Rows, targets.Length, (i, t) => Math.ScaleB(data.Targets[i, t], powers[inputs.Length + t])),
            data.Weights);
        var another = With(
            problem,
            data.Inputs,
            Matrix.Create(data.Rows, targets.Length + 1, (i, t) => t < targets.Length ? data.Targets[i, t] : random.NextNormal()),
            data.Weights);
        var ones = data.Weights is null ? With(problem, data.Inputs, data.Targets, RowWeights.Precisions([.. Enumerable.Repeat(1.0, data.Rows)])) : problem;
        string[] texts =
        [
            .. Compare("the order of the rows", judge, shuffled, same, s_ofOrder),
            .. problem.Settings.Ridge > 0 ? [] : Compare("units", judge, scaled, same, []),
            .. Compare("another target", judge, another, same, s_ofRows, isMore: true),
            .. Compare("weights of 1", judge, ones, same, []),
        ];
        foreach (var text in texts)
        {
            yield return text;
        }
    }

    private static StructureProblem With(StructureProblem problem, Matrix inputs, Matrix targets, RowWeights? weights) =>
        problem with { Data = new Dataset(inputs, targets) { Weights = weights } };

    /// <summary>Compares statuses, and failing questions but for some, or asks only that those that failed still do.</summary>
    private static IEnumerable<string> Compare(string what, StructureJudge judge, StructureProblem other, int[] inputs, Question[] but, bool isMore = false)
    {
        var judged = new StructureJudge(other);
        for (var t = 0; t < judge.Targets; t++)
        {
            var (before, after) = (judge.Statuses(t), judged.Statuses(t));
            for (var j = 0; j < before.Length; j++)
            {
                var place = j < inputs.Length ? inputs[j] : j;
                if (before[place] != after[j])
                {
                    yield return $"{what} changes the status of parameter {place} from {before[place]} to {after[j]} [{judge.Verdict}] [{judged.Verdict}]";
                }
            }
        }

        Question[] Of(StructureJudge from) => [.. from.Failing.Except(but)];
        if (isMore ? Of(judge).Except(Of(judged)).Any() : !Of(judge).SequenceEqual(Of(judged)))
        {
            yield return $"{what} changes what fails from {string.Join(",", judge.Failing)} to {string.Join(",", judged.Failing)} [{judge.Verdict}] [{judged.Verdict}]";
        }
    }
}
