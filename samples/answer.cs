#!/usr/bin/env dotnet
#:project ../src/Plumb/Plumb.csproj

// The answer: a fresh random point each step, a rate that the spectrum allows, and the exact fit beside it.
//   dotnet run samples/answer.cs

using System.Globalization;
using Plumb;
using Plumb.Training;

var random = new RandomSource(seed: 1);
var actual = AffineMap.Random(inputs: 3, targets: 3, random);
var start = AffineMap.Random(inputs: 3, targets: 3, random);
var slow = new GradientDescent(LearningRate: 0.001) { Loss = Loss.Sum }.Start(start); // what is often recommended
var fast = new GradientDescent(LearningRate: 0.1) { Loss = Loss.Sum }.Start(start);
var moments = new Moments(inputs: 3, targets: 3);

for (var step = 1; step <= 10_000; step++)
{
    double[] x = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
    var y = actual.Apply(x);
    slow.Step(x, y);
    fast.Step(x, y);
    moments.Add(x, y);
    if (step is 100 or 1_000 or 10_000)
    {
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"after {step,6} steps: distance to the truth {(slow.Map - actual).Norm:G3} at rate 0.001, "
                    + $"{(fast.Map - actual).Norm:G3} at rate 0.1; loss at the last point {slow.LossAt(x, y):G3} and "
                        + $"{fast.LossAt(x, y):G3}"));
    }
}

// Why: the spectrum of the points, which was there beforehand.
var fit = new LeastSquares().Fit(moments);
var plan = new LearningPlan(fit.Spectrum, Loss.Sum, moments.Rows, targets: 3, batchSize: 1);
Console.WriteLine(
    string.Create(CultureInfo.InvariantCulture,
        $"steps to come a million times closer: {plan.StepsToShrink(0.001, 1e-6):N0} at rate 0.001, "
            + $"{plan.StepsToShrink(0.1, 1e-6):N0} at rate 0.1; stable below {plan.LargestStableLearningRate:G3}"));
Console.WriteLine(
    string.Create(CultureInfo.InvariantCulture,
        $"the exact fit of the same points: distance to the truth {(fit.Map - actual).Norm:G3}"));
