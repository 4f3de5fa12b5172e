namespace Plumb.Diagnosis;

/// <summary>
/// Whether a map is the best fit of the first rows, of the last, or of all but one: at the best fit of some rows, the
/// sums over these of residual and of residual times each input are 0.
/// They are added up row by row, inputs about their means and over their standard deviations; those of the last rows
/// are what the sums of all, which moments give exactly, leave.
/// </summary>
internal sealed class RowPartSearch
{
    private const double MostMisfit = 1e-4; // of what chance would make of the sums
    private const double Enough = 5; // digits by which all sums are nearer to 0 than chance brings them, over all parts
    private const double Least = 1e-9; // misfit that rounding leaves
    private const double Small = 1e-3; // of the targets' spread: residuals below are not looked for

    private readonly AffineMap _map;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _targetDeviations;
    private readonly double[] _all; // over the terms: for 1 and each input, the targets
    private readonly double[] _sums;
    private readonly double[] _row;
    private readonly double _size;
    private readonly long _rows;
    private readonly SumScatter _before; // of the rows before this one
    private SumScatter? _scatter; // of the best part's rows, as far as they have come
    private double _bound; // of the best part's sums
    private RowPart? _best;
    private long _seen;

    public RowPartSearch(AffineMap map, Moments moments)
    {
        var spread = new Spread(moments);
        var at = GradientAtMap.Of(moments, map, BiasRole.Free);
        (_map, _means, _deviations, _targetDeviations) = (map, spread.InputMeans, spread.InputDeviations,
            spread.TargetDeviations);
        _all = [.. at.BiasLeft.Concat(Enumerable.Range(0, _means.Length).SelectMany(j =>
            at.Gradients.Select(gradient => gradient[j]))).Select(sum => sum * at.Count)];
        (_sums, _row, _before) = (new double[_all.Length], new double[_all.Length], new SumScatter(_all.Length));
        _size = _all.Max(Math.Abs);
        _rows = moments.Rows;
    }

    /// <summary>Rows more, in their order.</summary>
    public void Add(Dataset block)
    {
        var prediction = new double[_map.TargetCount];
        for (var i = 0; i < block.Rows; i++)
        {
            var weight = block.Weights is { } weights ? weights.Values[i] : 1;
            _map.Apply(block.Inputs.Row(i), prediction);
            SetRow(block.Inputs.Row(i), block.Targets.Row(i), prediction, weight);
            _seen++;
            if (_best?.Code != "first-rows")
            {
                _scatter?.Add(_row);
            }

            Judge();
            _before.Add(_row);
        }
    }

    /// <summary>The part that fits best; null where none does as no other would by chance.</summary>
    public RowPart? Found()
    {
        var digits = _best?.Code == "row-left-out" ? _scatter?.DigitsOfOneRow(_bound) : _scatter?.DigitsOfSums(_bound);
        return digits - Math.Log10(3.0 * _rows) >= Enough ? _best : null;
    }

    private void SetRow(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] prediction, double weight)
    {
        var targets = prediction.Length;
        for (var t = 0; t < targets; t++)
        {
            var residual = _targetDeviations[t] > 0 ? weight * (y[t] - prediction[t]) / _targetDeviations[t] : 0;
            _row[t] = residual;
            for (var j = 0; j < x.Length; j++)
            {
                _row[(j + 1) * targets + t] = _deviations[j] > 0 ? residual * (x[j] - _means[j]) / _deviations[j] : 0;
            }
        }

        for (var k = 0; k < _row.Length; k++)
        {
            _sums[k] += _row[k];
        }
    }

    private void Judge()
    {
        var (first, last, one) = (0.0, 0.0, 0.0);
        for (var k = 0; k < _all.Length; k++)
        {
            first = Math.Max(first, Math.Abs(_sums[k]));
            last = Math.Max(last, Math.Abs(_all[k] - _sums[k]));
            one = Math.Max(one, Math.Abs(_all[k] - _row[k]));
        }

        // As many rows as parameters are met by any map through them, and say nothing.
        var (least, left) = (_means.Length + 1, _rows - _seen);
        if (_seen > least && left > 0)
        {
            Take("first-rows", _seen, first, _size + Math.Sqrt(_seen) * Small);
        }

        if (left > least)
        {
            Take("last-rows", _seen + 1, last, _size + Math.Sqrt(left) * Small);
        }

        Take("row-left-out", _seen, one, _size);
    }

    /// <summary>Takes a part for the best where its sums are the smallest beside what chance would make them.</summary>
    private void Take(string code, long row, double sum, double chance)
    {
        var misfit = sum / chance;
        if (!(misfit < (_best?.Misfit ?? double.PositiveInfinity)))
        {
            return;
        }

        _best = new RowPart(code, row, _rows, misfit);
        _bound = Math.Max(misfit, Least) * chance;
        _scatter = misfit > MostMisfit ? null : code == "last-rows" ? new SumScatter(_all.Length) : _before.Copy();
        if (code == "first-rows")
        {
            _scatter?.Add(_row);
        }
    }
}
