using BenchmarkDotNet.Attributes;

namespace Plumb.Bench;

/// <summary>
/// The question's loop: W 3x3 and b, one fresh point a step, 10 000 steps; beside a plain loop over double[,].
/// </summary>
[ShortRunJob]
[MemoryDiagnoser]
public class RowTrainingBenchmarks
{
    private const int Size = 3;
    private const int Steps = 10_000;
    private const double Rate = 0.001;

    private readonly double[] _x = new double[Steps * Size];
    private readonly double[] _y = new double[Steps * Size];
    private AffineMap _start = AffineMap.Zero(Size, Size);

    [GlobalSetup]
    public void Draw()
    {
        var random = new RandomSource(1);
        var truth = AffineMap.Random(Size, Size, random);
        _start = AffineMap.Random(Size, Size, random);
        for (var step = 0; step < Steps; step++)
        {
            var x = _x.AsSpan(step * Size, Size);
            foreach (ref var value in x)
            {
                value = random.NextDouble();
            }

            truth.Apply(x, _y.AsSpan(step * Size, Size));
        }
    }

    /// <summary>Through the public trainer.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public AffineMap Trainer()
    {
        var trainer = new GradientDescent(Rate) { Loss = Loss.Sum }.Start(_start);
        for (var step = 0; step < Steps; step++)
        {
            trainer.Step(_x.AsSpan(step * Size, Size), _y.AsSpan(step * Size, Size));
        }

        return trainer.Map;
    }

    /// <summary>The same with Adam.</summary>
    [Benchmark(OperationsPerInvoke = Steps)]
    public AffineMap AdamTrainer()
    {
        var trainer = new GradientDescent(Rate) { Loss = Loss.Sum, Optimizer = Optimizer.Adam() }.Start(_start);
        for (var step = 0; step < Steps; step++)
        {
            trainer.Step(_x.AsSpan(step * Size, Size), _y.AsSpan(step * Size, Size));
        }

        return trainer.Map;
    }

    /// <summary>As one would write it.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Steps)]
    public double PlainLoop()
    {
        var w = new double[Size, Size];
        var b = new double[Size];
        var r = new double[Size];
        for (var t = 0; t < Size; t++)
        {
            b[t] = _start.Bias[t];
            for (var j = 0; j < Size; j++)
            {
                w[t, j] = _start.WeightsOf(t)[j];
            }
        }

        var loss = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            loss = 0;
            for (var t = 0; t < Size; t++)
            {
                r[t] = b[t] - _y[step * Size + t];
                for (var j = 0; j < Size; j++)
                {
                    r[t] += w[t, j] * _x[step * Size + j];
                }

                loss += r[t] * r[t];
            }

            for (var t = 0; t < Size; t++)
            {
                for (var j = 0; j < Size; j++)
                {
                    w[t, j] -= Rate * 2 * r[t] * _x[step * Size + j];
                }

                b[t] -= Rate * 2 * r[t];
            }
        }

        return w[0, 0] + loss;
    }
}
