open System.IO
open Plumb

let path = System.Environment.GetCommandLineArgs()[1]
let reader = CsvReader.OpenAsync(File.OpenRead path, path).Result
let moments = Moments.ReadAsync(reader, [| "wall_area"; "glazing_area" |], [| "heating_load" |]).Result
let fit = LeastSquares().Fit moments
let weights = fit.Map.WeightsOf(0).ToArray()
System.Console.WriteLine $"""{weights[0].ToString "R"} {weights[1].ToString "R"} {fit.Map.Bias[0].ToString "R"}"""
printfn "%O" fit
printf "%s" (fit.Report())
