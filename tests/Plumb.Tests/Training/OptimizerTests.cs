using System.Text.Json;

namespace Plumb.Tests;

/// <summary>
/// Every optimizer steps as PyTorch's of the same name does, and keeps to the row space if it says so.
/// </summary>
public sealed class OptimizerTests
{
    private const double Rounding = 1e-13; // thousands of units in the last place of parameters near 1
    private static readonly JsonElement s_reference = Reference.Json("optimizers.json");

    /// <summary>All named optimizers, and chains of them.</summary>
    internal static readonly Optimizer[] s_chains =
    [
        .. Optimizer.All,
        Optimizer.Sgd.After(new WeightDecay(0.1)),
        Optimizer.Adam().After(new WeightDecay(0.1)),
        new Optimizer("rmsprop, momentum", [new RmsScaling(), new Momentum()]),
        Optimizer.Sgd.After(new ClipByNorm(0.25)),
        Optimizer.Nesterov(0.5).After(new ClipByNorm(0.25)),
    ];

    public static TheoryData<string> Names { get; } = [.. Optimizer.All.Select(optimizer => optimizer.Name)];

    public static TheoryData<string> Runs { get; } =
        [.. s_reference.GetProperty("runs").EnumerateObject().Select(run => run.Name)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Steps_are_those_of_PyTorch(string run)
    {
        var data = Reference.Dataset(Rows("inputs"), Rows("targets"));
        var start = Map(s_reference);
        var settings = Settings(run);
        var expected = Map(s_reference.GetProperty("runs").GetProperty(run));
        var steps = s_reference.GetProperty("steps").GetInt32();
        var trainer = settings.Start(start);
        for (var step = 0; step < steps; step++)
        {
            trainer.Step(data);
        }

        var moments = Moments.Of(data);
        var full = settings.Train(start, new LeastSquares().Fit(moments), steps).Last();
        Assert.True((trainer.Map - expected).Norm < Rounding, $"rows: {(trainer.Map - expected).Norm}");
        Assert.True((full.Map - expected).Norm < Rounding, $"moments: {(full.Map - expected).Norm}");
    }

    [Fact]
    public void Every_named_optimizer_has_a_run_of_PyTorch_to_compare_with() =>
        Assert.Empty(
            Optimizer.All.Select(optimizer => optimizer.Name)
                .Except(s_reference.GetProperty("runs").EnumerateObject().Select(run => run.Name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_on_one_row_is_that_of_a_batch_of_one(string name)
    {
        var data = TrainingProblems.Noisy(30, 5, 6, 0.1, seed: 3);
        var settings = new GradientDescent(0.01) { Optimizer = Named(name), BatchSize = 1 };
        var (single, batch) = (settings.Start(AffineMap.Zero(5, 6)), settings.Start(AffineMap.Zero(5, 6)));
        for (var i = 0; i < data.Rows; i++)
        {
            var (x, y) = (data.Inputs.Row(i).ToArray(), data.Targets.Row(i).ToArray());
            Assert.Equal(single.Step(x, y), batch.Step(Reference.Dataset([x], [y])));
            Assert.Equal(single.Map, batch.Map);
        }
    }

    [Fact]
    public void Optimizer_that_keeps_to_gradients_never_moves_along_free_directions() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[0, s_chains.Length - 1], Gen.Int[1, 5])
            .Sample((problem, chain, batch) =>
        {
            var optimizer = s_chains[chain];
            if (!optimizer.PreservesNullSpace)
            {
                return true;
            }

            var settings = new GradientDescent(problem.Rate(0.01, Loss.Sum))
            {
                Optimizer = optimizer,
                Loss = Loss.Sum,
                BatchSize = batch
            };
            return new[] { settings.Train(problem.Start, problem.Data, 100).Last(),
                settings.Train(problem.Start, problem.Fit, 100).Last() }
                .All(last => problem.Fit.NullSpace.Project(last.Map - problem.Start).Norm
                    <= Rounding * problem.Start.Norm * 10);
        });

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    public void Optimizer_that_scales_elements_moves_along_free_directions(string name)
    {
        var optimizer = Named(name);
        Assert.False(optimizer.PreservesNullSpace);
        var problem = OnePoint();
        var last =
            new GradientDescent(0.01) { Optimizer = optimizer }.Train(problem.Start, problem.Fit, 300)
                .Last();
        Assert.True(problem.Fit.NullSpace.Project(last.Map - problem.Start).Norm > 0.1);
    }

    [Fact]
    public void Conjugate_gradients_arrive_in_as_many_steps_as_the_rank_and_keep_to_the_row_space() =>
        TrainingProblems.Any.Sample(problem =>
        {
            if (!IsWellConditioned(problem.Fit))
            {
                return true; // rounding spoils the directions, and no number of steps is promised
            }

            var limit = problem.Fit.ClosestTo(problem.Start);
            var epochs =
                new ConjugateGradient().Train(problem.Start, problem.Fit, 2 * problem.Fit.Rank)
                    .ToList();
            var end = epochs.Count == 0 ? problem.Start : epochs[^1].Map;
            return (end - limit).Norm <= 1e-9 * (1 + limit.Norm)
                && problem.Fit.NullSpace.Project(end - problem.Start).Norm <= Rounding * (1 + problem.Start.Norm) * 10;
        });

    [Fact]
    public void Lbfgs_arrives_and_keeps_to_the_row_space() =>
        TrainingProblems.Any.Sample(problem =>
        {
            if (!IsWellConditioned(problem.Fit))
            {
                return true; // rounding spoils the directions, and no number of steps is promised
            }

            var limit = problem.Fit.ClosestTo(problem.Start);
            var epochs = new Lbfgs().Train(problem.Start, problem.Fit, 10 * problem.Fit.Rank).ToList();
            var end = epochs.Count == 0 ? problem.Start : epochs[^1].Map;
            return (end - limit).Norm <= 1e-9 * (1 + limit.Norm)
                && problem.Fit.NullSpace.Project(end - problem.Start).Norm <= Rounding * (1 + problem.Start.Norm) * 10;
        });

    /// <summary>Whether the Hessian's eigenvalues, 0 left out, are within a factor of 1e4.</summary>
    private static bool IsWellConditioned(LinearFit fit)
    {
        var eigenvalues = new LearningPlan(fit.Spectrum, Loss.Mse, fit.Rows, fit.Names.Targets.Count).Eigenvalues;
        return eigenvalues.All(value => value >= eigenvalues[0] / 1e4);
    }

    [Fact]
    public void Loss_never_rises_along_line_searches()
    {
        var problem = new TrainingProblem(TrainingProblems.Noisy(50, 6, 3, 0.1, seed: 8),
            AffineMap.Random(6, 3, new RandomSource(2)));
        foreach (var epochs in new[] { new ConjugateGradient().Train(problem.Start, problem.Fit, 8),
            new Lbfgs().Train(problem.Start, problem.Fit, 8) })
        {
            var losses = epochs.Select(epoch => epoch.Loss).ToArray();
            Assert.Equal(losses.OrderDescending(), losses);
        }
    }

    [Theory]
    [InlineData("momentum")]
    [InlineData("first beta")]
    [InlineData("alpha")]
    [InlineData("epsilon")]
    [InlineData("weight decay")]
    [InlineData("largest length")]
    public void Setting_out_of_its_range_is_refused_by_name(string setting)
    {
        Optimizer Make() => setting switch
        {
            "momentum" => Optimizer.Momentum(1),
            "first beta" => Optimizer.Adam(beta1: -0.1),
            "alpha" => Optimizer.RmsProp(alpha: 1),
            "epsilon" => Optimizer.AdaGrad(epsilon: 0),
            "weight decay" => Optimizer.AdamW(decay: double.NaN),
            _ => Optimizer.Sgd.After(new ClipByNorm(0)),
        };
        Assert.Contains(setting, Assert.Throws<ArgumentOutOfRangeException>(Make).Message);
    }

    [Fact]
    public void Optimizers_of_equal_stages_are_equal()
    {
        Assert.Equal(Optimizer.Adam(), Optimizer.Adam());
        Assert.NotEqual(Optimizer.Adam(), Optimizer.Adam(beta1: 0.8));
        Assert.Equal("adamw: adam(0.9, 0.999, 1E-08), decay(0.01)", Optimizer.AdamW().ToString());
    }

    internal static Optimizer Named(string name) => Optimizer.All.Single(optimizer => optimizer.Name == name);

    /// <summary>The question: one point, three inputs, three targets.</summary>
    internal static TrainingProblem OnePoint()
    {
        var random = new RandomSource(1);
        var (truth, start) = (AffineMap.Random(3, 3, random), AffineMap.Random(3, 3, random));
        double[] x = [0.2, 0.4, 0.9];
        return new TrainingProblem(Reference.Dataset([x], [truth.Apply(x)]), start);
    }

    private static GradientDescent Settings(string run)
    {
        var steps = s_reference.GetProperty("steps").GetInt32();
        var settings = new GradientDescent(s_reference.GetProperty("rate").GetDouble());
        return run switch
        {
            "sgd, decay" => settings with { Optimizer = Optimizer.Sgd.After(new WeightDecay(0.1)) },
            "adam, decay" => settings with { Optimizer = Optimizer.Adam().After(new WeightDecay(0.1)) },
            "rmsprop, momentum" => settings with { Optimizer = s_chains.Single(chain => chain.Name == run) },
            "sgd, clip" => settings with { Optimizer = Optimizer.Sgd.After(new ClipByNorm(0.25)) },
            "sgd, step" => settings with { Schedule = Schedule.Step(3, 0.5) },
            "sgd, exponential" => settings with { Schedule = Schedule.Exponential(0.8) },
            "sgd, cosine" => settings with { Schedule = Schedule.Cosine(steps) },
            "sgd, warm-up" => settings with { Schedule = Schedule.Constant.After(warmUp: 4) }, // 1/4, 2/4, 3/4, 1
            _ => settings with { Optimizer = Named(run) },
        };
    }

    private static AffineMap Map(JsonElement element) =>
        new(Reference.Dataset(Rows("weights", element), Rows("weights", element)).Inputs,
            [.. element.GetProperty("bias").EnumerateArray().Select(value => value.GetDouble())]);

    private static double[][] Rows(string name, JsonElement? element = null) =>
        [.. (element ?? s_reference).GetProperty(name).EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
