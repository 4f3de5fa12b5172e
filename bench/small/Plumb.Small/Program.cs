using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearRegression;
using Plumb;
using Plumb.Small;

const int WarmUpSeconds = 2;
const int BatchMicroseconds = 20_000;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seconds = double.Parse(args[0], CultureInfo.InvariantCulture);
Console.WriteLine("| rows x inputs -> targets | Plumb | Math.NET QR | its normal equations | Plumb, KB | QR, KB |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var (rows, inputs, targets) in new[] { (20, 3, 1), (24, 9, 3), (100, 10, 1), (1000, 10, 1), (1000, 50, 1) })
{
    var random = new Random(1);
    var (x, y) = (Numbers(rows, inputs), Numbers(rows, targets));
    var (left, right) = (DenseMatrix.OfArray(WithOnes(x)), DenseMatrix.OfArray(y));
    Contestant[] contestants =
    [
        new("Plumb", () =>
        {
            var moments = new Moments(inputs, targets);
            moments.Add(x, y);
            return new LeastSquares().Fit(moments).Map.Bias[0];
        }),
        new("QR", () => MultipleRegression.QR(left, right)[0, 0]),
        new("normal equations", () => MultipleRegression.NormalEquations(left, right)[0, 0]),
    ];
    Run(contestants, WarmUpSeconds);
    Array.ForEach(contestants, contestant => contestant.Forget());
    Run(contestants, seconds);
    Console.WriteLine($"| {rows} x {inputs} -> {targets} "
        + string.Concat(contestants.Select(contestant => $"| {contestant.Microseconds:0.0} us "))
        + $"| {contestants[0].Kilobytes:0.0} | {contestants[1].Kilobytes:0.0} |");

    double[,] Numbers(int height, int width)
    {
        var numbers = new double[height, width];
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                numbers[i, j] = random.NextDouble() - 0.5;
            }
        }

        return numbers;
    }
}

static void Run(Contestant[] contestants, double seconds)
{
    var fits = contestants.ToDictionary(contestant => contestant, _ => 1);
    for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
    {
        foreach (var contestant in contestants)
        {
            contestant.Time(fits[contestant]);
            fits[contestant] = (int)Math.Clamp(BatchMicroseconds / contestant.Microseconds, 1, 10_000);
        }
    }
}

static double[,] WithOnes(double[,] x)
{
    var ones = new double[x.GetLength(0), x.GetLength(1) + 1];
    for (var i = 0; i < x.GetLength(0); i++)
    {
        ones[i, 0] = 1;
        for (var j = 0; j < x.GetLength(1); j++)
        {
            ones[i, j + 1] = x[i, j];
        }
    }

    return ones;
}
