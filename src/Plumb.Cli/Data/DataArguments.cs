using System.Globalization;

namespace Plumb.Cli;

/// <summary>The data as a command line names them; here is decided what reads them.</summary>
/// <param name="Paths">Files, patterns for files, or - for standard input; may be empty where there is a query.</param>
/// <param name="Format">How CSV files are written, and what to do with missing values in any.</param>
internal sealed record DataArguments(IReadOnlyList<string> Paths, CsvFormat Format)
{
    /// <summary>A query to read instead of whole files.</summary>
    public string? Sql { get; init; }

    /// <summary>The table of a database.</summary>
    public string? Table { get; init; }

    /// <summary>What a number in a text is taken for.</summary>
    public NumberReading Numbers { get; init; }

    /// <summary>The column that weighs the rows, if there is one.</summary>
    public WeightColumn? Weights { get; init; }

    /// <summary>Whether the rows are needed, not only their moments.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>Whether moments are to keep the squares of columns beside these.</summary>
    public bool KeepsSquares { get; init; }

    /// <summary>Whether a text that is no level of a model's category counts as missing, and is not refused.</summary>
    public bool UnseenIsMissing { get; init; }

    /// <summary>Whether numbers are decimals as they are written, and not the nearest doubles.</summary>
    public bool Decimals => Numbers == NumberReading.Decimal;

    /// <summary>Whether all data are text, whose numbers are decimals.</summary>
    public bool IsText => Sql is null && Table is null && Paths.SelectMany(Expand).All(IsTextFile);

    /// <summary>What the data are called in messages and reports.</summary>
    public string Name => ToPostgreSql() is { } input ? input.Name
        : Sql is not null || Table is not null ? ToDuckDb().Name
        : Paths is [var only] ? DataFile.NameOf(only)
        : string.Create(CultureInfo.InvariantCulture,
            $"{(PostgreSqlAddress.IsMeant(Paths[0]) ? Address(Paths[0]).Name : Paths[0])} and {Paths.Count - 1} more");

    /// <summary>Whether standard input is read.</summary>
    public bool UsesStandardInput => Paths.Contains("-");

    /// <summary>The moments file that stands in for the rows, if it is one.</summary>
    public string? MomentsPath => Sql is null && Table is null && Paths is [var only] && IsMoments(only) ? only : null;

    /// <summary>The states of the files now, before they are read.</summary>
    public FileStates StatesOfFiles() => FileStates.Of(Paths.Where(path => path != "-").SelectMany(Expand));

    /// <summary>The bytes of the files; 0 when there is one whose bytes cannot be told beforehand.</summary>
    public long Length
    {
        get
        {
            var lengths = Paths.SelectMany(Expand).Select(DataFile.Length).ToList();
            return lengths.Contains(0) ? 0 : lengths.Sum();
        }
    }

    /// <summary>The rows.</summary>
    /// <exception cref="CommandException">There is no such file, no reader for it, or an option that does not fit
    /// it.</exception>
    public RowSource ToSource(ProcessStreams terminal)
    {
        if (Paths.Count(path => path == "-") > 1)
        {
            throw CommandException.Usage(
                "DATA names standard input twice, and it can be read only once; name it once.");
        }

        return ToPostgreSql() is { } input ? OfPostgreSql(input)
            : Sql is null && Table is null
            ? RowSource.Concatenate(Name, [.. Paths.SelectMany(Expand).Select(file => OfFile(file, terminal))])
            : OfDuckDb(ToDuckDb(), Paths is [var path] ? path : null);
    }

    private static IReadOnlyList<string> Expand(string path) => PostgreSqlAddress.IsMeant(path) ? [path]
        : FilePattern.Expand(path);

    private static bool IsMoments(string path) => DataFile.IsMoments(path) && !PostgreSqlAddress.IsMeant(path);

    private bool IsTextFile(string path) =>
        !PostgreSqlAddress.IsMeant(path) && !DataFile.IsMoments(path) && DuckDbFile(path) is null && !IsArrow(path)
            && !IsArray(path);

    private static bool IsArrow(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".arrow" or ".arrows" or ".feather" or ".ipc";

    private static bool IsArray(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".npy" or ".npz" or ".safetensors";

    private RowSource OfFile(string path, ProcessStreams terminal)
    {
        if (PostgreSqlAddress.IsMeant(path))
        {
            return OfPostgreSql(new PostgreSqlInput.Table(Address(path)));
        }

        if (IsMoments(path))
        {
            throw CommandException.DataRefused(
                $"{path}: holds moments, where rows were expected; add moments up with 'plumb merge'.");
        }

        if (DuckDbFile(path) is { } input)
        {
            return OfDuckDb(input, path);
        }

        if (IsArrow(path))
        {
            RequireNoCsvOptions(path);
            return new RowSource(path,
                async cancellationToken =>
                    await ArrowReader.OpenAsync(DataFile.OpenToSeek(path, terminal), path, Format.DropMissing,
                        cancellationToken));
        }

        if (IsArray(path))
        {
            RequireNoCsvOptions(path);
            return new RowSource(path,
                _ =>
                    Task.FromResult<RowReader>(
                        ArrayReader.Open(DataFile.OpenToSeek(path, terminal), path, Format.DropMissing)));
        }

        return new RowSource(DataFile.NameOf(path),
            async cancellationToken =>
                await CsvReader.OpenAsync(DataFile.Open(path, terminal), DataFile.NameOf(path), Format,
                    cancellationToken))
        {
            CanReadAgain = DataFile.Length(path) > 0, // not over standard input and pipes
        };
    }

    private RowSource OfDuckDb(DuckDbInput input, string? path)
    {
        if (path is not null)
        {
            DataFile.Require(path);
        }

        RequireNoCsvOptions(input.Name);
        return new RowSource(input.Name,
            async cancellationToken => await DuckDbReader.OpenAsync(input, Format.DropMissing, cancellationToken));
    }

    private RowSource OfPostgreSql(PostgreSqlInput input)
    {
        RequireNoCsvOptions(input.Name);
        return new RowSource(input.Name,
            async cancellationToken => await PostgreSqlReader.OpenAsync(input, Format.DropMissing, cancellationToken));
    }

    // What is read where a database's address is the only DATA.
    private PostgreSqlInput? ToPostgreSql() => Paths is not [var path] || !PostgreSqlAddress.IsMeant(path) ? null
        : Sql is null ? new PostgreSqlInput.Table(Address(path), Table)
        : new PostgreSqlInput.Query(Address(path), Sql);

    private static PostgreSqlAddress Address(string path)
    {
        try
        {
            return PostgreSqlAddress.Parse(path);
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage(exception.Message);
        }
    }

    // What --sql or --table read.
    private DuckDbInput ToDuckDb()
    {
        if (Paths.Count > 1)
        {
            throw CommandException.Usage(
                $"{(Sql is null ? "--table" : "--sql")} and {Paths.Count} files are given, expected one file"
                    + $"{(Sql is null ? "" : " or none; a query can name several, as in from 'data/*.parquet'")}.");
        }

        DuckDbInput? file = Paths is not [var path] ? null
            : DuckDbFile(path)
                ?? throw CommandException.Usage($"{DataFile.NameOf(path)} is read as CSV, which has no tables and "
                    + $"answers no query; give {(Sql is null ? "a database" : "a database, Parquet or JSON file")}, or "
                        + $"leave out {(Sql is null ? "--table" : "--sql")}.");
        if (Table is not null && file is not DuckDbInput.Table)
        {
            throw CommandException.Usage(
                $"--table is for databases, and {file?.Name ?? "the query"} is none; leave it out.");
        }

        return Sql is null ? file! : new DuckDbInput.Query(Sql, file);
    }

    private DuckDbInput? DuckDbFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" or ".pq" => new DuckDbInput.Parquet(path),
        ".jsonl" or ".ndjson" or ".json" => new DuckDbInput.Json(path),
        ".duckdb" or ".ddb" or ".db" => new DuckDbInput.Table(path, Table),
        _ => null,
    };

    private void RequireNoCsvOptions(string name)
    {
        if (Format.MeasurePrecision)
        {
            throw CommandException.Usage(
                $"--data-precision printed tells how text prints its numbers, and {name} is not CSV; leave it out.");
        }

        if (Decimals)
        {
            throw CommandException.Usage(
                $"--numbers decimal reads decimals as text has them, and {name} is not CSV; leave it out.");
        }

        if (Format with { DropMissing = false } != new CsvFormat())
        {
            throw CommandException.Usage(
                $"--delimiter, --decimal, --header, --no-header, --skip, --header-row, --units and --comment "
                    + $"are for CSV, and {name} is not CSV; leave them out.");
        }
    }
}
