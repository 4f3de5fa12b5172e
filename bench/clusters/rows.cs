#:project ../../src/Plumb.DuckDb/Plumb.DuckDb.csproj
#:project ../../src/Plumb.DuckDb.Native/Plumb.DuckDb.Native.csproj
#:property RestorePackagesWithLockFile=false
#:property RunAnalyzers=false
#:property PublishAot=false
// Writes seeded rows whose inputs and noise hang together within firms and within years: FOLDER/rows.parquet, and
// the same column by column as doubles in FOLDER/NAME.f64, for systems that read no Parquet.
// usage: dotnet run -c Release rows.cs FOLDER ROWS FIRMS YEARS
using System.Globalization;
using System.Runtime.InteropServices;
using Plumb;
using Plumb.DuckDb;

const int Inputs = 10;
const int Block = 1 << 16;
var (folder, rows, firms, years) = (args[0], Number(1), Number(2), Number(3));
string[] names = ["firm", "year", .. Enumerable.Range(1, Inputs).Select(j => $"x{j}"), "y"];
var (ofFirms, ofYears) = (Effects(firms, 1), Effects(years, 2));
Directory.CreateDirectory(folder);
var files = names.Select(name => File.Create(Path.Combine(folder, name + ".f64"))).ToArray();
await ParquetWriter.WriteAsync(Path.Combine(folder, "rows.parquet"), names, Blocks());
Array.ForEach(files, file => file.Dispose());

int Number(int place) => int.Parse(args[place], CultureInfo.InvariantCulture);

// Of each group: a shift of each input, then of the noise.
static double[][] Effects(int groups, int seed)
{
    var random = new Random(seed);
    return [.. Enumerable.Range(0, groups).Select(_ =>
        Enumerable.Range(0, Inputs + 1).Select(_ => Normal(random)).ToArray())];
}

static double Normal(Random random) =>
    Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

async IAsyncEnumerable<Matrix> Blocks()
{
    var random = new Random(3);
    for (var start = 0; start < rows; start += Block)
    {
        var count = Math.Min(Block, rows - start);
        var block = new double[count, names.Length];
        for (var i = 0; i < count; i++)
        {
            var (firm, year) = (random.Next(firms), random.Next(years));
            (block[i, 0], block[i, 1]) = (firm, year);
            var y = 1.0;
            for (var j = 0; j < Inputs; j++)
            {
                var x = 0.5 * ofFirms[firm][j] + 0.3 * ofYears[year][j] + Normal(random);
                block[i, 2 + j] = x;
                y += (j + 1) / 10.0 * x;
            }

            block[i, 2 + Inputs] = y + 0.5 * ofFirms[firm][Inputs] + 0.3 * ofYears[year][Inputs] + Normal(random);
        }

        for (var j = 0; j < names.Length; j++)
        {
            var column = Enumerable.Range(0, count).Select(i => block[i, j]).ToArray();
            await files[j].WriteAsync(MemoryMarshal.AsBytes(column.AsSpan()).ToArray());
        }

        yield return new Matrix(block);
    }
}
