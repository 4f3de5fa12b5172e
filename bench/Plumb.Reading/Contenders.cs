using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Sylvan.Data.Csv;

namespace Plumb.Reading;

/// <summary>Ways from a file to its sums of products, or part of the way.</summary>
internal static class Contenders
{
    /// <summary>Each prints a line with what it found, so that no work can be left out.</summary>
    public static IReadOnlyDictionary<string, Func<string, Task<string>>> All { get; } = new Dictionary<string, Func<string, Task<string>>>
    {
        ["bytes"] = path => Task.FromResult(Bytes(path)),
        ["parse-loop"] = path => Task.FromResult(ParseLoop(path)),
        ["sylvan"] = path => Task.FromResult(Sylvan(path)),
        ["duckdb"] = path => Task.FromResult(DuckDb(path)),
        ["blocks"] = Blocks,
        ["moments"] = MomentsOf,
    };

    /// <summary>Runs one and prints its time and result.</summary>
    public static async Task<int> Run(Func<string, Task<string>> read, string path)
    {
        var watch = Stopwatch.StartNew();
        var result = await read(path);
        Console.WriteLine(FormattableString.Invariant($"{watch.Elapsed.TotalSeconds:F3} s  cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F2} s  peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB  {result}"));
        return 0;
    }

    /// <summary>Says what there is.</summary>
    public static int Usage()
    {
        Console.Error.WriteLine("generate full|short ROWS FILE, or one of " + string.Join(", ", All.Keys) + " with FILE");
        return 2;
    }

    private static string Bytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 18];
        var lines = 0L;
        while (stream.Read(buffer) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return FormattableString.Invariant($"{lines} lines");
    }

    private static string ParseLoop(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 18];
        var (start, end, sum, count) = (0, 0, 0.0, 0L);
        var header = true;
        while (true)
        {
            var rest = buffer.AsSpan(start, end - start);
            rest.CopyTo(buffer);
            (start, end) = (0, rest.Length);
            var read = stream.Read(buffer.AsSpan(end));
            end += read;
            if (read == 0)
            {
                return FormattableString.Invariant($"{count} numbers, sum {sum}");
            }

            while (buffer.AsSpan(start, end - start).IndexOfAny((byte)',', (byte)'\n') is >= 0 and var length)
            {
                if (!header)
                {
                    sum += double.Parse(buffer.AsSpan(start, length), NumberStyles.Float, CultureInfo.InvariantCulture);
                    count++;
                }

                header &= buffer[start + length] != '\n';
                start += length + 1;
            }
        }
    }

    private static string Sylvan(string path)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 1 << 16 });
        var columns = reader.FieldCount;
        var sums = new double[columns * columns];
        var row = new double[columns];
        while (reader.Read())
        {
            for (var i = 0; i < columns; i++)
            {
                row[i] = reader.GetDouble(i);
            }

            for (var i = 0; i < columns; i++)
            {
                for (var j = i; j < columns; j++)
                {
                    sums[i * columns + j] += row[i] * row[j];
                }
            }
        }

        return FormattableString.Invariant($"y'y {sums[^1]}");
    }

    private static string DuckDb(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var names = File.ReadLines(path).First().Split(',');
        var sums = from i in Enumerable.Range(0, names.Length)
                   from j in Enumerable.Range(i, names.Length - i)
                   select FormattableString.Invariant($"sum({names[i]}*{names[j]})");
        using var command = connection.CreateCommand();
        command.CommandText = FormattableString.Invariant($"select count(*), {string.Join(",", names.Select(name => "sum(" + name + ")"))}, {string.Join(",", sums)} from read_csv('{path}')");
        using var reader = command.ExecuteReader();
        reader.Read();
        return FormattableString.Invariant($"y'y {reader.GetDouble(reader.FieldCount - 1)}");
    }

    private static async Task<string> Blocks(string path)
    {
        await using var reader = await CsvReader.OpenAsync(File.OpenRead(path), path);
        var sum = 0.0;
        await foreach (var block in reader.ReadAsync([.. reader.Columns.SkipLast(1)], [reader.Columns[^1]]))
        {
            sum += block.Targets[0, 0];
        }

        return FormattableString.Invariant($"{reader.Rows} rows, sum of every block's first {sum}");
    }

    private static async Task<string> MomentsOf(string path)
    {
        await using var reader = await CsvReader.OpenAsync(File.OpenRead(path), path);
        var names = new VariableNames([.. reader.Columns.SkipLast(1)], [reader.Columns[^1]]);
        var parts = new List<Moments>();
        await reader.ReadUnorderedAsync(names.Inputs, names.Targets, () =>
        {
            parts.Add(new Moments(names));
            return parts[^1].Add;
        });
        var moments = new Moments(names);
        parts.ForEach(moments.Merge);
        return moments.ToString();
    }
}
