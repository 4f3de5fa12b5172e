using System.Diagnostics;
using System.Globalization;
using Plumb.Fuzz;

// Plumb.Fuzz FOLDER [--seconds N] [--seed N] [--only NAME] [--keep FOLDER]: tries every reader in turn; findings are
// written to the folder kept, and make the exit code 1.
var options = args.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "",
    StringComparer.Ordinal);
string Option(string name, string usual) => options.GetValueOrDefault(name, usual);
if (args.Length == 0 || options.Keys.Except(["--seconds", "--seed", "--only", "--keep"]).Any())
{
    Console.Error.WriteLine("usage: Plumb.Fuzz FOLDER-OF-SEEDS [--seconds N] [--seed N] [--only NAME] [--keep FOLDER]");
    return 2;
}

var targets = FuzzTargets.All(args[0]).Where(target => Option("--only", target.Name) == target.Name).ToList();
var seconds = double.Parse(Option("--seconds", "60"), CultureInfo.InvariantCulture) / Math.Max(targets.Count, 1);
var run = new FuzzRun(long.Parse(Option("--seed", "1"), CultureInfo.InvariantCulture)) { WatchesMemory = true };
var findings = 0;
foreach (var target in targets)
{
    var (watch, count, slowest, last, before) = (Stopwatch.StartNew(), 0, TimeSpan.Zero, TimeSpan.Zero, findings);
    // What ends the process leaves its file.
    var begun = target.IsNative ? Directory.CreateDirectory(Option("--keep", "findings")).FullName : null;
    var current = begun is null ? null : Path.Combine(begun, $"{target.Name}_begun.bin");
    await foreach (var finding in (run with { BegunPath = current }).OfAsync(target))
    {
        count++;
        (slowest, last) = (TimeSpan.FromTicks(Math.Max(slowest.Ticks, (watch.Elapsed - last).Ticks)), watch.Elapsed);
        if (finding is not null)
        {
            findings++;
            var path = Path.Combine(Directory.CreateDirectory(Option("--keep", "findings")).FullName, finding.FileName);
            await File.WriteAllBytesAsync(path, finding.Bytes);
            Console.WriteLine($"{path}\n  {finding.Problem}");
        }

        if (watch.Elapsed.TotalSeconds > seconds || findings - before >= 10)
        {
            break;
        }
    }

    if (current is not null)
    {
        File.Delete(current);
    }

    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture,
            $"{target.Name}: {count} files, {findings - before} findings, slowest {slowest.TotalMilliseconds:F0} ms"));
}

return findings > 0 ? 1 : 0;
