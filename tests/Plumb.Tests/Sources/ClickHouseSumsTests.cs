using System.Text;
using Plumb.Tests.Cli;

namespace Plumb.Tests.Sources;

/// <summary>
/// What 'plumb sql' prints for ClickHouse gives, asked over its own HTTP, the moments of the rows; against a server
/// that .ci/with-clickhouse starts.
/// </summary>
public sealed class ClickHouseSumsTests : IDisposable
{
    private const int Columns = 24;
    private static readonly string? s_address = Environment.GetEnvironmentVariable("PLUMB_TEST_CLICKHOUSE");
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(500, true)]
    public async Task Two_rounds_give_the_moments_of_the_rows(int rows, bool lacks)
    {
        Assert.SkipWhen(s_address is null,
            "ClickHouse is left out, as there is no server: '.ci/with-clickhouse dotnet test' starts one");
        var (table, all) = ("test_" + Guid.NewGuid().ToString("N"), Rows(rows, lacks));
        var names = SqlTableRows.Names(Columns);
        string[] columns = [.. names.Inputs, .. names.Targets];
        await AskAsync($"CREATE TABLE {table} ({string.Join(", ", columns.Select(name => $"{name} Float64"))}) "
            + "ENGINE = Log");
        await LoadAsync(table, all);
        var ranges = await CliRun.Of("sql", "--dialect", "clickhouse", "--table", table, "--column",
            string.Join(',', columns));
        var saved = _folder.Write("ranges.tsv", await AskAllAsync(ranges.Output));
        var sums = await CliRun.Of("sql", "--dialect", "clickhouse", "--table", table, "--answers", saved, "--missing",
            lacks ? "drop" : "refuse");
        Assert.Equal((0, ""), (sums.ExitCode, sums.Error));
        saved = _folder.Write("sums.tsv", await AskAllAsync(sums.Output));
        var made = await CliRun.Of("moments", "--from-answers", saved, "-o", _folder["sums.moments"]);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));

        var expected = new Moments(new VariableNames(columns, []));
        foreach (var row in all.Where(row => row.All(double.IsFinite)))
        {
            expected.Add(row, []);
        }

        using var bytes = new MemoryStream();
        expected.Save(bytes);
        Assert.Equal(bytes.ToArray(), File.ReadAllBytes(_folder["sums.moments"]));
        await AskAsync($"DROP TABLE {table}");
    }

    private static double[][] Rows(int rows, bool lacks)
    {
        var random = new RandomSource(11);
        return [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, Columns).Select(column =>
            lacks && (i + column) % 97 == 0 ? double.NaN : SqlTableRows.Value(column, random)).ToArray())];
    }

    // As bytes: doubles in text may come out a bit off.
    private async Task LoadAsync(string table, double[][] rows)
    {
        using var bytes = new ByteArrayContent([.. rows.SelectMany(row => row.SelectMany(BitConverter.GetBytes))]);
        await PostAsync($"{s_address}/?query=INSERT+INTO+{table}+FORMAT+RowBinary", bytes);
    }

    private async Task<string> AskAllAsync(string script)
    {
        var answers = new StringBuilder();
        foreach (var query in script.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            answers.Append(await AskAsync(query));
        }

        return answers.ToString();
    }

    private async Task<string> AskAsync(string query)
    {
        using var text = new StringContent(query);
        return await PostAsync($"{s_address}/?skip_unavailable_shards=0", text);
    }

    private async Task<string> PostAsync(string address, HttpContent content)
    {
        using var answer = await _client.PostAsync(new Uri(address), content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
