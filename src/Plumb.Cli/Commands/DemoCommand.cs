using System.CommandLine;
using System.Globalization;
using Plumb.Cli.Reports;
using Spectre.Console;

namespace Plumb.Cli.Commands;

/// <summary>Tells, computed live, why a tiny loss does not mean the true W and b, and how to get them.</summary>
internal static class DemoCommand
{
    private const int Size = 3; // inputs and targets
    private const int PointSteps = 1_000;
    private const int FreshSteps = 10_000;
    private const double SmallRate = 0.001;
    private const double LargeRate = 0.1;
    private const int NumberWidth = 7;
    private const double Finished = 1e-12; // of the distance at the start

    public static Command Create(ProcessStreams terminal)
    {
        var seed = Options.Whole("--seed", "The seed of all random numbers", long.MinValue, long.MaxValue);
        seed.DefaultValueFactory = _ => 1;
        var command = new DocumentedCommand(
            "demo",
            "Tells, computed live, why a tiny training loss does not mean the true W and b, and how to get them.",
            "plumb demo",
            "plumb demo --seed 7")
        {
            seed,
        };
        command.SetAction((parsed, _) =>
        {
            Tell(terminal.Console, parsed.GetValue(seed));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Tell(IAnsiConsole console, long seed)
    {
        var random = new RandomSource(seed);
        var truth = AffineMap.Random(Size, Size, random);
        var start = AffineMap.Random(Size, Size, random);
        console.Heading(
            "My training loss is tiny, so why are my W and b nothing like the true ones, and how do I get close?");
        OnePoint(console, truth, start, random);
        FreshPoints(console, truth, start, random);
    }

    private static void OnePoint(IAnsiConsole console, AffineMap truth, AffineMap start, RandomSource random)
    {
        var x = Point(random);
        var y = truth.Apply(x);
        var trainer = new GradientDescent(SmallRate) { Loss = Loss.Sum }.Start(start);
        var initialLoss = trainer.LossAt(x, y);
        for (var step = 0; step < PointSteps; step++)
        {
            trainer.Step(x, y);
        }

        Chapter(console, $"1. The question: one random point, {NumberText.Count(PointSteps)} steps at rate {SmallRate}");
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"W is 3x3, b has 3 elements; the truth, the start and x are drawn uniformly from [0, 1); the loss is "
                    + $"the sum of squares."));
        console.WriteLine();
        Pairs(console, ("random loss", NumberText.Significant(initialLoss, 6)),
            ("training loss", NumberText.Significant(trainer.LossAt(x, y), 6)));
        SideBySide(console, ("actual W", truth), ("learned W", trainer.Map));

        var moments = new Moments(Size, Size);
        moments.Add(x, y);
        var explanation = Explanation.Of(trainer.Map, moments, truth);
        console.Heading("Why");
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"One point determines {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} "
                    + $"directions for each target: {Size * explanation.IdentifiedDirections} of "
                        + $"{Size * explanation.Fit.ParametersPerTarget} parameters' worth. Along the other "
                            + $"{Size * explanation.FreeDirections} no step ever moves; W and b stay there as they "
                                + $"started."));
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"So the end is known beforehand: W0 + r x' / (1 + |x|^2) and b0 + r / (1 + |x|^2), with r = y - W0 x "
                    + $"- b0 (column 'limit'). And the gap to the truth is a sum, parameter by parameter:"));
        GapTable(console, explanation, start);
        var (free, rest) =
            (explanation.Causes.Single(cause => cause.Code == CauseCode.NotIdentified),
                explanation.Causes.Single(cause => cause.Code is CauseCode.NotConverged or CauseCode.Arithmetic));
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"Lengths: gap {NumberText.Significant(explanation.Gap.Norm, 4)}, not identified "
                    + $"{NumberText.Significant(free.Norm, 4)}, not converged {NumberText.Significant(rest.Norm, 4)}. More "
                        + $"steps can remove the last only; the loss sees nothing else."));
        console.WriteLine();
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"A twin: another W and b, {NumberText.Significant((explanation.Twin!.Map - trainer.Map).Norm, 4)} away, "
                    + $"with the same prediction at x to "
                        + $"{NumberText.Significant(explanation.Twin.LargestPredictionDifference, 2)}. The point cannot "
                            + $"tell the two apart:"));
        SideBySide(console, ("twin W", explanation.Twin.Map));
    }

    private static void FreshPoints(IAnsiConsole console, AffineMap truth, AffineMap start, RandomSource random)
    {
        var points = Enumerable.Range(0, FreshSteps).Select(_ => Point(random)).ToArray();
        var moments = new Moments(Size, Size);
        foreach (var x in points)
        {
            moments.Add(x, truth.Apply(x));
        }

        var fit = new LeastSquares().Fit(moments);
        var plan = new LearningPlan(fit.Spectrum, Loss.Sum, moments.Rows, Size, batchSize: 1);
        var initialDistance = (start - truth).Norm;
        var slow = Train(truth, start, points, SmallRate);

        Chapter(console,
            $"2. The usual answer: {NumberText.Count(FreshSteps)} fresh points, one a step, at rate {SmallRate}");
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"Now all {Size * fit.ParametersPerTarget} parameters are determined: rank {fit.Rank} of "
                    + $"{fit.ParametersPerTarget} a target. But has training converged?"));
        console.WriteLine();
        Pairs(
            console,
            ("distance to the truth at the start", NumberText.Significant(initialDistance, 4)),
            (FormattableString.Invariant($"after {NumberText.Count(FreshSteps)} steps"),
                NumberText.Significant((slow - truth).Norm, 4)),
            ("  predicted from the spectrum",
                NumberText.Significant(plan.Path(start - truth, SmallRate).DistanceAfter(FreshSteps), 4)));
        SideBySide(console, ("actual W", truth), ("learned W", slow));
        console.Heading("Why");
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"The Hessian's eigenvalues for these points are "
                    + $"{string.Join(", ", plan.Eigenvalues.Select(NumberText.Measure))}. Along the least, a step at rate "
                        + $"{SmallRate} keeps {NumberText.Significant(plan.SlowestFactor(SmallRate), 6)} of the error, "
                            + $"and {NumberText.Count(FreshSteps)} steps keep "
                                + $"{NumberText.Measure(Math.Pow(plan.SlowestFactor(SmallRate), FreshSteps))}."));
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"To keep only {NumberText.Measure(Finished)} of it takes "
                    + $"{NumberText.Count(plan.StepsToShrink(SmallRate, Finished))} steps at rate {SmallRate}, or "
                        + $"{NumberText.Count(plan.StepsToShrink(LargeRate, Finished))} at rate {LargeRate}; in the mean, "
                            + $"rates below {NumberText.Measure(plan.LargestStableLearningRate)} are stable."));

        ExactFit(console, truth, Train(truth, start, points, LargeRate), fit);
    }

    private static void ExactFit(IAnsiConsole console, AffineMap truth, AffineMap fast, LinearFit fit)
    {
        Chapter(console, $"3. The finished answer: the same points at rate {LargeRate}, and the exact fit");
        Pairs(
            console,
            (string.Create(CultureInfo.InvariantCulture, $"distance to the truth after {NumberText.Count(FreshSteps)} "
                + $"steps at rate {LargeRate}"), NumberText.Significant((fast - truth).Norm, 2)),
            ("distance of the exact fit to the truth", NumberText.Significant((fit.Map - truth).Norm, 2)),
            ("parameters of the exact fit equal to the truth, to the last bit",
                FormattableString.Invariant($"{EqualParameters(fit.Map, truth)} of {Size * fit.ParametersPerTarget}")));
        SideBySide(console, ("actual W", truth), ("learned W", fast), ("fitted W", fit.Map));
        console.Text(
            "A small loss says that predictions are right where the data are. Whether W and b are right, the data's "
                + "rank and spectrum say, beforehand:");
        console.Text("  plumb fit data.csv --target y        what do my data determine?");
        console.Text("  plumb train data.csv --target y      how far has training come?");
        console.Text("  plumb explain model.json data.csv    why are W and b not what I expected?");
    }

    private static AffineMap Train(AffineMap truth, AffineMap start, double[][] points, double rate)
    {
        var trainer = new GradientDescent(rate) { Loss = Loss.Sum }.Start(start);
        foreach (var x in points)
        {
            trainer.Step(x, truth.Apply(x));
        }

        return trainer.Map;
    }

    private static double[] Point(RandomSource random) => [random.NextDouble(), random.NextDouble(),
        random.NextDouble()];

    private static string Short(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static int EqualParameters(AffineMap left, AffineMap right)
    {
        var equal = 0;
        for (var t = 0; t < left.TargetCount; t++)
        {
            equal += left.Bias[t] == right.Bias[t] ? 1 : 0;
            for (var j = 0; j < left.InputCount; j++)
            {
                equal += left.WeightsOf(t)[j] == right.WeightsOf(t)[j] ? 1 : 0;
            }
        }

        return equal;
    }

    private static void Chapter(IAnsiConsole console, string title)
    {
        console.WriteLine();
        console.Write(new Rule("[bold]" + Markup.Escape(title) + "[/]").LeftJustified());
        console.WriteLine();
    }

    private static void Pairs(IAnsiConsole console, params (string Name, string Value)[] pairs)
    {
        var width = pairs.Max(pair => pair.Name.Length);
        foreach (var (name, value) in pairs)
        {
            console.Text($"  {name.PadRight(width)}  {value}");
        }
    }

    /// <summary>Maps beside each other, a target a line: its weights, then its bias.</summary>
    private static void SideBySide(IAnsiConsole console, params (string Name, AffineMap Map)[] maps)
    {
        const string Gap = "   ";
        console.WriteLine();
        console.Text(
            "  "
                + string.Join(Gap,
                    maps.Select(entry => entry.Name.PadRight(NumberWidth * entry.Map.InputCount + 1)
                        + "b".PadLeft(NumberWidth))));
        for (var t = 0; t < maps[0].Map.TargetCount; t++)
        {
            var target = t;
            console.Text(
                "  "
                    + string.Join(Gap,
                        maps.Select(entry => Numbered(entry.Map.WeightsOf(target)) + " "
                            + Short(entry.Map.Bias[target]).PadLeft(NumberWidth))));
        }

        console.WriteLine();

        static string Numbered(ReadOnlySpan<double> weights) =>
            string.Concat(
                weights.ToArray().Select((weight, j) => Short(weight).PadLeft(j == 0 ? NumberWidth - 1 : NumberWidth)))
                + " ";
    }

    private static void GapTable(IAnsiConsole console, Explanation explanation, AffineMap start)
    {
        var table = ReportParts.Table("parameter", "start", "learned", "limit", "truth", "gap", "= not identified",
            "+ not converged");
        for (var t = 0; t < start.TargetCount; t++)
        {
            for (var j = 0; j <= start.InputCount; j++)
            {
                double Value(AffineMap map) => j < map.InputCount ? map.WeightsOf(t)[j] : map.Bias[t];
                double Part(params CauseCode[] codes) =>
                    explanation.Causes.Where(cause => codes.Contains(cause.Code)).Sum(cause => Value(cause.Part));
                table.Row(
                    j < start.InputCount ? FormattableString.Invariant($"W[{t + 1},{j + 1}]")
                        : FormattableString.Invariant($"b[{t + 1}]"),
                    Short(Value(start)),
                    Short(Value(explanation.Candidate)),
                    Short(Value(explanation.Limit)),
                    Short(Value(explanation.Truth!)),
                    NumberText.Signed(Value(explanation.Gap)),
                    NumberText.Signed(Part(CauseCode.NotIdentified)),
                    NumberText.Signed(Part(CauseCode.NotConverged, CauseCode.Arithmetic)));
            }
        }

        console.WriteTable(table);
    }
}
