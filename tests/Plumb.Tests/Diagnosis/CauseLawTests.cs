namespace Plumb.Tests;

/// <summary>Causes add up to the gap, whatever was trained, on whatever data, and each says what it claims.</summary>
public sealed class CauseLawTests
{
    private const double Digits = 1e-12; // of the largest term

    private static readonly Gen<Case> s_case =
        from inputs in Gen.Int[1, 4]
        from targets in Gen.Int[1, 3]
        from rows in Gen.Int[1, 20]
        from deficient in Gen.Bool
        from offset in OneOf(0.0, 1.0, 1e3, 1e8)
        from batch in OneOf(1, 3, 1000)
        from steps in OneOf(0L, 1L, 100L)
        from noise in OneOf(0.0, 1e-9, 0.1)
        from objective in OneOf("none", "ridge", "decay", "stop")
        from bias in Gen.Bool
        from seed in Gen.Long
        select Case.Of(inputs, targets, rows, deficient, offset, batch, steps, noise, objective, bias, seed);

    [Fact]
    public void Causes_add_up_to_the_gap_to_twelve_digits_of_the_largest() => s_case.Sample(IsSum, iter: 500);

    [Fact]
    public void Not_identified_part_changes_no_prediction_and_the_others_lie_in_what_rows_span() =>
        s_case.Sample(problem =>
        {
            var explanation = problem.Explain();
            return explanation.Causes.All(cause =>
            {
                var free = explanation.Fit.NullSpace.Project(cause.Part);
                return (cause.Code == CauseCode.NotIdentified ? (cause.Part - free).Norm : free.Norm)
                    <= 1e-12 * cause.Norm;
            });
        });

    [Fact]
    public void Training_leaves_the_not_identified_part_of_its_start() =>
        s_case.Where(problem => problem.Offset < 10).Sample(problem =>
        {
            var fit = new LeastSquares { Bias = problem.Bias }.Fit(problem.Moments);
            return fit.NullSpace.Project(problem.Candidate - problem.Start).Norm <= 1e-9 * (1 + problem.Candidate.Norm);
        });

    [Fact]
    public void Weight_decay_leads_to_the_minimiser_of_loss_and_penalty()
    {
        // Where training with it arrives: steps of gradient + decay * parameters.
        var data = Case.Of(2, 1, 12, deficient: false, 1, 1000, 0, 0.1, "none", bias: true, 5);
        var fit = new LeastSquares().Fit(data.Moments);
        var goal = Objective.Decay(fit, Loss.Mse, 0.3).Goal;
        for (var j = 0; j < 3; j++)
        {
            // d/dw (mean r^2 + 0.3/2 |w|^2) = 2 mean r x + 0.3 w
            var slope = 0.3 * (j < 2 ? goal.WeightsOf(0)[j] : goal.Bias[0]);
            for (var i = 0; i < data.Data.Rows; i++)
            {
                var residual = goal.Apply(data.Data.Inputs.Row(i))[0] - data.Data.Targets[i, 0];
                slope += 2 * residual * (j < 2 ? data.Data.Inputs[i, j] : 1) / data.Data.Rows;
            }

            Assert.Equal(0, slope, 1e-12);
        }
    }

    [Fact]
    public void Early_stop_is_where_the_steps_end() =>
        s_case.Where(problem => problem.Offset < 10).Sample(problem =>
        {
            var fit = new LeastSquares { Bias = problem.Bias }.Fit(problem.Moments);
            var rate = Case.Rate(fit);
            var settings = new GradientDescent(rate) { Bias = problem.Bias };
            var last = settings.Train(problem.Start, fit, 50).Last();
            var goal = Objective.EarlyStop(fit, problem.Start, Loss.Mse, rate, last.Steps).Goal;
            return (goal - last.Map).Norm <= 1e-9 * (1 + last.Map.Norm);
        });

    [Fact]
    public void Outliers_are_misfit_and_what_is_left_is_noise()
    {
        var random = new RandomSource(3);
        var truth = new AffineMap(new double[,] { { 2, -1 } }, [0.5]);
        var x = Matrix.Create(100, 2, (_, _) => random.NextDouble());
        var y = Matrix.Create(100, 1,
            (i, _) => truth.Apply(x.Row(i))[0] + 0.01 * random.NextNormal() + (i % 50 == 7 ? 3 : 0));
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x, y)));
        var rows = new RowTests(fit);
        rows.Add(new Dataset(x, y));
        var explanation = Explanation.Of(fit.Map, fit, new Background { Truth = truth, Rows = rows.Report() });
        double Norm(CauseCode code) => explanation.Causes.Single(cause => cause.Code == code).Norm;
        Assert.True(Norm(CauseCode.Misfit) > 10 * Norm(CauseCode.Noise));
        Assert.Equal(0, Norm(CauseCode.Arithmetic));
        Assert.Contains("rows do not follow an affine map", explanation.Verdict);
    }

    [Fact]
    public void Weights_kept_as_float32_are_the_best_fit_to_their_rounding()
    {
        var problem = Case.Of(3, 2, 20, deficient: false, 1, 1000, 0, 0.1, "none", bias: true, 9);
        var fit = new LeastSquares().Fit(problem.Moments);
        var rounded = new AffineMap(Matrix.Create(2, 3, (t, j) => (float)fit.Map.WeightsOf(t)[j]),
            [.. fit.Map.Bias.ToArray().Select(value => (double)(float)value)]);
        Assert.Equal(CauseCode.NotConverged, Explanation.Of(rounded, problem.Moments).Causes.Single().Code);
        Assert.Equal(CauseCode.Arithmetic,
            Explanation.Of(rounded, fit,
                new Background { SignificandBits = 24 }).Causes.Single().Code);
    }

    [Fact]
    public void Truth_that_noise_does_not_explain_is_told_as_such()
    {
        var random = new RandomSource(4);
        var x = Matrix.Create(200, 1, (_, _) => random.NextDouble());
        var y = Matrix.Create(200, 1, (i, _) => x[i, 0] + 0.01 * random.NextNormal());
        var moments = Moments.Of(new Dataset(x, y));
        string[] Codes(double slope) =>
            [.. Explanation.Of(new LeastSquares().Fit(moments).Map, moments,
                new AffineMap(new double[,] { { slope } }, [0])).Findings.Select(finding => finding.Code)];
        Assert.Equal(["noise"], Codes(1));
        Assert.Equal(["noise", "not-noise"], Codes(1.1));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool IsSum(Case problem)
    {
        var explanation = problem.Explain();
        var largest = explanation.Causes.Max(cause => cause.Norm);
        var sum = explanation.Causes.Select(cause => cause.Part).Aggregate((left, right) => left + right);
        return (sum - explanation.Gap).Norm <= Digits * largest;
    }

    /// <summary>Data, and a map trained on them.</summary>
    private sealed record Case(Dataset Data, Moments Moments, AffineMap Truth, AffineMap Start, AffineMap Candidate,
        double Offset, string Objective, bool Bias)
    {
        public static Case Of(int inputs, int targets, int rows, bool deficient, double offset, int batch, long steps,
            double noise, string objective, bool bias, long seed)
        {
            var random = new RandomSource(seed);
            var truth = AffineMap.Random(inputs, targets, random);
            truth = bias ? truth : new AffineMap(truth.Weights, new double[targets]);
            var x = Matrix.Create(rows, inputs, (_, _) => offset + random.NextNormal());
            for (var i = 0; i < rows && deficient && inputs > 1; i++)
            {
                x[i, inputs - 1] = x[i, 0];
            }

            var y = Matrix.Create(rows, targets, (i, t) => truth.Apply(x.Row(i))[t] + noise * random.NextNormal());
            var (data, start) = (new Dataset(x, y), AffineMap.Random(inputs, targets, random));
            start = bias ? start : new AffineMap(start.Weights, new double[targets]);
            var problem = new Case(data, Moments.Of(data), truth, start, start, offset, objective, bias);
            // So that no batch of few rows diverges at once.
            var rate = Rate(new LeastSquares { Bias = bias }.Fit(problem.Moments)) / 4;
            var last = steps == 0 ? null
                : new GradientDescent(rate) { Bias = bias, BatchSize = batch, Seed = seed }.Train(start, data, steps)
                    .LastOrDefault(epoch => !epoch.Diverged);
            return problem with { Candidate = last?.Map ?? start };
        }

        public static double Rate(LinearFit fit) => fit.Spectrum.Eigenvalues.Count == 0 ? 0.1
            : new LearningPlan(fit.Spectrum, Loss.Mse, fit.Rows, fit.Names.Targets.Count).BestLearningRate;

        public Explanation Explain()
        {
            var fit = new LeastSquares { Bias = Bias }.Fit(Moments);
            return Explanation.Of(Candidate, fit, new Background
            {
                Truth = Truth,
                Objective = Objective switch
                {
                    "ridge" => Plumb.Diagnosis.Objective.Ridge(Moments, 0.5, Bias),
                    "decay" => Plumb.Diagnosis.Objective.Decay(fit, Loss.Mse, 0.1),
                    "stop" => Plumb.Diagnosis.Objective.EarlyStop(fit, Start, Loss.Mse, Rate(fit), 10),
                    _ => null,
                },
            });
        }
    }
}
