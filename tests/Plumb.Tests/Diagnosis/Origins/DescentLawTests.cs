using Plumb.Tests.Origins;

namespace Plumb.Tests;

/// <summary>Maps where gradient descent was stopped, of six data sets: rate and steps are told, and of other descents
/// nothing is claimed.</summary>
public sealed class DescentLawTests(ITestOutputHelper output)
{
    private static readonly string[] s_scalings = ["none", "centred", "standardized", "standardized-n-1", "min-max"];
    private static readonly string[] s_others = ["from-random", "momentum", "nesterov", "adam", "decaying", "batches",
        "decayed", "diverging"];

    private static readonly IReadOnlyList<Problem> s_problems = [.. ForeignData.All().Select(Problem.Of)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rate_and_steps_are_right_in_95_percent_and_never_wrong(int seed)
    {
        var (all, right) = (0, 0);
        foreach (var made in All(seed, ["plain", "bias-at-mean", "no-bias"], s_scalings, precisions: 3).Where(made =>
            made.CanBeTold))
        {
            var (found, isRight) = (made.Explain(), false);
            if (found.Origin is { IsClaimed: true } origin)
            {
                isRight = made.IsRight(origin);
                Assert.True(isRight, $"{made}: {origin.Code} {string.Join(' ', origin.Parameters)}");
            }
            else if (found.Convergence.IsConverged)
            {
                continue; // it has arrived, and is the best fit
            }
            else
            {
                output.WriteLine($"not told: {made}: {found.Origin?.Code} {found.Origin?.Rival?.Code}");
            }

            (all, right) = (all + 1, right + (isRight ? 1 : 0));
        }

        output.WriteLine($"{right} of {all}");
        Assert.InRange(all, 100, 200);
        Assert.InRange(right, 0.95 * all, all);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Other_descents_are_claimed_only_where_they_go_the_same_way(int seed)
    {
        var all = 0;
        foreach (var made in All(seed, s_others, ["none", "standardized"], precisions: 2))
        {
            all++;
            if (made.Explain().Origin is not { IsClaimed: true } origin || made.Steps == 1)
            {
                continue; // a first step is the same step
            }

            output.WriteLine($"claimed: {made}: {origin.Code} {string.Join(' ', origin.Parameters)} {origin.Leaves}");
            Assert.True(!IsEarlyStop(origin) || (origin.Parameters.Count == 1 && made.IsRight(origin)),
                $"{made}: {origin.Code} {string.Join(' ', origin.Parameters)}");
        }

        Assert.InRange(all, 150, 250);
    }

    private static bool IsEarlyStop(Origin origin) => origin.Code.StartsWith("early-stop", StringComparison.Ordinal);

    private static IEnumerable<Made> All(int seed, string[] kinds, string[] scalings, int precisions)
    {
        for (var place = 0; place < s_problems.Count * kinds.Length * scalings.Length * precisions; place++)
        {
            var problem = s_problems[place % s_problems.Count];
            var kind = kinds[place / s_problems.Count % kinds.Length];
            var scaling = scalings[place / s_problems.Count / kinds.Length % scalings.Length];
            var precision = place % precisions;
            if (kind != "no-bias" || scaling == "none")
            {
                var descents = new StoppedDescents(problem.Data, new RandomSource(seed, place), scaling,
                    isSingle: precision == 2);
                var map = descents.Make(kind);
                yield return new Made(problem, kind, scaling, precision == 0 ? map : Single(map), precision,
                    descents.Length(kind), descents.Steps);
            }
        }
    }

    private static AffineMap Single(AffineMap map) => new(Matrix.Create(map.TargetCount, map.InputCount, (t, j) =>
        (float)map.WeightsOf(t)[j]), [.. map.Bias.ToArray().Select(bias => (double)(float)bias)]);

    private sealed record Problem(ForeignData Data, Dataset Rows, Moments Moments, LinearFit Fit)
    {
        public static Problem Of(ForeignData data)
        {
            var rows = data.ToDataset();
            var moments = Moments.Of(rows);
            return new Problem(data, rows, moments, new LeastSquares().Fit(moments));
        }
    }

    private sealed record Made(Problem Problem, string Kind, string Scaling, AffineMap Map, int Precision,
        double Length, int Steps)
    {
        /// <summary>Of one input, a way or two are left, and any descent would do.</summary>
        public bool CanBeTold => Problem.Data.Inputs > 1;

        public Explanation Explain() => Explanation.Of(Map, Problem.Fit, new Background
        {
            IsForeign = true,
            Hints = RowHints.Of(Map, Problem.Moments, Problem.Rows),
        });

        /// <summary>Whether scaling, rate and steps are told; standard deviations by n or n - 1 lead the same way at
        /// other rates.</summary>
        public bool IsRight(Origin origin)
        {
            var (length, rows) = (origin.Parameters[0].Value, Problem.Data.X.Length);
            return origin.Code == "early-stop" + (Scaling == "none" ? "" : "-" + Scaling.Split("-n-")[0])
                && Math.Abs(length / Length - 1) < 0.01 + 1.0 / (rows - 1)
                && (origin.Parameters.Count == 1 || origin.Parameters[2].Value == Steps);
        }

        public override string ToString() =>
            $"{Steps} steps, {Kind}, {Scaling}, of {Problem.Data.Name}, length {Length:g5}, precision {Precision}";
    }
}
