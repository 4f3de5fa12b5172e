namespace Plumb.Diagnosis;

/// <summary>The minimiser of a quadratic and absolute weights, by exact minimisation along one coordinate after
/// another. Friedman, Hastie and Tibshirani, Journal of Statistical Software 33, 2010.</summary>
internal static class CoordinateDescent
{
    private const int MostSweeps = 5000;
    private const double Still = 1e-14; // of the largest weight: a sweep that moves none by more ends the search

    /// <summary>From weights to the minimiser.</summary>
    /// <param name="start">The weights to start from.</param>
    /// <param name="gradient">The downhill gradient of the quadratic there.</param>
    /// <param name="hessian">Its Hessian, with a diagonal of ones.</param>
    /// <param name="isSeen">The coordinates that may move.</param>
    /// <param name="absolutes">The penalties on absolute weights.</param>
    /// <param name="squares">Those on half the squares.</param>
    public static double[] StepFrom(double[] start, double[] gradient, double[,] hessian, bool[] isSeen,
        double[] absolutes, double[] squares)
    {
        var (weights, left) = ((double[])start.Clone(), (double[])gradient.Clone());
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var (largest, moved) = (0.0, 0.0);
            for (var j = 0; j < weights.Length; j++)
            {
                if (!isSeen[j])
                {
                    continue;
                }

                var pull = weights[j] + left[j]; // the diagonal is 1
                var next = Math.Sign(pull) * Math.Max(0, Math.Abs(pull) - absolutes[j]) / (1 + squares[j]);
                var step = next - weights[j];
                (largest, moved) = (Math.Max(largest, Math.Abs(next)), Math.Max(moved, Math.Abs(step)));
                if (step == 0)
                {
                    continue;
                }

                weights[j] = next;
                for (var k = 0; k < left.Length; k++)
                {
                    left[k] -= hessian[k, j] * step;
                }
            }

            if (moved <= Still * largest)
            {
                break;
            }
        }

        return [.. weights.Select((weight, j) => weight - start[j])];
    }
}
