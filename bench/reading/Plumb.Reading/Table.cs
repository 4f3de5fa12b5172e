using System.Text;
using DuckDB.NET.Data;

namespace Plumb.Reading;

/// <summary>The tables that are read: nine inputs and a target, a map with a little noise.</summary>
internal static class Table
{
    private const int Inputs = 9;

    /// <summary>Writes a table: doubles in full, or decimals of four significant digits.</summary>
    public static int Write(string path, bool full, int rows)
    {
        var random = new RandomSource(1);
        using var text = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        var writer = new CsvWriter(text);
        writer.Row([.. Enumerable.Range(1, Inputs).Select(i => FormattableString.Invariant($"x{i}")), "y"]);
        var row = new double[Inputs + 1];
        for (var k = 0; k < rows; k++)
        {
            row[Inputs] = 0.5;
            for (var i = 0; i < Inputs; i++)
            {
                row[i] = full ? random.NextDouble() : Math.Round(10 * random.NextDouble(), 3);
                row[Inputs] += (i + 1) * row[i] / Inputs;
            }

            row[Inputs] += 0.1 * random.NextNormal();
            row[Inputs] = full ? row[Inputs] : Math.Round(row[Inputs], 2);
            writer.Row(row);
        }

        return 0;
    }

    /// <summary>
    /// Writes a table as of flights: numbers, and the names of a carrier and two airports, 300 levels in all.
    /// </summary>
    public static int WriteFlights(string path, int rows)
    {
        const int Carriers = 20;
        const int Airports = 140;
        var random = new RandomSource(2);
        using var text = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        text.Write("month,day,departure,elapsed,distance,taxi_out,taxi_in,carrier,origin,destination,delay\n");
        for (var k = 0; k < rows; k++)
        {
            var (carrier, origin, destination) = (Pick(Carriers), Pick(Airports), Pick(Airports));
            var (departure, distance, taxi) = (Pick(1440), 100 + Pick(2400), 5 + Pick(30));
            var elapsed = Math.Round(40 + distance / 8.0 + 8 * random.NextNormal());
            var delay = Math.Round(0.01 * departure + 0.5 * taxi + carrier % 7 - origin % 5 + 12 * random.NextNormal());
            text.Write(FormattableString.Invariant(
                $"{1 + Pick(12)},{1 + Pick(28)},{departure},{elapsed},{distance},{taxi},{2 + Pick(12)},"));
            text.Write(FormattableString.Invariant($"C{carrier:D2},A{origin:D3},A{destination:D3},{delay}\n"));
        }

        return 0;

        int Pick(int count) => (int)(count * random.NextDouble());
    }

    /// <summary>The same table as Parquet, as DuckDB writes it.</summary>
    public static int ToParquet(string csv, string parquet)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT * FROM '{csv}') TO '{parquet}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return 0;
    }
}
