using Plumb.Rivals;

switch (args)
{
    case ["versions"]:
        Console.WriteLine(
            $".NET {Environment.Version}, Math.NET Numerics {Versions.Of(typeof(MathNet.Numerics.Control))}, "
                + $"Microsoft.ML {Versions.Of(typeof(Microsoft.ML.MLContext))}");
        return 0;
    case ["draw", var folder, var rows, var inputs, var targets, var values]:
        Problem.Draw(folder, Versions.Count(rows), Versions.Count(inputs), Versions.Count(targets), values == "normal");
        return 0;
    case ["references", var data, var folder]:
        ReferenceProblems.Write(data, folder);
        return 0;
    case ["moments", var results, var size]:
        MomentsTable.Measure(results, size == "quick");
        return 0;
    case ["fit", var system, var results, .. var problems]:
        Fits.Run(system, results, problems);
        return 0;
    case ["report", var folder, var output, var date, var size]:
        await File.WriteAllTextAsync(output, Report.Of(folder, date, size));
        return 0;
    default:
        await Console.Error.WriteLineAsync("bench/rivals/run starts this program; it says how.");
        return 2;
}
