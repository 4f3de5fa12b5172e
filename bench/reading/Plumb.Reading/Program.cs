using System.Globalization;
using Plumb.Reading;

// One contender a process, so that its time and its memory are its own: bench/reading/run starts and measures them.
switch (args)
{
    case ["versions"]:
        Console.WriteLine(Report.Versions());
        return 0;
    case ["generate", "full" or "short", var rows, var path]:
        return Table.Write(path, args[1] == "full", int.Parse(rows, CultureInfo.InvariantCulture));
    case ["generate", "flights", var rows, var path]:
        return Table.WriteFlights(path, int.Parse(rows, CultureInfo.InvariantCulture));
    case ["parquet", var csv, var parquet]:
        return Table.ToParquet(csv, parquet);
    case ["report", var folder, var output]:
        await File.WriteAllTextAsync(output, Report.Of(folder));
        return 0;
    case [var contender, var path] when Contenders.All.TryGetValue(contender, out var read):
        Console.WriteLine(
            string.Join(' ', (await read(path)).Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    default:
        await Console.Error.WriteLineAsync("bench/reading/run starts this program; it says how.");
        return 2;
}
