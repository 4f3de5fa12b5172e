using System.Diagnostics;
using System.Globalization;

namespace Plumb.Cli;

/// <summary>Decides whether an engine adds up the rows that it holds, and lets it do so.</summary>
/// <param name="source">The rows.</param>
/// <param name="given">How they were named.</param>
internal sealed class EngineSums(RowSource source, DataArguments given)
{
    private const int SampleRows = 1 << 14;

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
            || await MeasureAsync(design.Columns, cancellationToken) is not { } sample)
        {
            return null;
        }

        if (sample.Summed < sample.Read)
        {
            return await SumAsync(reader, design, progress, $": {sample}", cancellationToken);
        }

        Findings = [new Finding(Severity.Information, "rows-read-out",
            $"The rows were read out of the database: {sample}.", "--push-down always has it add up all the same.")];
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

    /// <summary>How long both ways take for the first rows; null where there are but few.</summary>
    private async Task<Sample?> MeasureAsync(VariableNames columns, CancellationToken cancellationToken)
    {
        var (clock, rows, read) = (Stopwatch.StartNew(), 0, TimeSpan.Zero);
        await using (var reader = await source.OpenAsync(cancellationToken))
        {
            await foreach (var block in reader.ReadAsync(columns.Inputs, columns.Targets, cancellationToken))
            {
                if (rows == 0)
                {
                    clock.Restart(); // how long a query takes to begin does not count
                }

                rows += block.Rows;
                if (rows >= SampleRows)
                {
                    read = clock.Elapsed;
                    break;
                }
            }
        }

        if (rows < SampleRows)
        {
            return null;
        }

        await using var summing = (PostgreSqlReader)await source.OpenAsync(cancellationToken);
        summing.MostRows = SampleRows;
        clock.Restart();
        await summing.SumAsync(columns.Inputs, columns.Targets, null, cancellationToken);
        return new Sample(read, clock.Elapsed);
    }

    private sealed record Sample(TimeSpan Read, TimeSpan Summed)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"it added up the first {SampleRows} in {Summed.TotalSeconds:F2} s, and reading them took "
                + $"{Read.TotalSeconds:F2} s");
    }
}
