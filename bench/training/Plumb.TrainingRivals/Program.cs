using Plumb.TrainingRivals;

switch (args)
{
    case ["draw", var folder]:
        foreach (var task in TrainingTask.All)
        {
            task.Draw(folder);
        }

        return 0;
    case ["plumb", var folder, var results]:
        PlumbSystem.Run(folder, results);
        return 0;
    case ["loop", var folder, var results]:
        PlainLoops.Run(folder, results);
        return 0;
    case ["report", var folder, var date, var output]:
        File.WriteAllText(output, Report.Of(folder, date));
        return 0;
    default:
        Console.Error.WriteLine("bench/training/run starts this program; it says how.");
        return 2;
}
