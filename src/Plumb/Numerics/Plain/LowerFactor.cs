namespace Plumb.Numerics;

/// <summary>A nonsingular lower triangular matrix L.</summary>
/// <param name="elements">Row by row up to the diagonal.</param>
/// <param name="size">The number of rows.</param>
internal sealed class LowerFactor(double[] elements, int size)
{
    /// <summary>L^-1 b, in place of b.</summary>
    public void SolveLower(Span<double> vector)
    {
        for (var (i, start) = (0, 0); i < size; start += ++i)
        {
            var sum = vector[i];
            for (var k = 0; k < i; k++)
            {
                sum -= elements[start + k] * vector[k];
            }

            vector[i] = sum / elements[start + i];
        }
    }

    /// <summary>L'^-1 b, in place of b.</summary>
    public void SolveUpper(Span<double> vector)
    {
        for (var i = size - 1; i >= 0; i--)
        {
            var start = i * (i + 1) / 2;
            vector[i] /= elements[start + i];
            for (var k = 0; k < i; k++)
            {
                vector[k] -= elements[start + k] * vector[i];
            }
        }
    }
}
