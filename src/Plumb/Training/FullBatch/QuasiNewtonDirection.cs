namespace Plumb.Training;

/// <summary>
/// d = -(an approximate inverse Hessian) g, from the last steps and what they did to the gradient: the two-loop
/// recursion. Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.4.
/// </summary>
internal sealed class QuasiNewtonDirection(int memory) : SearchDirection
{
    private readonly Queue<Pair> _pairs = new(); // the oldest first

    public override void Choose(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        gradient.CopyTo(direction);
        var (pairs, shares) = (_pairs.ToArray(), new double[_pairs.Count]);
        for (var k = pairs.Length - 1; k >= 0; k--)
        {
            shares[k] = MomentProblem.Dot(pairs[k].Step, direction) / pairs[k].Product;
            Add(-shares[k], pairs[k].Change, direction);
        }

        if (pairs is [.., var last])
        {
            Scale(last.Product / MomentProblem.Dot(last.Change, last.Change), direction);
        }

        for (var k = 0; k < pairs.Length; k++)
        {
            Add(shares[k] - MomentProblem.Dot(pairs[k].Change, direction) / pairs[k].Product, pairs[k].Step, direction);
        }

        Scale(-1, direction);
    }

    public override void Learn(double length, ReadOnlySpan<double> direction, ReadOnlySpan<double> curvature)
    {
        var pair = _pairs.Count < memory ? new Pair(new double[direction.Length], new double[direction.Length], 0)
            : _pairs.Dequeue();
        Add(length, direction, Cleared(pair.Step));
        Add(length, curvature, Cleared(pair.Change));
        _pairs.Enqueue(pair with { Product = MomentProblem.Dot(pair.Step, pair.Change) });
    }

    private static double[] Cleared(double[] numbers)
    {
        Array.Clear(numbers);
        return numbers;
    }

    private static void Add(double factor, ReadOnlySpan<double> term, Span<double> sum)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * term[i];
        }
    }

    private static void Scale(double factor, Span<double> numbers)
    {
        foreach (ref var number in numbers)
        {
            number *= factor;
        }
    }

    private sealed record Pair(double[] Step, double[] Change, double Product);
}
