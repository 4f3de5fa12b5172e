using System.Globalization;

namespace Plumb.Cli;

/// <summary>The data as a command line names them; here is decided what reads them.</summary>
/// <param name="Paths">Files, patterns for files, or - for standard input; may be empty where there is a query.</param>
/// <param name="Format">How CSV files are written, and what to do with missing values in any.</param>
internal sealed record DataArguments(IReadOnlyList<string> Paths, CsvFormat Format)
{
    /// <summary>A query to read instead of whole files.</summary>
    public string? Sql { get; init; }

    /// <summary>The condition on the rows that are read; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Whether folders called NAME=VALUE are columns.</summary>
    public bool Folders { get; init; }

    /// <summary>The table of a database.</summary>
    public string? Table { get; init; }

    /// <summary>Whether a database adds up the rows itself.</summary>
    public PushDown PushDown { get; init; } = PushDown.Never;

    /// <summary>What a number in a text is taken for.</summary>
    public NumberReading Numbers { get; init; }

    /// <summary>The column that weighs the rows, if there is one.</summary>
    public WeightColumn? Weights { get; init; }

    /// <summary>The columns that say which group a row belongs to.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The columns that are inputs only where they are named: weights and groups.</summary>
    public IReadOnlyList<string> Apart => Weights is null ? Groups : [Weights.Name, .. Groups];

    /// <summary>Whether the rows are needed, not only their moments.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>The part of the files that is read; null for all.</summary>
    public PlannedPart? Part { get; init; }

    /// <summary>Whether rows are looked at again, so that they are kept while they take little of the memory.</summary>
    public bool LooksAgain { get; init; }

    /// <summary>What dates become.</summary>
    public DateChoice Dates { get; init; } = new();

    /// <summary>Whether moments are to keep the squares of columns beside these.</summary>
    public bool KeepsSquares { get; init; }

    /// <summary>Whether numbers are decimals as they are written, and not the nearest doubles.</summary>
    public bool Decimals => Numbers == NumberReading.Decimal;

    /// <summary>Whether all data are text, whose numbers are decimals.</summary>
    public bool IsText => Sql is null && Table is null && Where is null && !Folders
        && Files.All(IsTextFile);

    /// <summary>What the data are called in messages and reports.</summary>
    public string Name => Where is null ? NameOfAll : $"{NameOfAll} where {Where}";

    private string NameOfAll => ToPostgreSql() is { } input ? input.Name
        : Sql is not null || Table is not null ? ToDuckDb(null).Name
        : Paths is [var only] ? DataFile.NameOf(only)
        : string.Create(CultureInfo.InvariantCulture,
            $"{(PostgreSqlAddress.IsMeant(Paths[0]) ? Address(Paths[0]).Name : Paths[0])} and {Paths.Count - 1} more");

    /// <summary>The files, in their order; "-" is standard input.</summary>
    public IEnumerable<string> Files => Paths.SelectMany(Expand);

    /// <summary>Whether standard input is read.</summary>
    public bool UsesStandardInput => Paths.Contains("-");

    /// <summary>The moments file that stands in for the rows, if it is one.</summary>
    public string? MomentsPath => Sql is null && Table is null && Where is null && Paths is [var only]
        && IsMoments(only) ? only : null;

    /// <summary>The states of the files now, before they are read.</summary>
    public FileStates StatesOfFiles() => FileStates.Of(Paths.Where(path => path != "-").SelectMany(Expand));

    /// <summary>The bytes of the files; 0 when there is one whose size is not known in advance.</summary>
    public long Length
    {
        get
        {
            var lengths = Files.Select(DataFile.Length).ToList();
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

        return Source(terminal).WithMissing(Format.MissingValues);
    }

    private RowSource Source(ProcessStreams terminal) =>
        Part is { } part ? part.Rows(NameOfAll, path => OfWholeFile(path, terminal)) :
        ToPostgreSql() is { } input ? OfPostgreSql(input)
            : Sql is null && Table is null
            ? OfFiles([.. Files], terminal)
            : OfDuckDb(Filtered(ToDuckDb(terminal)), Paths is [var path] ? path : null);

    private static IReadOnlyList<string> Expand(string path) => PostgreSqlAddress.IsMeant(path) ? [path]
        : FilePattern.Expand(path);

    private static bool IsMoments(string path) => DataFile.IsMoments(path) && !PostgreSqlAddress.IsMeant(path);

    private static bool IsTextFile(string path) =>
        !PostgreSqlAddress.IsMeant(path) && !DataFile.IsMoments(path) && FileContent.KindOf(path) == DataKind.Text;

    private RowSource OfFiles(IReadOnlyList<string> files, ProcessStreams terminal)
    {
        if (Where is not null && !Folders && files is [var only] && !PostgreSqlAddress.IsMeant(only)
            && DuckDbFile(only) is { } input)
        {
            return OfDuckDb(Filtered(input), only);
        }

        var all = RowSource.Concatenate(NameOfAll, [.. files.Select(file => OfFile(file, terminal))]);
        return Where is null ? all
            : new RowSource(Name, async cancellationToken =>
                await FilteredReader.OpenAsync(Name, all, Where, Format.DropMissing, cancellationToken))
            {
                CanReadAgain = all.CanReadAgain,
            };
    }

    private DuckDbInput Filtered(DuckDbInput all) => Where is null ? all : DuckDbInput.Query.Where(Where, all);

    private RowSource OfFile(string path, ProcessStreams terminal)
    {
        var file = OfWholeFile(path, terminal);
        return !Folders || PostgreSqlAddress.IsMeant(path) ? file : file with
        {
            OpenAsync = async cancellationToken => await FolderReader.OpenAsync(file, path, cancellationToken),
        };
    }

    private RowSource OfWholeFile(string path, ProcessStreams terminal)
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

        var kind = FileContent.KindOf(path);
        if (kind == DataKind.Text)
        {
            return new RowSource(DataFile.NameOf(path),
                async cancellationToken =>
                    await CsvReader.OpenAsync(DataFile.OpenText(path, terminal), DataFile.NameOf(path), Format,
                        cancellationToken))
            {
                CanReadAgain = DataFile.Length(path) > 0, // not over standard input and pipes
            };
        }

        if (DuckDbFile(path) is { } input and not DuckDbInput.Json)
        {
            return OfDuckDb(input, path);
        }

        RequireNoCsvOptions(path);
        return new RowSource(path, async cancellationToken => kind switch
        {
            DataKind.Json => await JsonReader.OpenAsync(() => OpenJson(path, terminal), path, Format.DropMissing,
                cancellationToken),
            DataKind.Arrow => await ArrowReader.OpenAsync(DataFile.OpenToSeek(path, terminal), path,
                Format.DropMissing, cancellationToken),
            _ => ArrayReader.Open(DataFile.OpenToSeek(path, terminal), path, Format.DropMissing),
        }).WithNumbersAs(Format);
    }

    // It is gone through twice.
    private static Stream OpenJson(string path, ProcessStreams terminal)
    {
        DataFile.OpenToSeek(path, terminal).Dispose();
        return DataFile.OpenText(path, terminal);
    }

    private RowSource OfDuckDb(DuckDbInput input, string? path)
    {
        if (path is not null)
        {
            DataFile.Require(path);
        }

        var over = (input as DuckDbInput.Query)?.Over;
        if (input is not DuckDbInput.Query || over is not (null or DuckDbInput.Rows))
        {
            RequireNoCsvOptions(input.Name);
        }

        return new RowSource(input.Name,
            async cancellationToken => await DuckDbReader.OpenAsync(input, Format.DropMissing, cancellationToken))
        {
            CanReadAgain = over is not DuckDbInput.Rows rows || rows.Source.CanReadAgain,
        }.WithNumbersAs(Format);
    }

    private RowSource OfPostgreSql(PostgreSqlInput input)
    {
        RequireNoCsvOptions(input.Name);
        return new RowSource(input.Name,
            async cancellationToken => await PostgreSqlReader.OpenAsync(input, Format.DropMissing, cancellationToken))
            .WithNumbersAs(Format);
    }

    // What is read where a database's address is the only DATA.
    private PostgreSqlInput? ToPostgreSql() => Paths is not [var path] || !PostgreSqlAddress.IsMeant(path) ? null
        : Sql is null ? new PostgreSqlInput.Table(Address(path), Table) { Condition = Where }
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
    private DuckDbInput ToDuckDb(ProcessStreams? terminal)
    {
        if (Paths.Count > 1)
        {
            throw CommandException.Usage(
                $"{(Sql is null ? "--table" : "--sql")} and {Paths.Count} files are given, expected one file"
                    + $"{(Sql is null ? "" : " or none; a query can name several, as in from 'data/*.parquet'")}.");
        }

        DuckDbInput? file = Paths is not [var path] ? null
            : DuckDbFile(path) ?? (Sql is null || terminal is null
                ? new DuckDbInput.Rows(new RowSource(DataFile.NameOf(path), _ => throw new InvalidOperationException()))
                : new DuckDbInput.Rows(OfWholeFile(path, terminal)));
        if (Table is not null && file is not DuckDbInput.Table)
        {
            throw CommandException.Usage(
                $"--table is for databases, and {file?.Name ?? "the query"} is none; leave it out.");
        }

        return Sql is null ? file! : new DuckDbInput.Query(Sql, file)
        {
            TextFiles = terminal is null ? null
                : name => RowSource.Concatenate(name, [.. Expand(name).Select(one => OfWholeFile(one, terminal))]),
        };
    }

    private DuckDbInput? DuckDbFile(string path) => path == "-" ? null : FileContent.KindOf(path) switch
    {
        DataKind.Parquet => new DuckDbInput.Parquet(path),
        DataKind.Json => new DuckDbInput.Json(path),
        DataKind.Database => new DuckDbInput.Table(path, Table),
        _ => null,
    };

    private void RequireNoCsvOptions(string name)
    {
        if (Format.MeasurePrecision)
        {
            throw CommandException.Usage(
                $"--data-precision printed is about numbers in text, and {name} is not CSV; leave it out.");
        }

        if (Decimals)
        {
            throw CommandException.Usage(
                $"--numbers decimal reads decimals as text has them, and {name} is not CSV; leave it out.");
        }

        var inTexts = Format with { DropMissing = false, DateOrder = null, MissingValues = [] };
        if (inTexts with { DecimalSeparator = '.', ThousandsSeparator = null } != new CsvFormat())
        {
            throw CommandException.Usage(
                $"--delimiter, --header, --no-header, --skip, --header-row, --units, --footer and --comment are for "
                    + $"CSV, and {name} is not CSV; leave them out.");
        }
    }
}
