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
    private static readonly int s_seed = int.Parse(Environment.GetEnvironmentVariable("SEED") ?? "1");

    [Fact]
    public void Rate_and_steps_are_right_in_95_percent_and_never_wrong()
    {
        var (all, right) = (0, 0);
        foreach (var made in All(["plain", "bias-at-mean", "no-bias"]))
        {
            var found = made.Explain();
            var origin = found.Origin;
            var isEarly = origin?.Code.StartsWith("early-stop", StringComparison.Ordinal) == true;
            var length = origin?.Parameters.Select(parameter => parameter.Value).FirstOrDefault() ?? double.NaN;
            var isRight = origin is { IsClaimed: true } && isEarly && Math.Abs(length / made.Length - 1) < 0.01
                && origin.Code == made.Code;
            var converged = found.Convergence.IsConverged;
            output.WriteLine($"{(isRight ? "ok" : origin is {IsClaimed:true} ? "WRONG" : "none")} {(converged ? "conv" : "")} {made} k={made.Steps} rate={made.Rate:g6} t={made.Length:g5}: {origin?.IsClaimed} {origin?.Code} {string.Join(' ', origin?.Parameters.Select(p => $"{p.Name}={p.Value:g6}") ?? [])} leaves {origin?.Leaves:g2} share {origin?.Share}, gap {made.Gap(found):g2}");
            (all, right) = (all + 1, right + (isRight ? 1 : 0));
        }

        output.WriteLine($"{right} of {all}");
        Assert.InRange(right, 0.95 * all, all);
    }

    [Fact]
    public void Nothing_is_claimed_of_other_descents()
    {
        foreach (var made in All(s_others))
        {
            var origin = made.Explain().Origin;
            output.WriteLine($"{made} {made.Steps} {made.Rate:g3}: {origin?.IsClaimed} {origin?.Code} {string.Join(' ', origin?.Parameters.Select(p => $"{p.Name}={p.Value:g6}") ?? [])} leaves {origin?.Leaves:g2} {origin?.Rival?.Code}");
        }
    }

    private static IEnumerable<Made> All(string[] kinds)
    {
        foreach (var (problem, p) in s_problems.Select((problem, p) => (problem, p)))
        {
            foreach (var kind in kinds)
            {
                foreach (var scaling in kind == "no-bias" ? ["none"] : s_scalings)
                {
                    for (var precision = 0; precision < 3; precision++)
                    {
                        var random = new RandomSource(s_seed, 1000 * p + 10 * Array.IndexOf(s_scalings, scaling)
                            + 100 * Array.IndexOf(kinds, kind) + precision);
                        var descents = new StoppedDescents(problem.Data, random, scaling, isSingle: precision == 2);
                        var map = descents.Make(kind);
                        yield return new Made(problem, kind, scaling, precision == 0 ? map : Single(map), precision,
                            descents.Rate, descents.Steps);
                    }
                }
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

    private sealed record Made(Problem Problem, string Kind, string Scaling, AffineMap Map, int Precision, double Rate,
        int Steps)
    {
        public double Length => Rate * Steps;

        public string Code => "early-stop" + (Scaling == "none" ? "" : "-" + Scaling.Replace("-n-1", "", StringComparison.Ordinal));

        public Explanation Explain() => Explanation.Of(Map, Problem.Moments, Problem.Fit, new Background
        {
            IsForeign = true,
            Hints = RowHints.Of(Map, Problem.Moments, Problem.Rows),
        });

        public double Gap(Explanation found) => Math.Sqrt(Enumerable.Range(0, Map.TargetCount).Max(t => {
          var m = Problem.Moments; var g = m.PredictionLength(Map - found.Limit, t); return g*g/Problem.Data.Y.Sum(r => Math.Pow(r[t]-Problem.Data.Y.Average(q=>q[t]),2)); }));

        public override string ToString() => $"{Kind} {Scaling} of {Problem.Data.Name} {(Precision == 0 ? "float64" : Precision == 1 ? "stored as float32" : "float32")}";
    }
}
