using Npgsql;

namespace Plumb.Tests.Sources;

/// <summary>A table of the tests' server, which is gone after the test.</summary>
internal sealed class TemporaryTable(PostgreSqlAddress address, string name) : IAsyncDisposable
{
    public PostgreSqlAddress Address => address;

    public string Name => name;

    public static async Task<TemporaryTable> CreateAsync(string columns, string rows)
    {
        var table = new TemporaryTable(PostgreSqlAddress.Parse(PostgreSqlServer.Address!),
            "test_" + Guid.NewGuid().ToString("N"));
        await RunAsync($"CREATE TABLE {table.Name} ({columns}); INSERT INTO {table.Name} {rows}");
        return table;
    }

    public ValueTask DisposeAsync() => new(RunAsync($"DROP TABLE {name}"));

    /// <summary>The one value that a statement gives, or null.</summary>
    public static async Task<object?> RunAsync(string sql)
    {
        var uri = new Uri(PostgreSqlServer.Address!);
        var login = uri.UserInfo.Split(':');
        await using var connection =
            new NpgsqlConnection(
                $"Host={uri.Host};Port={uri.Port};Username={login[0]};Password={login[1]};Database="
                    + $"{uri.AbsolutePath[1..]}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
