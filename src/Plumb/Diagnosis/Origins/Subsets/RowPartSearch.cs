namespace Plumb;

/// <summary>
/// Whether a map is the best fit of the first rows, of the last, or of all but one: at the best fit of some rows, the
/// sums over these of residual and of residual times each input are 0.
/// They are added up row by row, inputs about their means and over their standard deviations; those of the last rows
/// are what the sums of all, which moments give exactly, leave.
/// </summary>
internal sealed class RowPartSearch
{
    private const double MostMisfit = 1e-4; // of what chance would make of the sums
    // digits by which all sums together are nearer to 0 than chance brings them, over all rows
    private const double Enough = 5;
    private const double Least = 1e-9; // what rounding leaves

    private readonly AffineMap _map;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _targetDeviations;
    private readonly double[][] _all; // targets x (inputs and 1)
    private readonly double[][] _sums;
    private readonly double[][] _row;
    private readonly long _rows;
    private readonly double[] _previous; // the inputs of the row before
    private readonly long[] _firstChange; // for each input, the first row that differs from the one before; 0 for none
    private readonly long[] _lastChange; // for each input, the last row that the next one differs from; 0 for none
    private RowPart? _best;
    private long _seen;

    public RowPartSearch(AffineMap map, Moments moments)
    {
        var spread = new Spread(moments);
        var at = GradientAtMap.Of(moments, map, BiasRole.Free);
        (_map, _means, _deviations, _targetDeviations) = (map, spread.InputMeans, spread.InputDeviations,
            spread.TargetDeviations);
        _all = [.. at.Gradients.Select((gradient, t) =>
            (double[])[.. gradient.Select(value => value * at.Count), at.BiasLeft[t] * at.Count])];
        (_sums, _row) = ([.. _all.Select(sums => new double[sums.Length])],
            [.. _all.Select(sums => new double[sums.Length])]);
        (_previous, _firstChange, _lastChange) =
            (new double[_means.Length], new long[_means.Length], new long[_means.Length]);
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
            NoteChanges(block.Inputs.Row(i));
            _seen++;
            Judge();
        }
    }

    /// <summary>The part that fits best; null where none does as no other would by chance.</summary>
    public RowPart? Found()
    {
        // Where an input is the same on every row of the part, its sum is 0 wherever the sum of residuals is.
        var varied = _best is not { } part ? 0 : Enumerable.Range(0, _means.Length).Count(j => part.Code switch
        {
            "first-rows" => _firstChange[j] > 0 && _firstChange[j] <= part.Row,
            "last-rows" => _lastChange[j] >= part.Row,
            _ => true,
        });
        var sums = _all.Length * (varied + 1);
        return _best is { } best && best.Misfit <= MostMisfit
            && -sums * Math.Log10(Math.Max(best.Misfit, Least)) - Math.Log10(3.0 * _rows) >= Enough ? best : null;
    }

    private void NoteChanges(ReadOnlySpan<double> x)
    {
        for (var j = 0; j < x.Length; j++)
        {
            if (_seen > 0 && x[j] != _previous[j])
            {
                _lastChange[j] = _seen;
                _firstChange[j] = _firstChange[j] == 0 ? _seen + 1 : _firstChange[j];
            }

            _previous[j] = x[j];
        }
    }

    private void SetRow(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] prediction, double weight)
    {
        for (var t = 0; t < prediction.Length; t++)
        {
            var residual = _targetDeviations[t] > 0 ? weight * (y[t] - prediction[t]) / _targetDeviations[t] : 0;
            for (var j = 0; j < x.Length; j++)
            {
                _row[t][j] = _deviations[j] > 0 ? residual * (x[j] - _means[j]) / _deviations[j] : 0;
            }

            _row[t][^1] = residual;
            for (var j = 0; j < _row[t].Length; j++)
            {
                _sums[t][j] += _row[t][j];
            }
        }
    }

    private void Judge()
    {
        var (first, last, one, size) = (0.0, 0.0, 0.0, 0.0);
        for (var t = 0; t < _all.Length; t++)
        {
            for (var j = 0; j < _all[t].Length; j++)
            {
                first = Math.Max(first, Math.Abs(_sums[t][j]));
                last = Math.Max(last, Math.Abs(_all[t][j] - _sums[t][j]));
                one = Math.Max(one, Math.Abs(_all[t][j] - _row[t][j]));
                size = Math.Max(size, Math.Abs(_all[t][j]));
            }
        }

        // As many rows as parameters are met by any map through them, and say nothing.
        var (least, left) = (_means.Length + 1, _rows - _seen);
        Take("first-rows", _seen, _seen > least && left > 0 ? first / (size + Math.Sqrt(_seen) * Small) : double.NaN);
        Take("last-rows", _seen + 1, left > least ? last / (size + Math.Sqrt(left) * Small) : double.NaN);
        Take("row-left-out", _seen, one / size);
    }

    private const double Small = 1e-3; // of the targets' spread: residuals below are not looked for

    private void Take(string code, long row, double misfit)
    {
        if (misfit < (_best?.Misfit ?? double.PositiveInfinity))
        {
            _best = new RowPart(code, row, _rows, misfit);
        }
    }
}
