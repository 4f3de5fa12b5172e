#!/usr/bin/env dotnet
#:project ../src/Plumb/Plumb.csproj

// The question: one random point, 1000 steps, a tiny loss, and W and b nothing like the true ones. Why?
//   dotnet run samples/question.cs

using System.Globalization;
using Plumb;

var random = new RandomSource(seed: 1);
var actual = AffineMap.Random(inputs: 3, targets: 3, random);
var trainer =
    new GradientDescent(LearningRate: 0.001) { Loss = Loss.Sum }.Start(AffineMap.Random(inputs: 3, targets: 3, random));

double[] x = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
var y = actual.Apply(x);
Print("Random loss", trainer.LossAt(x, y));

for (var step = 0; step < 1000; step++)
{
    trainer.Step(x, y); // W and b after each step: trainer.Map
}

PrintMap("Actual", actual);
PrintMap("Learned", trainer.Map);
Print("Training loss", trainer.LossAt(x, y));

// And the answer, from the same numbers.
var moments = new Moments(inputs: 3, targets: 3);
moments.Add(x, y);
var explanation = Explanation.Of(trainer.Map, moments, truth: actual);
Console.WriteLine(explanation.Verdict);
foreach (var cause in explanation.Causes)
{
    Print($"  {cause.Code}", cause.Norm);
}

static void Print(string name,
    double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:G6}"));

static void PrintMap(string name, AffineMap map)
{
    for (var t = 0; t < map.TargetCount; t++)
    {
        var weights = string.Join(" ",
            map.WeightsOf(t).ToArray().Select(weight => weight.ToString("F4", CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} W: {weights}   b: {map.Bias[t]:F4}"));
    }
}
