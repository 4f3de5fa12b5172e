using System.Globalization;
using System.Numerics;
using static Plumb.Tests.Sources.DuckDbRows;

namespace Plumb.Tests.Sources;

public sealed class DuckDbReaderTests
{
    private static readonly Gen<double> s_number = Gen.OneOf(Gen.Double.Where(double.IsFinite),
        Gen.Int.Select(i => i / 100.0), Gen.Const(-0.0), Gen.Const(double.Epsilon));

    public static TheoryData<string> Types =>
    [
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
        "UHUGEINT", "FLOAT", "DOUBLE", "BOOLEAN",
        "DECIMAL(3,1)", "DECIMAL(8,4)", "DECIMAL(17,2)", "DECIMAL(30,10)",
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Values_of_every_numeric_type_are_themselves(string type)
    {
        var rows = await Query($"SELECT (i % 2)::{type} AS x FROM range(5000) AS t(i)");
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (double)(i % 2)), rows.Rows.Select(row => row[0]));
        Assert.Equal(type == "BOOLEAN" ? ["truth-values"] : [], rows.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("9007199254740993::BIGINT", 9007199254740992, "integers-rounded")]
    [InlineData("(-9223372036854775808)::BIGINT", -9223372036854775808.0, "")]
    [InlineData("18446744073709551615::UBIGINT", 18446744073709551616.0, "digits-lost,integers-rounded")]
    [InlineData("170141183460469231731687303715884105727::HUGEINT", 1.7014118346046923e38,
        "digits-lost,integers-rounded")]
    [InlineData("340282366920938463463374607431768211455::UHUGEINT", 3.4028236692093846e38,
        "digits-lost,integers-rounded")]
    [InlineData("(-128)::TINYINT", -128, "")]
    [InlineData("255::UTINYINT", 255, "")]
    [InlineData("65535::USMALLINT", 65535, "")]
    [InlineData("4294967295::UINTEGER", 4294967295, "")]
    [InlineData("0.1::FLOAT", 0.10000000149011612, "")]
    [InlineData("0.1::DECIMAL(2,1)", 0.1, "")]
    [InlineData("(-0.05)::DECIMAL(4,2)", -0.05, "")]
    [InlineData("0.12345678901234567890123456789::DECIMAL(38,29)", 0.12345678901234567890123456789, "digits-lost")]
    public async Task Extreme_value_is_the_nearest_double_and_said_where_it_is_not_exact(string literal,
        double expected, string codes)
    {
        var rows = await Query($"SELECT {literal} AS x");
        Assert.Equal([[expected]], rows.Rows);
        Assert.Equal(codes, string.Join(',', rows.Findings.Select(finding => finding.Code)));
    }

    [Fact]
    public Task Decimals_are_correctly_rounded() =>
        Gen.Select(Gen.Long, Gen.Int[0, 18], Gen.Int[0, 18]).Array[1, 30].SampleAsync(
            async cases =>
            {
                var texts = cases.Select(it => Decimal(it.Item1 % (long)BigInteger.Pow(10, it.Item3), it.Item2))
                    .ToArray();
                var rows = await Query($"SELECT unnest(["
                    + $"{string.Join(", ", texts.Select(text => $"'{text}'::DECIMAL(38,18)"))}]) AS x");
                Assert.Equal(texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
                    rows.Rows.Select(row => row[0]));
            },
            iter: 30);

    [Fact]
    public Task Same_doubles_give_the_same_moments_whatever_holds_them() =>
        s_number.Array[3].Array[1, 40].SampleAsync(
            async rows =>
            {
                using var folder = new TemporaryFolder();
                string[] names = ["a", "b c", "y\""];
                var query = DuckDbFiles.Values(["a", "b c", "y\"\""], rows);
                DuckDbFiles.Write(folder["d.parquet"], query);
                DuckDbFiles.Run(folder["d.duckdb"], $"CREATE TABLE t AS {query}");
                folder.Write("d.jsonl", Written(names, rows));
                var expected =
                    Bytes(
                        Moments.Of(
                            new Dataset(Matrix.Create(rows.Length, 2, (i, j) => rows[i][j]),
                                Matrix.Create(rows.Length, 1, (i, _) => rows[i][2]),
                                new VariableNames(["a", "b c"], ["y\""]))));
                foreach (var input in (DuckDbInput[])[new DuckDbInput.Parquet(folder["d.parquet"]),
                    new DuckDbInput.Table(folder["d.duckdb"]), new DuckDbInput.Json(folder["d.jsonl"])])
                {
                    await using var reader = input is DuckDbInput.Json json
                        ? await JsonReader.OpenAsync(() => File.OpenRead(json.Path), "d.jsonl",
                            cancellationToken: TestContext.Current.CancellationToken)
                        : await OpenAsync(input, dropMissing: false);
                    var moments =
                        await Moments.OfAsync(new VariableNames(["a", "b c"], ["y\""]),
                            reader.ReadAsync(["a", "b c"], ["y\""], TestContext.Current.CancellationToken),
                            TestContext.Current.CancellationToken);
                    Assert.Equal(expected, Bytes(moments));
                }
            },
            iter: 12);

    [Fact]
    public async Task Rows_come_in_the_order_of_the_file_also_after_a_filter()
    {
        using var folder = new TemporaryFolder();
        var path = DuckDbFiles.Write(folder["d.parquet"], "SELECT i AS x FROM range(300000) AS t(i)",
            "ROW_GROUP_SIZE 20000");
        Assert.Equal(Enumerable.Range(0, 300_000).Select(i => (double)i),
            (await Of(new DuckDbInput.Parquet(path))).Rows.Select(row => row[0]));
        var odd =
            await Of(new DuckDbInput.Query("SELECT x FROM data WHERE x % 700 = 1;", new DuckDbInput.Parquet(path)));
        Assert.Equal(Enumerable.Range(0, 300_000).Where(i => i % 700 == 1).Select(i => (double)i),
            odd.Rows.Select(row => row[0]));
    }

    [Theory]
    [InlineData("i::DOUBLE", false, "600000 600000")]
    [InlineData("i::DOUBLE", false, "3000 3000", 3000)]
    [InlineData("CASE WHEN i % 100000 = 7 THEN NULL ELSE i / 3.0 END", true, "599994 599994")]
    [InlineData("CASE WHEN i % 100000 = 7 THEN NULL ELSE i / 3.0 END", false,
        "(row 8): column 'x' holds 'NULL', which marks a missing value; 6 missing in all")]
    [InlineData("CASE WHEN i > 500000 THEN NULL WHEN i > 400000 THEN 'inf'::DOUBLE ELSE i END", false,
        "(row 400002): column 'x' holds 'Infinity'")]
    [InlineData("9007199254740993 + i", false, "600000 600000 Warning")]
    [InlineData("NULL::DOUBLE", true, "every one of the 600000 rows has a missing value")]
    public async Task Rows_of_a_parquet_file_in_no_order_come_to_the_same_as_in_order(string x, bool dropMissing,
        string expected, int rows = 600_000)
    {
        using var folder = new TemporaryFolder();
        var path = DuckDbFiles.Write(folder["t.parquet"], $"SELECT {x} AS x, i % 7 AS y FROM range({rows}) AS t(i)",
            "ROW_GROUP_SIZE 50000");
        async Task<RowReader> Open() =>
            await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(path), dropMissing,
                TestContext.Current.CancellationToken);
        var names = new VariableNames(["x"], ["y"]);
        var inOrder = await SourceSums.OfAsync(Open, names, inOrder: true);
        Assert.Contains(expected, inOrder, StringComparison.Ordinal);
        Assert.Equal(inOrder, await SourceSums.OfAsync(Open, names, inOrder: false));
    }

    [Fact]
    public async Task Chunks_make_up_the_file()
    {
        const int Rows = 400_000; // two shares and more
        using var folder = new TemporaryFolder();
        var path = DuckDbFiles.Write(folder["t.parquet"], $"SELECT i AS x, i % 7 AS y FROM range({Rows}) AS t(i)",
            "ROW_GROUP_SIZE 50000");
        await using var reader = await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(path),
            cancellationToken: TestContext.Current.CancellationToken);
        var (found, ended) = (new SortedDictionary<long, List<double>>(), new List<long>());
        await reader.ReadChunksAsync(["x"], ["y"], () => (number, block) =>
        {
            lock (found)
            {
                if (block is null)
                {
                    ended.Add(number);
                    return;
                }

                Assert.DoesNotContain(number, ended);
                found.TryAdd(number, []);
                found[number].AddRange(block.Inputs.Values);
            }
        }, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (double)i), found.Values.SelectMany(x => x));
        Assert.Equal(found.Keys, ended.Order());
        Assert.Equal(Math.Min(Rows >> 17, Environment.ProcessorCount), found.Count);
    }

    [Fact]
    public async Task Column_that_is_called_as_rows_are_numbered_is_read_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = DuckDbFiles.Write(folder["t.parquet"],
            "SELECT 5 - i AS File_Row_Number, i AS y FROM range(5) AS t(i)");
        await using var reader =
            await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(path),
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(reader.ReadsOnAllProcessors);
        var sum = 0.0;
        await reader.ReadUnorderedAsync(["File_Row_Number"], ["y"],
            () => block => sum += block.Inputs.Values.ToArray().Sum(), TestContext.Current.CancellationToken);
        Assert.Equal(15, sum);
    }

    [Fact]
    public async Task Missing_values_are_refused_with_row_column_and_count_or_dropped()
    {
        const string Query =
            "SELECT CASE WHEN i = 2500 OR i = 4000 THEN NULL ELSE i END AS x, CASE WHEN i = 2600 THEN 'nan'::DOUBLE "
                + "ELSE 1.5 END AS y FROM range(5000) AS t(i)";
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => DuckDbRows.Query(Query));
        Assert.Equal(
            "the query(row 2501): column 'x' holds 'NULL', which marks a missing value; 3 missing in all ('NaN' 1, "
                + "'NULL' 2); fill it in, or leave out rows that lack a value.", error.Message);
        var rows = await Of(new DuckDbInput.Query(Query), dropMissing: true);
        Assert.Equal(Enumerable.Range(0, 5000).Where(i => i is not (2500 or 2600 or 4000)).Select(i => (double)i),
            rows.Rows.Select(row => row[0]));
        var finding = Assert.Single(rows.Findings);
        Assert.Equal("Rows with missing values were left out: 3 of 5000 rows; column 'x' 2, column 'y' 1.",
            finding.Message);
    }

    private static string Decimal(long unscaled, int scale)
    {
        var digits = Math.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled < 0 ? "-" : "") + digits[..^scale] + "." + digits[^scale..] + (scale == 0 ? "0" : "");
    }

    private static string Written(string[] names, double[][] rows) =>
        string.Concat(
            rows.Select(row =>
                "{" + string.Join(", ",
                    row.Select((value, j) => $"{System.Text.Json.JsonSerializer.Serialize(names[j])}: "
                        + $"{value.ToString("R", CultureInfo.InvariantCulture)}")) + "}\n"));

    private static byte[] Bytes(Moments moments)
    {
        using var stream = new MemoryStream();
        moments.Save(stream);
        return stream.ToArray();
    }
}
