using BenchmarkDotNet.Attributes;

namespace Plumb.Bench;

/// <summary>A step of W 64x64 with a batch of 256 rows; beside a plain loop over double[,].</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class BatchTrainingBenchmarks
{
    private const int Size = 64;
    private const int Rows = 256;
    private const double Rate = 0.001;

    private Dataset _batch = new(new Matrix(0, 0), new Matrix(0, 0));
    private Trainer _trainer = new GradientDescent(Rate).Start(AffineMap.Zero(1, 1));
    private Trainer _adam = new GradientDescent(Rate).Start(AffineMap.Zero(1, 1));
    private double[,] _x = new double[0, 0];
    private double[,] _y = new double[0, 0];
    private double[,] _w = new double[0, 0];
    private double[] _b = [];

    [GlobalSetup]
    public void Draw()
    {
        var random = new RandomSource(1);
        _batch =
            new Dataset(Matrix.Create(Rows, Size, (_, _) => random.NextNormal()),
                Matrix.Create(Rows, Size, (_, _) => random.NextNormal()));
        _trainer = new GradientDescent(Rate).Start(AffineMap.Random(Size, Size, random));
        _adam = new GradientDescent(Rate) { Optimizer = Optimizer.Adam() }.Start(AffineMap.Random(Size, Size, random));
        (_x, _y, _w, _b) = (new double[Rows, Size], new double[Rows, Size], new double[Size, Size], new double[Size]);
        Buffer.BlockCopy(_batch.Inputs.Values.ToArray(), 0, _x, 0, Buffer.ByteLength(_x));
        Buffer.BlockCopy(_batch.Targets.Values.ToArray(), 0, _y, 0, Buffer.ByteLength(_y));
    }

    /// <summary>Through the public trainer.</summary>
    [Benchmark]
    public double Trainer() => _trainer.Step(_batch);

    /// <summary>The same with Adam.</summary>
    [Benchmark]
    public double AdamTrainer() => _adam.Step(_batch);

    /// <summary>As one would write it.</summary>
    [Benchmark(Baseline = true)]
    public double PlainLoop()
    {
        var loss = 0.0;
        var (gw, gb) = (new double[Size, Size], new double[Size]);
        for (var i = 0; i < Rows; i++)
        {
            for (var t = 0; t < Size; t++)
            {
                var r = _b[t] - _y[i, t];
                for (var j = 0; j < Size; j++)
                {
                    r += _w[t, j] * _x[i, j];
                }

                loss += r * r;
                gb[t] += r;
                for (var j = 0; j < Size; j++)
                {
                    gw[t, j] += r * _x[i, j];
                }
            }
        }

        const double Scale = 2.0 / (Rows * Size);
        for (var t = 0; t < Size; t++)
        {
            _b[t] -= Rate * Scale * gb[t];
            for (var j = 0; j < Size; j++)
            {
                _w[t, j] -= Rate * Scale * gw[t, j];
            }
        }

        return loss / (Rows * Size);
    }
}
