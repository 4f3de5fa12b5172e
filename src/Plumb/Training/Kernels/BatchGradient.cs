using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>The gradient over a batch of rows, with room for the residuals of one block of them.</summary>
internal sealed class BatchGradient(int stride)
{
    // Of 64 targets: 32 kB of residuals, which stay in the cache from their making to their use.
    private const int BlockRows = 64;
    private const int Octet = ParameterBlock.Octet;

    private readonly double[] _residuals = new double[BlockRows * stride];

    /// <summary>g = sum over the rows of r [x; 1]', r = W x + b - y.</summary>
    /// <param name="parameters">Where W and b stand.</param>
    /// <param name="data">The rows to take from.</param>
    /// <param name="rows">Which rows to take.</param>
    /// <param name="gradient">Receives g.</param>
    /// <returns>The sum of |r|^2.</returns>
    public double Of(ParameterBlock parameters, Dataset data, ReadOnlySpan<int> rows, ParameterBlock gradient)
    {
        gradient.Values.Clear();
        var squares = Vector512<double>.Zero;
        for (var start = 0; start < rows.Length; start += BlockRows)
        {
            var block = rows.Slice(start, Math.Min(BlockRows, rows.Length - start));
            Begin(parameters.Bias, data.Targets, block);
            BatchKernel.AddProducts(parameters.Values, stride, data.Inputs.Values, data.Inputs.Columns, block,
                _residuals);
            squares = Finish(block.Length, gradient.Bias, squares);
            BatchKernel.AddGradient(_residuals, stride, data.Inputs.Values, data.Inputs.Columns, block,
                gradient.Values);
        }

        return RowKernel.SumOf(squares.GetLower() + squares.GetUpper());
    }

    /// <summary>r = b - y.</summary>
    private void Begin(ReadOnlySpan<double> bias, Matrix targets, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var residual = _residuals.AsSpan(i * stride, stride);
            var y = targets.Row(rows[i]);
            var t = 0;
            for (; t + Octet <= y.Length; t += Octet)
            {
                (Vector512.LoadUnsafe(in bias[t]) - Vector512.LoadUnsafe(in y[t])).StoreUnsafe(ref residual[t]);
            }

            for (; t < y.Length; t++)
            {
                residual[t] = bias[t] - y[t];
            }

            residual[t..].Clear();
        }
    }

    /// <summary>g += r for the bias; the squares of the residuals are added to the lanes.</summary>
    private Vector512<double> Finish(int rows, Span<double> gradient, Vector512<double> squares)
    {
        for (var t = 0; t < stride; t += Octet)
        {
            var (sum, square) = (Vector512.LoadUnsafe(ref gradient[t]), Vector512<double>.Zero);
            for (var i = 0; i < rows; i++)
            {
                var residual = Vector512.LoadUnsafe(ref _residuals[i * stride + t]);
                sum += residual;
                square = Vector512.FusedMultiplyAdd(residual, residual, square);
            }

            sum.StoreUnsafe(ref gradient[t]);
            squares += square;
        }

        return squares;
    }
}
