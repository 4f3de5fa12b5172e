#!/usr/bin/env dotnet
#:project ../src/Plumb/Plumb.csproj

// Arrays in; W, b, and how far they can be believed out.
//   dotnet run samples/fit.cs

using System.Globalization;
using Plumb;

// Celsius, relative humidity, and a sensor's two readings; the third column is Fahrenheit, so it tells nothing new.
double[,] inputs = { { 10, 30, 50 }, { 15, 40, 59 }, { 20, 35, 68 }, { 25, 60, 77 }, { 30, 45, 86 }, { 35, 70, 95 } };
double[,] readings = { { 1.02, 5.1 }, { 1.49, 6.2 }, { 2.03, 5.4 }, { 2.48, 9.1 }, { 3.01, 6.8 }, { 3.52, 10.9 } };
var names = new VariableNames(["celsius", "humidity", "fahrenheit"], ["voltage", "current"]);

var moments = Moments.Of(new Dataset(inputs, readings, names));
var fit = new LeastSquares { Level = 0.95 }.Fit(moments);
var assessment = Assessment.Of(fit);

Console.WriteLine(assessment.Verdict);
foreach (var finding in assessment.Findings)
{
    Console.WriteLine($"  {finding.Message} {finding.Remedy}");
}

for (var t = 0; t < names.Targets.Count; t++)
{
    for (var j = 0; j < names.Inputs.Count; j++)
    {
        var weight = fit.NullSpace.DeterminesWeight(j)
            ? string.Create(CultureInfo.InvariantCulture,
                $"{fit.Map.WeightsOf(t)[j]:G6} +- {fit.IntervalFactor * fit.WeightErrors[t, j]:G2}")
            : "not identified";
        Console.WriteLine($"{names.Targets[t]}: weight of {names.Inputs[j]}: {weight}");
    }
}
