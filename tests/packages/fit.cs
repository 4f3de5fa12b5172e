#:package Plumb@0.1.0

using Plumb;

await using var reader = await CsvReader.OpenAsync(File.OpenRead(args[0]), args[0]);
var moments = await Moments.ReadAsync(reader, ["wall_area", "glazing_area"], ["heating_load"]);
var fit = new LeastSquares().Fit(moments);
Console.WriteLine($"{fit.Map.WeightsOf(0)[0]:R} {fit.Map.WeightsOf(0)[1]:R} {fit.Map.Bias[0]:R}");
Console.WriteLine(fit);
Console.Write(fit.Report());
