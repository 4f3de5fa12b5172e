using System.Globalization;
using DuckDB.NET.Data;

namespace Plumb.DuckDb;

/// <summary>
/// One connection to a DuckDB in memory, with what one input needs and no more: a file gets at that file only, in
/// bounded memory and time;
/// no extension is fetched or loaded.
/// </summary>
internal sealed class DuckDbSession : IDisposable
{
    private const long SmallestMemory = 256L << 20; // bytes: what decompressing a few columns takes
    private const int MemoryPerByte = 4; // of the file
    private const double SlowestBytesPerSecond = 5e6;
    private const int MostInterrupts = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60); // for the next rows of a file
    private readonly DuckDBConnection _connection;
    private readonly DuckDbInput _input;
    private readonly string? _file;
    private readonly long _bytes;
    private readonly TimeSpan _patience = Timeout.InfiniteTimeSpan;
    private DuckDbRelation? _relation;
    private CancellationToken _opening;
    private bool _abandoned;

    private DuckDbSession(DuckDbInput input, TimeSpan patience)
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        _input = input;
        _file = FileOf(input);
        if (_file is not null)
        {
            _bytes = new FileInfo(_file).Length;
            _patience = patience + TimeSpan.FromSeconds(_bytes / SlowestBytesPerSecond);
        }
    }

    private DuckDbSession(DuckDbSession other)
    {
        (_connection, _input, _file, _bytes, _patience) =
            (other._connection.Duplicate(), other._input, other._file, other._bytes, other._patience);
        _relation = other._relation;
        _connection.Open();
    }

    /// <summary>What follows FROM.</summary>
    public string Relation => _relation!.Source;

    /// <summary>What follows FROM where rows are asked for by their numbers; null where there are none.</summary>
    public string? NumberedRelation => _relation!.Numbered;

    /// <summary>The columns that number or name the rows, as the file says.</summary>
    public IReadOnlyList<string> IndexColumns => _relation!.IndexColumns;

    /// <summary>What a user should know about rows that other readers read.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Another connection to the same, for another thread.</summary>
    public DuckDbSession Share() => new(this);

    /// <summary>Opens DuckDB on an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <param name="patience">How long the next rows of a small file may take; a minute when left out.</param>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    public static async Task<DuckDbSession> OpenAsync(DuckDbInput input, CancellationToken cancellationToken,
        TimeSpan? patience = null)
    {
        var session = new DuckDbSession(input, patience ?? s_patience) { _opening = cancellationToken };
        try
        {
            await session.RunAsync(() => session.Open(input), cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Does work with the connection on another thread: it ends when the token says so, and when a file makes DuckDB
    /// take too long.
    /// </summary>
    /// <exception cref="InvalidDataException">DuckDB refuses the data, or takes too long.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var task = Task.Run(work, CancellationToken.None);
        try
        {
            return await task.WaitAsync(_patience, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(task).ConfigureAwait(false);
            throw;
        }
        catch (TimeoutException)
        {
            await StopAsync(task).ConfigureAwait(false);
            throw DataErrors.Of(_input.Name,
                string.Create(CultureInfo.InvariantCulture,
                    $"no rows have come for {_patience.TotalSeconds:0} seconds, where the file's {_bytes} bytes "
                        + $"take less; the file is damaged, so check what wrote it."));
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.Of(_input, exception.Message);
        }
    }

    /// <summary>Begins to read the rows of a query, chunk by chunk.</summary>
    public DuckDbResult Query(string sql) =>
        new(_connection.NativeConnection, sql, message => DuckDbErrors.Of(_input, message));

    /// <summary>The one number that a query gives; 0 where it gives none.</summary>
    public long Number(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() is { } number and not DBNull
            ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The values of the one row that a query gives.</summary>
    public IReadOnlyList<string> Row(string sql) =>
        SqlMoments.AskAsync(_connection, sql, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Ends a query, if there is one, and the connection.</summary>
    public void Dispose(DuckDbResult? result)
    {
        if (!_abandoned)
        {
            result?.Dispose();
            _connection.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Dispose(null);

    /// <summary>Makes a table of rows that another reader reads.</summary>
    /// <param name="table">What it is called.</param>
    /// <param name="source">The rows.</param>
    /// <param name="isMeant">Whether the query may mean a column of a name.</param>
    public void Load(string table, RowSource source, Func<string, bool> isMeant) => Findings =
    [
        .. Findings,
        .. DuckDbTable.LoadAsync(_connection, table, source, isMeant, _input.Name, _opening).GetAwaiter().GetResult(),
    ];

    private static string? FileOf(DuckDbInput input) => input switch
    {
        DuckDbInput.Parquet parquet => Path.GetFullPath(parquet.Path),
        DuckDbInput.Json json => Path.GetFullPath(json.Path),
        DuckDbInput.Table table => Path.GetFullPath(table.Path),
        DuckDbInput.Query { Over: { } over } => FileOf(over),
        _ => null,
    };

    /// <summary>The columns as they are read; lists of numbers are as many as the first of them is long.</summary>
    public IReadOnlyList<DuckDbSlot> Slots()
    {
        IReadOnlyList<DuckDbColumn> columns;
        using (var result = Query($"SELECT * FROM {Relation} LIMIT 0"))
        {
            columns = result.Columns;
        }

        var slots = new List<DuckDbSlot>();
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i] with { Name = _relation!.Names[i] };
            var length = !column.IsNumericList ? 0
                : column.ArrayLength > 0 ? column.ArrayLength
                : Number($"SELECT len({DuckDbSlot.Sql(i)}) FROM {Relation} WHERE {DuckDbSlot.Sql(i)} IS NOT NULL "
                    + "LIMIT 1");
            if (length is 0 or > CsvFormat.MaxColumns)
            {
                slots.Add(new DuckDbSlot(column, i));
            }
            else
            {
                slots.AddRange(Enumerable.Range(0, (int)length).Select(index =>
                    new DuckDbSlot(column, i, index, (int)length)));
            }
        }

        return slots;
    }

    /// <summary>The texts in the first column of what a query gives.</summary>
    public IReadOnlyList<string> Texts(string sql) => Texts(sql, 1)[0];

    /// <summary>The texts in the first columns of what a query gives; those that are missing are left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Texts(string sql, int columns)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        List<string>[] texts = [.. Enumerable.Range(0, columns).Select(_ => new List<string>())];
        while (reader.Read())
        {
            for (var i = 0; i < columns; i++)
            {
                texts[i].AddRange(reader.IsDBNull(i) ? [] : [reader.GetString(i)]);
            }
        }

        return texts;
    }

    /// <summary>Does what has no result.</summary>
    public void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private bool Open(DuckDbInput input)
    {
        _connection.Open();
        Execute("SET autoinstall_known_extensions = false");
        Execute("SET autoload_known_extensions = false");
        if (_file is { } file)
        {
            Execute(
                FormattableString.Invariant($"SET memory_limit = '{SmallestMemory + MemoryPerByte * _bytes} bytes'"));
            Execute("SET temp_directory = ''");
            Attach(input, file);
            Execute($"SET allowed_paths = [{DuckDbFile.Text(file)}, {DuckDbFile.Literal(file)}]");
            Execute("SET enable_external_access = false");
        }

        else if (input is DuckDbInput.Query { Over: not null })
        {
            Execute("SET enable_external_access = false");
        }

        Execute("SET lock_configuration = true");
        _relation = DuckDbRelation.Of(this, input);
        return true;
    }

    // A view may say shop.sales in shop.duckdb, since DuckDB names a database by its file.
    private void Attach(DuckDbInput input, string file)
    {
        var table = input as DuckDbInput.Table ?? (input as DuckDbInput.Query)?.Over as DuckDbInput.Table;
        if (table is null)
        {
            return;
        }

        try
        {
            Execute($"ATTACH {DuckDbFile.Text(file)} (READ_ONLY)");
        }
        catch (DuckDBException exception) when (exception.Message.Contains("already exists", StringComparison.Ordinal))
        {
            Execute($"ATTACH {DuckDbFile.Text(file)} AS plumb_data (READ_ONLY)"); // the file is called memory.duckdb
        }

        Execute($"USE {SqlName.Of(Texts("SELECT database_name FROM duckdb_databases() WHERE path IS NOT NULL")[0])}");
    }

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    // An interrupt that comes before a query has begun is forgotten, so one may not be enough.
    private async Task StopAsync(Task task)
    {
        for (var i = 0; i < MostInterrupts; i++)
        {
            _connection.NativeConnection.Interrupt();
            if (await Task.WhenAny(task, Task.Delay(s_interval)).ConfigureAwait(false) == task)
            {
                return;
            }
        }

        _abandoned = true; // the thread is still inside DuckDB, so nothing that it uses may be freed
    }
}
