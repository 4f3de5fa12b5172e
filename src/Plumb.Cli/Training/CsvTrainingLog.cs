using System.Globalization;

namespace Plumb.Cli.Training;

/// <summary>One line a report: the step, the quantities, each with all its digits.</summary>
internal sealed class CsvTrainingLog : TrainingLog
{
    private readonly StreamWriter _writer;
    private bool _hasHeader;

    /// <param name="path">The file.</param>
    /// <param name="after">Where to resume: lines of later steps are dropped; 0 begins a new file.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public CsvTrainingLog(string path, long after)
    {
        try
        {
            if (after > 0 && File.Exists(path))
            {
                var kept = File.ReadLines(path).Where((line, i) => i == 0 || StepOf(line) < after).ToArray();
                // The lines so far are never at stake.
                AtomicFile.WriteAsync(path, stream => WriteLinesAsync(stream, kept), CancellationToken.None)
                    .GetAwaiter().GetResult();
                _hasHeader = kept.Length > 0;
            }

            _writer = new StreamWriter(path, append: _hasHeader) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Environment,
                $"{path} cannot be written ({e.Message}); choose a directory where you may write.");
        }
    }

    public override void Write(TrainingStatus status)
    {
        var quantities = Quantities(status).ToArray();
        if (!_hasHeader)
        {
            _writer.WriteLine(string.Join(',', quantities.Select(quantity => Quoted(quantity.Name)).Prepend("step")));
            _hasHeader = true;
        }

        _writer.Write(status.Steps.ToString(CultureInfo.InvariantCulture));
        foreach (var (_, value) in quantities)
        {
            _writer.Write(',');
            _writer.Write(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture));
        }

        _writer.WriteLine();
    }

    public override void Flush() => _writer.Flush();

    public override void Dispose() => _writer.Dispose();

    private static async Task WriteLinesAsync(Stream stream, IEnumerable<string> lines)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line);
        }
    }

    private static long StepOf(string line) =>
        long.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(','))), NumberStyles.None, CultureInfo.InvariantCulture,
            out var step) ? step : long.MaxValue;

    private static string Quoted(string name) => name.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{name.Replace("\"", "\"\"")}\"" : name;
}
