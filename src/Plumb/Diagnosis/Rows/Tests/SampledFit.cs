using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The fit of one target to the rows that were kept, and what another column would add to it: by the F test, and by a
/// score whose variance is that of each row's own noise. Of the two p-values the larger one counts, so that neither
/// uneven noise nor one far row makes a column speak.
/// </summary>
/// <remarks>
/// The score is the sum of q e, with q what the fit leaves of the column. Its variance is that of HC3, the sum of
/// (q e / (1 - h))^2, where e is what the column leaves too: MacKinnon and White, J. Econometrics 29, 1985. It rests on
/// about (sum of q^2)^2 / sum of q^4 rows, its degrees of freedom: Bell and McCaffrey, Survey Methodology 28, 2002.
/// </remarks>
internal sealed class SampledFit
{
    private const double Cancelled = 1e-24; // of a sum of squares: what is left of it below that is rounding

    private readonly SampledRows _rows;
    private readonly ColumnBasis _basis;
    private readonly double _length;

    private SampledFit(SampledRows rows, ColumnBasis basis, double[] residuals)
    {
        (_rows, _basis, Residuals) = (rows, basis, basis.Remainder(residuals));
        _length = ColumnBasis.Dot(Residuals, Residuals);
    }

    /// <summary>What the fit leaves of the target, each times the root of how often the row counts.</summary>
    public double[] Residuals { get; }

    /// <summary>The rows, less what the fit determines.</summary>
    private long Freedom => _rows.Units - _basis.Rank;

    /// <summary>A fit with a basis of the inputs.</summary>
    public static SampledFit Of(SampledRows rows, ColumnBasis basis, int target) =>
        new(rows, basis, rows.Residuals(target));

    /// <summary>The fit with more columns.</summary>
    public SampledFit With(params IEnumerable<double[]> columns) => new(_rows, _basis.With(columns), Residuals);

    /// <summary>
    /// What the fit would leave of noise that is each row's residual over 1 - leverage, with a sign drawn at random:
    /// as uneven as this target's, and dependent on nothing.
    /// </summary>
    public double[] ResidualsOfRandomSigns(RandomSource random)
    {
        var noise = new double[Residuals.Length];
        for (var start = 0; start < noise.Length;)
        {
            var sign = random.NextIndex(2) == 0 ? 1 : -1;
            var end = _rows.EndOfUnit(start);
            for (var i = start; i < end; i++)
            {
                noise[i] = sign * Residuals[i] / Math.Max(RowFrame.Alone, 1 - _basis.Leverages[i] / _rows.Count(i));
            }

            start = end;
        }

        return _basis.Remainder(noise);
    }

    /// <summary>
    /// Whether another column would improve the fit; null where it is made up of the others, or one row alone has it.
    /// </summary>
    public AddedColumn? Test(double[] column)
    {
        if (Freedom < 2 || _basis.Rest(column) is not { } rest)
        {
            return null;
        }

        var (square, product) = (ColumnBasis.Dot(rest, rest), ColumnBasis.Dot(rest, Residuals));
        var (gain, least) = (product / square * product, _length * Cancelled);
        var freedom = Freedom - 1;
        var share = gain / _length;
        var classical = new AddedColumn(gain / Math.Max(_length - gain, least) * freedom, freedom, share);
        var (variance, fourth) = VarianceOf(rest, square, product / square);
        if (double.IsNaN(variance))
        {
            return null;
        }

        var rows = Math.Clamp((long)(square / fourth * square), 1, freedom);
        var robust = new AddedColumn(product / Math.Max(variance, least * square / _rows.Units) * product, rows,
            share);
        return robust.PValue > classical.PValue ? robust : classical;
    }

    // The variance of the score, and the sum of fourth powers of what is left of the column; NaN where one row has it.
    private (double Variance, double Fourth) VarianceOf(double[] rest, double square, double slope)
    {
        var (variance, fourth, start) = (0.0, 0.0, 0);
        while (start < rest.Length)
        {
            var (end, count) = (_rows.EndOfUnit(start), _rows.CountOfUnit(start));
            var (score, own, leverage) = (0.0, 0.0, 0.0);
            for (var i = start; i < end; i++)
            {
                score += rest[i] * (Residuals[i] - slope * rest[i]);
                own += rest[i] * rest[i];
                leverage += _basis.Leverages[i];
            }

            // A row stands for several that are alike, each with its own part.
            var without = 1 - (leverage + own / square) / count;
            start = end;
            if (without <= RowFrame.Alone)
            {
                if (own > RowFrame.Alone * square)
                {
                    return (double.NaN, fourth);
                }

                continue; // the inputs alone give it leverage 1, and nothing is left of the column there
            }

            score /= without;
            variance += score * score / count;
            fourth += own * own / count;
        }

        return (variance, fourth);
    }
}
