using Apache.Arrow;

namespace Plumb.Tests.Sources;

/// <summary>What a progress bar shows: how much of a file has been read.</summary>
public sealed class FractionTests
{
    private const int Rows = 30_000;

    [Theory]
    [InlineData("csv")]
    [InlineData("npy")]
    [InlineData("arrow")]
    [InlineData("parquet")]
    public async Task Fraction_rises_from_0_to_1(string kind)
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(1);
        double[] values = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        await using RowReader reader = kind switch
        {
            "npy" => ArrayReader.Open(new MemoryStream(ArrayReaderTests.OfDoubles([Rows], values)), kind),
            "arrow" =>
                await ArrowReader.OpenAsync(
                    new MemoryStream(
                        ArrowReaderTests.Written(true, Rows, 1000,
                            (start, count) =>
                                [("y",
                                    new DoubleArray.Builder().AppendRange(values.Skip(start).Take(count)).Build())])),
                    kind, cancellationToken: TestContext.Current.CancellationToken),
            "parquet" =>
                await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(WriteParquet(folder)),
                    cancellationToken: TestContext.Current.CancellationToken),
            _ =>
                await CsvReader.OpenAsync(
                    new MemoryStream(
                        [.. "y\n"u8,
                            .. values.SelectMany(value =>
                                System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{value}\n")))]), kind,
                    cancellationToken: TestContext.Current.CancellationToken),
        };
        if (reader is CsvReader csv)
        {
            csv.ChunkBytes = 10_000;
        }

        var seen = new List<double> { 0 };
        await foreach (var block in reader.ReadAsync([], [reader.Columns[0]], TestContext.Current.CancellationToken))
        {
            seen.Add(reader.Fraction!.Value);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.True(seen.Distinct().Count() > 3, $"{seen.Count} blocks, {seen.Distinct().Count()} fractions");
        Assert.Equal(1, reader.Fraction);
    }

    private static string WriteParquet(TemporaryFolder folder)
    {
        DuckDbFiles.Write(folder["d.parquet"],
            FormattableString.Invariant($"SELECT range / 7.0 AS y FROM range({Rows})"));
        return folder["d.parquet"];
    }
}
