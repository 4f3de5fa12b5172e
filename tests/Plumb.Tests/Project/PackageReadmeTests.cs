using DuckDB.NET.Data;
using Microsoft.ML;
using Plumb.Tests.Sources;

namespace Plumb.Tests;

/// <summary>The code in each package's page is the code of these tests.</summary>
public sealed class PackageReadmeTests
{
    private static readonly string s_energy = Path.Combine(Repository.Root, "samples", "energy.csv");
    private static readonly string s_page = Path.Combine("Project", "PackageReadmeTests.cs");
    private static readonly string[] s_names = ["wall_area", "glazing_area", "heating_load"];

#pragma warning disable xUnit1051 // pages show it as users write it
    [Fact]
    public async Task Arrow()
    {
        using var folder = new TemporaryFolder();
        var file = folder["energy.arrow"];
        var rows = await RowsAsync();
        await File.WriteAllBytesAsync(file, ArrowReaderTests.Written(true, rows.Rows, rows.Rows, (_, _) =>
            [.. s_names.Select((name, j) => (name, (Apache.Arrow.IArrowArray)new Apache.Arrow.DoubleArray.Builder()
                .AppendRange(Enumerable.Range(0, rows.Rows).Select(i => rows[i, j])).Build()))]));

        // src/Plumb.Arrow/README.md
        await using var reader = await ArrowReader.OpenAsync(File.OpenRead(file), file); // or record batches
        var moments = await Moments.ReadAsync(reader, ["wall_area", "glazing_area"], ["heating_load"]);
        Console.Write(new LeastSquares().Fit(moments).Report());
        // src/Plumb.Arrow/README.md

        ReadmeTests.AssertQuoted("src/Plumb.Arrow/README.md", s_page);
        Assert.Equal(rows.Rows, moments.Rows);
    }

    [Fact]
    public async Task DuckDb()
    {
        using var folder = new TemporaryFolder();
        var file = folder["energy.parquet"];
        var rows = await RowsAsync();
        await ParquetWriter.WriteAsync(file, s_names, new[] { rows }.ToAsyncEnumerable());

        // src/Plumb.DuckDb/README.md
        await using var reader = await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(file));
        var moments = await Moments.ReadAsync(reader, ["wall_area", "glazing_area"], ["heating_load"]);
        Console.Write(new LeastSquares().Fit(moments).Report());
        // src/Plumb.DuckDb/README.md

        ReadmeTests.AssertQuoted("src/Plumb.DuckDb/README.md", s_page);
        Assert.Equal(rows.Rows, moments.Rows);
    }

    [Fact]
    public void PostgreSql()
    {
        Assert.NotNull((Func<Task>)OfServerAsync); // compiled, and not run: tests of the reader have a server
        ReadmeTests.AssertQuoted("src/Plumb.PostgreSql/README.md", s_page);
    }

    [Fact]
    public async Task Sql()
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"create table energy as from read_csv('{s_energy}')";
            await command.ExecuteNonQueryAsync();
        }

        // src/Plumb.Sql/README.md
        var names = new VariableNames(["wall_area", "glazing_area"], ["heating_load"]);
        var sums = await SqlMoments.ReadAsync(connection, SqlDialect.DuckDb, "energy", names);
        Console.Write(new LeastSquares().Fit(sums.Moments).Report());
        // src/Plumb.Sql/README.md

        ReadmeTests.AssertQuoted("src/Plumb.Sql/README.md", s_page);
        Assert.Equal((await RowsAsync()).Rows, sums.Moments.Rows);
    }

    [Fact]
    public async Task Zstd()
    {
        using var folder = new TemporaryFolder();
        var file = folder["energy.csv.zst"];
        using (var compressor = new ZstdSharp.Compressor())
        {
            await File.WriteAllBytesAsync(file, compressor.Wrap(await File.ReadAllBytesAsync(s_energy)).ToArray());
        }

        // src/Plumb.Zstd/README.md
        await using var unpacked = new ZstdStream(File.OpenRead(file), file);
        await using var reader = await CsvReader.OpenAsync(unpacked, file);
        var moments = await Moments.ReadAsync(reader, ["wall_area", "glazing_area"], ["heating_load"]);
        Console.Write(new LeastSquares().Fit(moments).Report());
        // src/Plumb.Zstd/README.md

        ReadmeTests.AssertQuoted("src/Plumb.Zstd/README.md", s_page);
        Assert.Equal((await RowsAsync()).Rows, moments.Rows);
    }

    [Fact]
    public void MicrosoftML()
    {
        var ml = new MLContext(seed: 1);
        var trainingData = ml.Data.LoadFromEnumerable(MicrosoftMLTests.Readings(40));

        // src/Plumb.MicrosoftML/README.md
        var pipeline = ml.Transforms.Concatenate("Features", "Voltage", "Humidity")
            .Append(ml.Regression.Trainers.AffineMap("Temperature"));
        var model = pipeline.Fit(trainingData);
        var fit = model.LastTransformer.Fit!;              // standard errors, rank, digits: a LinearFit
        Console.Write(fit.Report());
        // src/Plumb.MicrosoftML/README.md

        ReadmeTests.AssertQuoted("src/Plumb.MicrosoftML/README.md", s_page);
        Assert.Equal(40, fit.Rows);
    }

    private static async Task OfServerAsync()
    {
        // src/Plumb.PostgreSql/README.md
        var database = PostgreSqlAddress.Parse("postgresql://localhost/buildings");
        await using var reader = await PostgreSqlReader.OpenAsync(new PostgreSqlInput.Table(database, "energy"));
        var moments = await Moments.ReadAsync(reader, ["wall_area", "glazing_area"], ["heating_load"]);
        Console.Write(new LeastSquares().Fit(moments).Report());
        // src/Plumb.PostgreSql/README.md
    }
#pragma warning restore xUnit1051

    private static async Task<Matrix> RowsAsync()
    {
        await using var reader = await CsvReader.OpenAsync(File.OpenRead(s_energy), s_energy);
        var rows = new List<double[]>();
        await foreach (var block in reader.ReadAsync(s_names, [], TestContext.Current.CancellationToken))
        {
            rows.AddRange(Enumerable.Range(0, block.Rows).Select(i => block.Inputs.Row(i).ToArray()));
        }

        return Matrix.Create(rows.Count, s_names.Length, (i, j) => rows[i][j]);
    }
}
