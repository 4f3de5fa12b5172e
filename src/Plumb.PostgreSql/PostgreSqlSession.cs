using System.Data;
using System.Globalization;
using Npgsql;

namespace Plumb.PostgreSql;

/// <summary>
/// One connection to a database, which can read and not change it; what goes wrong is told in Plumb's words, without
/// the password.
/// </summary>
internal sealed class PostgreSqlSession : IAsyncDisposable
{
    // Nothing is changed by a query with side effects, and rows come in the order of the table, so that two passes see
    // the same. Notices would be read by nobody.
    private const string Settings =
        "SET default_transaction_read_only = on; SET synchronize_seqscans = off; SET max_parallel_workers_per_gather = "
            + "0; SET client_min_messages = error";

    private const int SecondsBeyondLimit = 5; // for the driver to come to its own end

    private const string Tables = """
        SELECT namespace.nspname, relation.relname, coalesce(current_schema(), '')
        FROM pg_catalog.pg_class AS relation
            JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = relation.relnamespace
        WHERE relation.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT relation.relispartition
            AND namespace.nspname <> 'information_schema' AND namespace.nspname NOT LIKE 'pg\_%'
        ORDER BY 1, 2
        """;

    private readonly NpgsqlConnection _connection;
    private readonly PostgreSqlInput _input;
    private readonly NoticeWatch _watch;
    private NpgsqlRawCopyStream? _copy;

    private PostgreSqlSession(PostgreSqlInput input)
    {
        (_input, _connection) = (input, new NpgsqlConnection(input.Address.Settings.ConnectionString));
        _watch = new NoticeWatch(input.Address, _connection);
    }

    /// <summary>What follows FROM.</summary>
    public string Relation { get; private set; } = "";

    /// <summary>Connects, and finds the table.</summary>
    /// <exception cref="IOException">There is no server, or it refuses the login.</exception>
    /// <exception cref="InvalidDataException">There is no such table.</exception>
    public static async Task<PostgreSqlSession> OpenAsync(PostgreSqlInput input, CancellationToken cancellationToken)
    {
        var session = new PostgreSqlSession(input);
        try
        {
            await session.ConnectAsync(cancellationToken).ConfigureAwait(false);
            session.Relation = input is PostgreSqlInput.Query query
                ? $"({query.Sql.TrimEnd().TrimEnd(';')}\n) AS plumb_data"
                : await session.GuardAsync(() => session.FindAsync((PostgreSqlInput.Table)input, cancellationToken))
                    .ConfigureAwait(false);
            if (input is PostgreSqlInput.Table { Condition: { } condition })
            {
                session.Relation = $"(SELECT * FROM {session.Relation} WHERE ({condition}\n)) AS plumb_data";
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The columns; no row is asked for.</summary>
    public Task<IReadOnlyList<PostgreSqlColumn>> ColumnsAsync(CancellationToken cancellationToken) =>
        GuardAsync<IReadOnlyList<PostgreSqlColumn>>(async () =>
    {
        await using var command = new NpgsqlCommand($"SELECT * FROM {Relation}", _connection);
        PostgreSqlColumn[] columns;
        await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken)
            .ConfigureAwait(false))
        {
            columns = [.. Enumerable.Range(0, reader.FieldCount).Select(i =>
                new PostgreSqlColumn(reader.GetName(i), reader.GetDataTypeName(i), reader.GetDataTypeOID(i)))];
        }

        var enums = await EnumsAsync(cancellationToken).ConfigureAwait(false);
        return [.. columns.Select(column => column with { IsEnum = enums.Contains(column.Type) })];
    });

    private async Task<HashSet<uint>> EnumsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT oid FROM pg_catalog.pg_type WHERE typtype = 'e'",
            _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var enums = new HashSet<uint>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            enums.Add(reader.GetFieldValue<uint>(0));
        }

        return enums;
    }

    /// <summary>The texts of columns in the first rows; those that are missing are left out.</summary>
    public Task<IReadOnlyList<IReadOnlyList<string>>> FirstTextsAsync(IReadOnlyList<PostgreSqlColumn> columns,
        CancellationToken cancellationToken) =>
        GuardAsync<IReadOnlyList<IReadOnlyList<string>>>(async () =>
    {
        List<string>[] texts = [.. columns.Select(_ => new List<string>())];
        if (columns.Count == 0)
        {
            return texts;
        }

        var names = string.Join(", ", columns.Select(column => SqlName.Of(column.Name) + "::text"));
        var sql = string.Create(CultureInfo.InvariantCulture,
            $"SELECT {names} FROM {Relation} LIMIT {FirstTexts.Rows}");
        await using var command = new NpgsqlCommand(sql, _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i].AddRange(reader.IsDBNull(i) ? [] : [reader.GetString(i)]);
            }
        }

        return texts;
    });

    /// <summary>Begins to copy columns.</summary>
    public Task<BinaryCopy> CopyAsync(IReadOnlyList<PostgreSqlColumn> columns, IReadOnlyList<TextReading?> readings,
        CancellationToken cancellationToken) =>
        GuardAsync(async () =>
    {
        var sql = $"COPY (SELECT {SqlName.OfColumns(columns.Select(column => column.Name))} FROM {Relation}) TO STDOUT "
            + $"(FORMAT BINARY)";
        _copy = await _connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);
        return new BinaryCopy(_copy, _input.Name, columns, readings);
    });

    /// <summary>Adds up in the server, all queries seeing one state of the table.</summary>
    /// <param name="sum">Does so, given what asks a query.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SummedRows> SumAsync(Func<SqlMoments.Ask, Task<SummedRows>> sum,
        CancellationToken cancellationToken)
    {
        var process = _connection.ProcessID;
        try
        {
            var snapshot = await GuardAsync(() => _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead,
                cancellationToken).AsTask()).ConfigureAwait(false);
            await using (snapshot.ConfigureAwait(false))
            {
                return await sum((sql, token) => GuardAsync(() => SqlMoments.AskAsync(_connection, sql, token)))
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process).ConfigureAwait(false);
            throw;
        }
    }

    // A server may overlook that a query is cancelled which has only just begun, and would go on for hours.
    private async Task EndAsync(int process)
    {
        try
        {
            await using var other = new NpgsqlConnection(_input.Address.Settings.ConnectionString);
            await other.OpenAsync().ConfigureAwait(false);
            await using var command = new NpgsqlCommand("SELECT pg_catalog.pg_terminate_backend(pid) FROM "
                + "pg_catalog.pg_stat_activity WHERE usename = current_user AND application_name = 'plumb' AND pid = "
                + process.ToString(CultureInfo.InvariantCulture), other);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // A server that cannot be reached any more has no query to end.
        }
    }

    /// <summary>Does what talks with the server.</summary>
    /// <exception cref="InvalidDataException">The server refuses the query.</exception>
    /// <exception cref="IOException">The server is gone, or has no room.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> talk)
    {
        try
        {
            return await _watch.WithoutFloodAsync(talk).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!IsOfServer(exception))
        {
            var remedy = exception.SqlState == PostgresErrorCodes.InsufficientPrivilege
                ? "ask its owner for the right to read it"
                : _input is PostgreSqlInput.Table { Condition: not null } ? "correct the condition"
                : "correct the query";
            throw DataErrors.Of(_input.Name, $"PostgreSQL rejected it: {Words(exception)}; {remedy}.");
        }
        catch (NpgsqlException exception)
        {
            throw new IOException(
                $"{_input.Name}: reading ended before the last row: {Words(exception)}; look at the server, and try "
                    + $"again.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_watch.IsFlooded)
        {
            return; // a connection that is still being read from cannot be closed
        }

        try
        {
            if (_copy is not null)
            {
                // Or all rows left would come before the connection ends.
                await _copy.CancelAsync().ConfigureAwait(false);
                await _copy.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException)
        {
            // the copy had ended, or ended by this
        }

        _copy = null;
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var limit = _input.Address.Settings.Timeout; // which the driver keeps to, unless bytes keep coming
        try
        {
            await _watch.WithoutFloodAsync(async () =>
            {
                await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using var command = new NpgsqlCommand(Settings, _connection);
                return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }, limit == 0 ? 0 : limit + SecondsBeyondLimit).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            var remedy = exception.SqlState switch
            {
                PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                    "give the right user, and the password in PGPASSWORD or a password file",
                PostgresErrorCodes.InvalidCatalogName => "name another database",
                _ => "look at the server",
            };
            throw new IOException(
                $"{_input.Address}: the server refuses the connection: {Words(exception)}; {remedy}.");
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            // Whatever the driver throws: of a server that leaves out what every server sends, it has no exception.
            throw new IOException(
                $"{_input.Address}: cannot connect: {Words(exception)}; check host, port, user and password, and that "
                    + $"the server runs.");
        }
    }

    private async Task<string> FindAsync(PostgreSqlInput.Table table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Tables, _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var all = new List<(string, string)>();
        var usual = "";
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add((reader.GetString(0), reader.GetString(1)));
            usual = reader.GetString(2);
        }

        return new DatabaseTables(_input.Address.Name, usual, all).Find(table.TableName);
    }

    // Lost connections, lack of room, an operator's doing, broken servers: not the query's fault.
    private static bool IsOfServer(PostgresException exception) =>
        exception.SqlState[..2] is "08" or "53" or "57" or "58" or "XX";

    private static string Words(Exception exception)
    {
        var text = exception is PostgresException refusal ? refusal.MessageText : exception.Message;
        return Escaped.InFull(
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.'));
    }
}
