using System.Diagnostics;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>Decides whether an engine adds up the rows that it holds, and lets it do so.</summary>
/// <param name="source">The rows.</param>
/// <param name="given">How they were named.</param>
internal sealed class EngineSums(RowSource source, DataArguments given)
{
    // Plain multiply-adds of PostgreSQL in one process, as docs/scale.md measures them.
    private const double EngineSpeed = 0.02; // thousand million a second
    private const double CostOfExactness = 1.8; // d < 1.8 G / W
    private const int SampleRows = 1 << 15;

    /// <summary>What a user should know about the choice.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>The moments, where the engine is to add up; null where the rows are to be read.</summary>
    /// <param name="reader">Has not read yet.</param>
    /// <param name="design">What becomes of its columns.</param>
    /// <param name="readings">What its cells mean.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Stops the engine.</param>
    /// <exception cref="CommandException">The engine cannot, and has to.</exception>
    public async Task<Moments?> TryAsync(RowReader reader, Design design, ColumnReadings readings, Progress progress,
        CancellationToken cancellationToken)
    {
        if (given.PushDown == PushDown.Never)
        {
            return null;
        }

        var why = WhyNot(reader, design, readings);
        if (given.PushDown == PushDown.Always)
        {
            return why is null ? await SumAsync(reader, design, progress, "", cancellationToken)
                : throw CommandException.DataRefused($"{given.Name}: --push-down always has the engine add up the "
                    + $"rows, and {why}; leave --push-down out, and the rows are read.");
        }

        if (why is not null || given.LooksAgain || reader is not PostgreSqlReader
            || await WireAsync(design.Columns, cancellationToken) is not { } wire)
        {
            return null;
        }

        var columns = design.Columns.Inputs.Count + design.Columns.Targets.Count;
        var reason = string.Create(CultureInfo.InvariantCulture,
            $"its rows come at {wire:G2} GB/s, and {columns} columns are");
        if (columns < CostOfExactness * EngineSpeed / wire)
        {
            return await SumAsync(reader, design, progress, $": {reason} few enough for it", cancellationToken);
        }

        Findings = [new Finding(Severity.Information, "rows-read-out",
            $"The rows were read out of the database: {reason} too many for it to add up as fast.",
            "--push-down always has it add up all the same.")];
        return null;
    }

    private async Task<Moments> SumAsync(RowReader reader, Design design, Progress progress, string reason,
        CancellationToken cancellationToken)
    {
        var bar = new Progress<double>(done => progress.Report(done, "added up in the database"));
        var (inputs, targets) = (design.Columns.Inputs, design.Columns.Targets);
        var moments = await (reader is DuckDbReader duckDb
            ? duckDb.SumAsync(inputs, targets, bar, cancellationToken)
            : ((PostgreSqlReader)reader).SumAsync(inputs, targets, bar, cancellationToken));
        Findings = [new Finding(Severity.Information, "summed-in-database",
            $"The database added up the rows, exactly, and none was read{reason}.",
            "--push-down never reads the rows, and a fit then looks at them again.")];
        return moments;
    }

    private string? WhyNot(RowReader reader, Design design, ColumnReadings readings) =>
        reader is not (PostgreSqlReader or DuckDbReader) ? "these are read by Plumb itself"
            : given.KeepsRows ? "rows are needed"
            : given.Weights is not null ? "they are weighted"
            : given.KeepsSquares || !design.IsPlain || design.Meanings.Count > 0 || !readings.AreNone
                ? "powers, functions, texts, truth values and dates take the rows"
            : reader.MissingValues.Count > 0 ? "values that mark missing ones are told by reading"
            : null;

    /// <summary>How fast rows come, in GB a second; null where there are but few.</summary>
    private async Task<double?> WireAsync(VariableNames columns, CancellationToken cancellationToken)
    {
        await using var reader = await source.OpenAsync(cancellationToken);
        var (clock, rows) = (Stopwatch.StartNew(), 0);
        await foreach (var block in reader.ReadAsync(columns.Inputs, columns.Targets, cancellationToken))
        {
            if (rows == 0)
            {
                clock.Restart(); // how long a query takes to begin does not count
            }

            rows += block.Rows;
            if (rows >= SampleRows)
            {
                var bytes = (double)(rows - block.Rows) * (columns.Inputs.Count + columns.Targets.Count)
                    * sizeof(double);
                return bytes / 1e9 / clock.Elapsed.TotalSeconds;
            }
        }

        return null;
    }
}
