namespace Plumb.Reading;

/// <summary>
/// The sums that least squares needs in plain doubles, as a program without Plumb would keep them: the last column on
/// all others and a bias.
/// </summary>
/// <param name="columns">The number of columns.</param>
internal sealed class RoundedMoments(int columns)
{
    private readonly double[,] _sums = new double[columns + 1, columns + 1]; // of z z', z = [1; row], upper triangle

    /// <summary>
    /// Sums that were made elsewhere: the number of rows, the sum of each column, the sums of products row by row of
    /// the upper triangle.
    /// </summary>
    public static RoundedMoments Of(int columns, double[] sums)
    {
        var moments = new RoundedMoments(columns);
        for (var (i, k) = (0, 0); i <= columns; i++)
        {
            for (var j = i; j <= columns; j++, k++)
            {
                moments._sums[i, j] = sums[k];
            }
        }

        return moments;
    }

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        _sums[0, 0]++;
        for (var i = 0; i < row.Length; i++)
        {
            _sums[0, i + 1] += row[i];
            for (var j = i; j < row.Length; j++)
            {
                _sums[i + 1, j + 1] += row[i] * row[j];
            }
        }
    }

    /// <summary>The coefficients, the bias first, by elimination.</summary>
    public double[] Solve()
    {
        var a = new double[columns, columns + 1];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= columns; j++)
            {
                a[i, j] = _sums[Math.Min(i, j), Math.Max(i, j)];
            }
        }

        for (var k = 0; k < columns; k++)
        {
            for (var i = k + 1; i < columns; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (var j = k; j <= columns; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }
            }
        }

        var solution = new double[columns];
        for (var i = columns - 1; i >= 0; i--)
        {
            var sum = a[i, columns];
            for (var j = i + 1; j < columns; j++)
            {
                sum -= a[i, j] * solution[j];
            }

            solution[i] = sum / a[i, i];
        }

        return solution;
    }
}
