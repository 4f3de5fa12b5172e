using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace Plumb.Bench;

/// <summary>Exact moments beside what rounds: a plain loop of doubles, and the multiply-adds alone at the speed of the machine.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class MomentsBenchmarks
{
    private Dataset _data = new(new Matrix(0, 0), new Matrix(0, 0));

    [Params(12, 111)]
    public int Columns { get; set; }

    [Params("uniform", "normal")]
    public string Values { get; set; } = "";

    public int Rows => 1_200_000 / Columns;

    [GlobalSetup]
    public void Draw()
    {
        var random = new RandomSource(1);
        double Next() => Values == "normal" ? random.NextNormal() : random.NextDouble();
        _data = new Dataset(Matrix.Create(Rows, Columns - 1, (_, _) => Next()), Matrix.Create(Rows, 1, (_, _) => Next()));
    }

    /// <summary>All threads that the machine has.</summary>
    [Benchmark]
    public Moments Exact() => Moments.Of(_data);

    /// <summary>One thread: blocks too small to be shared out.</summary>
    [Benchmark]
    public Moments ExactOnOneThread()
    {
        const int Block = 8192;
        var moments = new Moments(Columns - 1, 1);
        for (var start = 0; start < Rows; start += Block)
        {
            moments.Add(Rest(start, Math.Min(Block, Rows - start)));
        }

        return moments;
    }

    /// <summary>The sums of products in doubles, rounded: row by row, upper triangle.</summary>
    [Benchmark(Baseline = true)]
    public double[] PlainLoop()
    {
        var sums = new double[Columns * Columns];
        var z = new double[Columns];
        for (var k = 0; k < Rows; k++)
        {
            _data.Inputs.Row(k).CopyTo(z);
            z[^1] = _data.Targets[k, 0];
            for (var i = 0; i < z.Length; i++)
            {
                var value = z[i];
                var row = sums.AsSpan(i * Columns, Columns);
                for (var j = i; j < z.Length; j++)
                {
                    row[j] += value * z[j];
                }
            }
        }

        return sums;
    }

    /// <summary>As many multiply-adds as the plain loop needs, in registers: what the machine can do at most on one thread.</summary>
    [Benchmark]
    public double MultiplyAddsAlone()
    {
        const int Chains = 12; // enough to hide the latency
        var (x, y) = (Vector512.Create(1.0 + 1e-9), Vector512.Create(1e-9));
        Vector512<double> a = x, b = x + y, c = b + y, d = c + y, e = d + y, f = e + y, g = f + y, h = g + y, i = h + y, j = i + y, k = j + y, l = k + y;
        var rounds = (long)Rows * Columns * (Columns + 1) / 2 / Vector512<double>.Count / Chains;
        for (var round = 0L; round < rounds; round++)
        {
            a = Vector512.MultiplyAddEstimate(a, x, y);
            b = Vector512.MultiplyAddEstimate(b, x, y);
            c = Vector512.MultiplyAddEstimate(c, x, y);
            d = Vector512.MultiplyAddEstimate(d, x, y);
            e = Vector512.MultiplyAddEstimate(e, x, y);
            f = Vector512.MultiplyAddEstimate(f, x, y);
            g = Vector512.MultiplyAddEstimate(g, x, y);
            h = Vector512.MultiplyAddEstimate(h, x, y);
            i = Vector512.MultiplyAddEstimate(i, x, y);
            j = Vector512.MultiplyAddEstimate(j, x, y);
            k = Vector512.MultiplyAddEstimate(k, x, y);
            l = Vector512.MultiplyAddEstimate(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    private Dataset Rest(int start, int rows)
    {
        var (inputs, targets) = (new Matrix(rows, Columns - 1), new Matrix(rows, 1));
        _data.Inputs.Values.Slice(start * (Columns - 1), rows * (Columns - 1)).CopyTo(inputs.Values);
        _data.Targets.Values.Slice(start, rows).CopyTo(targets.Values);
        return new Dataset(inputs, targets);
    }
}
