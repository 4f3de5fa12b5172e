using System.Globalization;
using DuckDB.NET.Data;

namespace Plumb;

/// <summary>
/// One connection to a DuckDB in memory, with what one input needs and no more: a file gets at that file only, in
/// bounded memory and time;
/// no extension is fetched or loaded.
/// </summary>
internal sealed class DuckDbSession : IDisposable
{
    /// <summary>
    /// The column that <see cref="NumberedRelation"/> has beside those of the file: the number of a row, from 0.
    /// </summary>
    public const string RowNumber = "file_row_number";

    private const long SmallestMemory = 256L << 20; // bytes: what decompressing a few columns takes
    private const int MemoryPerByte = 4; // of the file
    private const double SlowestBytesPerSecond = 5e6;
    private const int MostInterrupts = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60); // for the next rows of a file
    private readonly DuckDBConnection _connection;
    private readonly string _name;
    private readonly bool _hasQuery;
    private readonly string? _file;
    private readonly long _bytes;
    private readonly TimeSpan _patience = Timeout.InfiniteTimeSpan;
    private bool _abandoned;

    private DuckDbSession(DuckDbInput input, TimeSpan patience)
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        (_name, _hasQuery) = (input.Name, input is DuckDbInput.Query);
        _file = FileOf(input);
        if (_file is not null)
        {
            _bytes = new FileInfo(_file).Length;
            _patience = patience + TimeSpan.FromSeconds(_bytes / SlowestBytesPerSecond);
        }
    }

    private DuckDbSession(DuckDbSession other)
    {
        (_connection, _name, _hasQuery, _file, _bytes, _patience) =
            (other._connection.Duplicate(), other._name, other._hasQuery, other._file, other._bytes, other._patience);
        (Relation, NumberedRelation) = (other.Relation, other.NumberedRelation);
        _connection.Open();
    }

    /// <summary>What follows FROM.</summary>
    public string Relation { get; private set; } = "";

    /// <summary>What follows FROM where rows are asked for by their numbers; null where there are none.</summary>
    public string? NumberedRelation { get; private set; }

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
        var session = new DuckDbSession(input, patience ?? s_patience);
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
            throw DataErrors.Of(_name,
                string.Create(CultureInfo.InvariantCulture,
                    $"DuckDB has given no rows for {_patience.TotalSeconds:0} seconds, where the file's {_bytes} bytes "
                        + $"take less; the file is damaged, so check what wrote it."));
        }
        catch (DuckDBException exception)
        {
            throw Refused(exception.Message);
        }
    }

    /// <summary>Begins to read the rows of a query, chunk by chunk.</summary>
    public DuckDbResult Query(string sql) => new(_connection.NativeConnection, sql, Refused);

    /// <summary>The one number that a query gives.</summary>
    public long Number(string sql)
    {
        using var command = Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

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

    private static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static string? FileOf(DuckDbInput input) => input switch
    {
        DuckDbInput.Parquet parquet => Path.GetFullPath(parquet.Path),
        DuckDbInput.Json json => Path.GetFullPath(json.Path),
        DuckDbInput.Table table => Path.GetFullPath(table.Path),
        DuckDbInput.Query { Over: { } over } => FileOf(over),
        _ => null,
    };

    private bool Open(DuckDbInput input)
    {
        if (input is DuckDbInput.Json || (input as DuckDbInput.Query)?.Over is DuckDbInput.Json)
        {
            JsonDepth.Require(_file!, _name);
        }

        _connection.Open();
        Execute("SET autoinstall_known_extensions = false");
        Execute("SET autoload_known_extensions = false");
        if (_file is { } file)
        {
            Execute(
                FormattableString.Invariant($"SET memory_limit = '{SmallestMemory + MemoryPerByte * _bytes} bytes'"));
            Execute("SET temp_directory = ''");
            Attach(input, file);
            Execute($"SET allowed_paths = [{Text(file)}, {Text(Literal(file))}]");
            Execute("SET enable_external_access = false");
        }

        Execute("SET lock_configuration = true");
        Relation = RelationOf(input);
        return true;
    }

    private void Attach(DuckDbInput input, string file)
    {
        var table = input as DuckDbInput.Table ?? (input as DuckDbInput.Query)?.Over as DuckDbInput.Table;
        if (table is not null)
        {
            Execute($"ATTACH {Text(file)} AS plumb_data (READ_ONLY)");
            Execute("USE plumb_data");
        }
    }

    private string RelationOf(DuckDbInput input)
    {
        switch (input)
        {
            case DuckDbInput.Parquet parquet:
                NumberedRelation = $"read_parquet({Text(Literal(parquet.Path))}, {RowNumber} = true)";
                return $"read_parquet({Text(Literal(parquet.Path))})";
            case DuckDbInput.Json json:
                // Types from all rows, not from the first.
                return $"read_json({Text(Literal(json.Path))}, sample_size = -1)";
            case DuckDbInput.Table table:
                return TablesOf(table.Path).Find(table.TableName);
            case DuckDbInput.Query query:
                if (query.Over is { } over and not DuckDbInput.Table)
                {
                    Execute($"CREATE TEMP VIEW data AS SELECT * FROM {RelationOf(over)}");
                }

                return $"({query.Sql.TrimEnd().TrimEnd(';')}\n)";
            default:
                throw new InvalidOperationException(
                    $"an input of type {input.GetType().Name} has no reader; this is a defect.");
        }
    }

    private DatabaseTables TablesOf(string path)
    {
        using var command =
            Command(
                "SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = "
                    + "current_database() ORDER BY ALL");
        using var reader = command.ExecuteReader();
        var all = new List<(string, string)>();
        while (reader.Read())
        {
            all.Add((reader.GetString(0), reader.GetString(1)));
        }

        return new DatabaseTables(path, "main", all);
    }

    // A file's name may hold what DuckDB would take for a pattern.
    private static string Literal(string path) =>
        string.Concat(Path.GetFullPath(path).Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString()));

    private InvalidDataException Refused(string message)
    {
        // Whose line is quoted is the user's, or of no use to them.
        var words = string.Join(' ',
            (_hasQuery ? message : message.Split("\nLINE ")[0]).Split((char[]?)null,
                StringSplitOptions.RemoveEmptyEntries));
        return DataErrors.Of(_name, $"DuckDB refuses it: {words.TrimEnd('.', ';')}; {Remedy(words)}.");
    }

    private static string Remedy(string words) =>
        words.StartsWith("Out of Memory", StringComparison.Ordinal)
            ? "if the file is sound, write it in smaller row groups"
        : words.StartsWith("Binder", StringComparison.Ordinal) || words.StartsWith("Parser", StringComparison.Ordinal)
            || words.StartsWith("Catalog", StringComparison.Ordinal) ? "mend the query"
        : "check what wrote it";

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
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
