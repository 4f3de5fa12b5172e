using BenchmarkDotNet.Attributes;

namespace Plumb.Bench;

/// <summary>
/// Exact moments beside what rounds, a plain loop of doubles, and the machine's own limit: as many multiply-adds in
/// registers.
/// </summary>
[ShortRunJob]
[MemoryDiagnoser]
public class MomentsBenchmarks
{
    private SampleRows _rows = new(0, 1, normal: false);

    [Params(12, 111, 500)]
    public int Columns { get; set; }

    [Params("uniform", "normal")]
    public string Values { get; set; } = "";

    [GlobalSetup]
    public void Draw() => _rows = new SampleRows(4_800_000 / Columns, Columns, Values == "normal");

    [Benchmark]
    public Moments Exact() => _rows.ExactMoments();

    [Benchmark]
    public Moments ExactOnOneThread() => _rows.ExactMoments(threads: 1);

    [Benchmark(Baseline = true)]
    public double[] PlainLoop()
    {
        var sums = new double[Columns * Columns];
        PlainProduct.Add(_rows.Together, Columns, sums);
        return sums;
    }

    /// <summary>One thread.</summary>
    [Benchmark]
    public double MultiplyAddsAlone()
    {
        MultiplyAddPeak.Run(_rows.MultiplyAdds, out var sum);
        return sum;
    }
}
