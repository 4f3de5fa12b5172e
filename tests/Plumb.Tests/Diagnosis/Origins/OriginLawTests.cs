using Plumb.Tests.Origins;

namespace Plumb.Tests;

/// <summary>Maps made as other programs make them, of six data sets, in float64 and float32: what is claimed of them is
/// right, and of maps that come from nowhere nothing is claimed.</summary>
public sealed class OriginLawTests(ITestOutputHelper output)
{
    private const int Seeds = 2; // of maps that come from nowhere: each is another

    private static readonly IReadOnlyList<Problem> s_problems = [.. ForeignData.All().Select(Problem.Of)];

    [Fact]
    public void Origin_and_penalty_of_known_maps_are_right_in_95_percent_and_never_wrong()
    {
        var (all, right) = (0, 0);
        foreach (var made in s_problems.SelectMany(problem =>
            ForeignMaps.Known.SelectMany(kind => problem.Make(kind, seed: 1))).Where(made => made.CanBeTold))
        {
            var (origin, isRight) = (made.Claim(), false);
            if (origin is not null)
            {
                var penalty = origin.Parameters.Select(parameter => parameter.Value).FirstOrDefault(double.NaN);
                isRight = (origin.Code == made.Map.Code || (origin.Objective is null && origin.Leaves < 1e-6))
                    && (double.IsNaN(made.Map.Parameter) || Math.Abs(penalty / made.Map.Parameter - 1) < 0.01);
                Assert.True(isRight, $"{made}: {origin.Code} {penalty}");
            }

            (all, right) = (all + 1, right + (isRight ? 1 : 0));
        }

        output.WriteLine($"{right} of {all}");
        Assert.InRange(all, 300, 500);
        Assert.InRange(right, 0.95 * all, all);
    }

    [Fact]
    public void Nothing_is_claimed_of_maps_from_nowhere()
    {
        var all = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            foreach (var made in s_problems.SelectMany(problem =>
                ForeignMaps.Unknown.SelectMany(kind => problem.Make(kind, seed))))
            {
                Assert.True(made.Claim() is null, $"{made}: {made.Claim()?.Code}");
                all++;
            }
        }

        Assert.InRange(all, 200, 300);
    }

    /// <summary>In designed rows many are alike, and round weights meet some of their means by chance.</summary>
    [Fact]
    public void Nothing_is_claimed_of_round_maps_of_designed_rows()
    {
        var random = new RandomSource(7);
        for (var design = 0; design < 40; design++)
        {
            int[] levels = [2 + random.NextIndex(3), 2 + random.NextIndex(3), 2, 1 + random.NextIndex(3)];
            var rows = levels.Aggregate(1, (product, count) => product * count) * (1 + random.NextIndex(4));
            double Level(int i, int j) => i / levels.Skip(j + 1).Aggregate(1, (a, b) => a * b) % levels[j];
            var inputs = Matrix.Create(rows, 4, (i, j) => j < 3 ? Level(i, j) : Level(i, 0) + Level(i, 3));
            var data = new Dataset(inputs, Matrix.Create(rows, 1, (i, _) =>
                Math.Round(inputs[i, 0] - 2 * inputs[i, 1] + 10 * random.NextDouble(), 1)));
            var moments = Moments.Of(data);
            var fit = new LeastSquares().Fit(moments);
            for (var trial = 0; trial < 25; trial++)
            {
                var map = new AffineMap(Matrix.Create(1, 4, (_, _) => random.NextIndex(9) - 4.0),
                    [random.NextIndex(41) / 2.0 - 10]);
                var background = new Background { IsForeign = true, Hints = RowHints.Of(map, moments, data) };
                var origin = Explanation.Of(map, fit, background).Origin;
                Assert.True(origin is not { IsClaimed: true }, $"design {design}, {map}: {origin?.Text}");
            }
        }
    }

    [Fact]
    public void Units_of_inputs_and_targets_and_where_these_begin_change_no_origin_that_does_not_depend_on_them()
    {
        string[] kinds = ["ridge-standardized", "lasso-standardized", "no-bias", "inputs-left-out",
            "inputs-standardized", "standardized", "inputs-min-max", "inputs-robust", "random",
            "descent-standardized", "noise"];
        foreach (var problem in s_problems.Where(problem => problem.Data.Inputs > 1))
        {
            var random = new RandomSource(problem.Data.Inputs);
            double[] inputs = [.. Enumerable.Range(0, problem.Data.Inputs).Select(_ =>
                Math.Pow(10, 12 * random.NextDouble() - 6))];
            double[] targets = [.. Enumerable.Range(0, problem.Data.Targets).Select(_ => Math.Pow(10, 3))];
            var rescaled = Problem.Of(problem.Data with
            {
                X = [.. problem.Data.X.Select(row => row.Select((value, j) => (value + 100) * inputs[j]).ToArray())],
                Y = [.. problem.Data.Y.Select(row => row.Select((value, t) => value * targets[t]).ToArray())],
            });
            foreach (var kind in kinds)
            {
                var (one, other) = (problem.Make(kind, 1).First(), rescaled.Make(kind, 1).First());
                Assert.Equal(one.Claim()?.Code, other.Claim()?.Code);
            }
        }
    }

    [Fact]
    public void Weights_of_one_and_another_order_of_rows_change_nothing()
    {
        foreach (var problem in s_problems)
        {
            var (rows, n) = (problem.Rows, problem.Rows.Rows);
            var turned = new Dataset(Matrix.Create(n, problem.Data.Inputs, (i, j) => rows.Inputs[n - 1 - i, j]),
                Matrix.Create(n, problem.Data.Targets, (i, t) => rows.Targets[n - 1 - i, t]))
            {
                Weights = RowWeights.Precisions([.. Enumerable.Repeat(1.0, n)]),
            };
            var moments = Moments.Of(turned);
            var other = problem with { Rows = turned, Moments = moments, Fit = new LeastSquares().Fit(moments) };
            foreach (var made in ForeignMaps.Known.Where(kind => !kind.EndsWith("rows", StringComparison.Ordinal)
                && kind != "row-left-out").SelectMany(kind => problem.Make(kind, 1)))
            {
                Assert.Equal(made.Claim()?.Parameters, (made with { Problem = other }).Claim()?.Parameters);
                Assert.Equal(made.Claim()?.Code, (made with { Problem = other }).Claim()?.Code);
            }
        }
    }

    /// <summary>A data set, with what is made of it once.</summary>
    private sealed record Problem(ForeignData Data, Dataset Rows, Moments Moments, LinearFit Fit)
    {
        public static Problem Of(ForeignData data)
        {
            var rows = data.ToDataset();
            var moments = Moments.Of(rows);
            return new Problem(data, rows, moments, new LeastSquares().Fit(moments));
        }

        /// <summary>A map of a kind, in float64 and in float32.</summary>
        public IEnumerable<Made> Make(string kind, int seed)
        {
            if (new ForeignMaps(Data, new RandomSource(seed, 7)).Make(kind) is not { } made)
            {
                yield break;
            }

            yield return new Made(this, kind, made, 53);
            var map = made.Map;
            var single = new AffineMap(Matrix.Create(map.TargetCount, map.InputCount, (t, j) =>
                (float)map.WeightsOf(t)[j]), [.. map.Bias.ToArray().Select(bias => (double)(float)bias)]);
            yield return new Made(this, kind, made with { Map = single }, 24);
        }
    }

    private sealed record Made(Problem Problem, string Kind, ForeignMap Map, int Bits)
    {
        /// <summary>One weight shows no penalty, as any would do.</summary>
        public bool CanBeTold => Problem.Data.Inputs > 1 || (double.IsNaN(Map.Parameter) && Kind is not "transposed");

        public Origin? Claim() =>
            Explanation.Of(Map.Map, Problem.Fit,
            new Background
            {
                IsForeign = true,
                Hints = RowHints.Of(Map.Map, Problem.Moments, Problem.Rows)
            }).Origin is { IsClaimed: true } origin
            ? origin : null;

        public override string ToString() => $"{Kind} of {Problem.Data.Name}, {Bits} bits";
    }
}
