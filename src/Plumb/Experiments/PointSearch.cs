using System.Globalization;

namespace Plumb.Experiments;

/// <summary>
/// Looks for the candidate where a score of the inputs made from it is largest; a candidate of a list is found once.
/// </summary>
internal sealed class PointSearch
{
    private readonly CandidatePoints _candidates;
    private readonly Design _inputs; // without targets
    private readonly Matrix? _listed; // candidates x inputs
    private readonly bool[] _areWhole; // columns of which only whole numbers are points
    private readonly HashSet<int> _used = [];

    /// <summary>A point that was found.</summary>
    /// <param name="Point">One number per column.</param>
    /// <param name="Inputs">One number per input.</param>
    /// <param name="Candidate">Its number in the list.</param>
    public sealed record Found(double[] Point, double[] Inputs, int? Candidate);

    public PointSearch(CandidatePoints candidates, Design design)
    {
        (_candidates, _inputs) = (candidates, design.WithoutTargets());
        Require(candidates, _inputs.Columns.Inputs.Count);
        _areWhole = [.. _inputs.Columns.Inputs.Select(column => _inputs.Meanings.GetValueOrDefault(column)
            is ColumnMeaning.Category or ColumnMeaning.Truth)];
        RequireDefined(candidates);
        _listed = candidates is CandidatePoints.Listed { Points: var points } ? InputsOf(points) : null;
    }

    /// <summary>The largest magnitude of each input among the candidates; 1 where that is 0.</summary>
    public double[] Units()
    {
        var inputs = _listed ?? InputsOf(Extremes((CandidatePoints.Box)_candidates));
        var units = new double[inputs.Columns];
        for (var i = 0; i < inputs.Rows; i++)
        {
            for (var j = 0; j < units.Length; j++)
            {
                units[j] = Math.Max(units[j], Math.Abs(inputs[i, j]));
            }
        }

        return [.. units.Select(unit => unit > 0 ? unit : 1)];
    }

    /// <summary>The best candidate, the first among equals; null where none is left.</summary>
    public Found? Best(Func<double[], double> score)
    {
        if (_candidates is CandidatePoints.Box box)
        {
            var point = new BoxSearch(box, _areWhole).Best(columns => InputsOf(columns) is var inputs
                && Array.TrueForAll(inputs, double.IsFinite) ? score(inputs) : double.NegativeInfinity);
            return new Found(point, InputsOf(point), null);
        }

        var (best, highest) = (-1, double.NegativeInfinity);
        for (var i = 0; i < _listed!.Rows; i++)
        {
            if (!_used.Contains(i) && score(_listed.Row(i).ToArray()) is var found && found > highest)
            {
                (best, highest) = (i, found);
            }
        }

        if (best < 0)
        {
            return null;
        }

        _used.Add(best);
        return new Found(((CandidatePoints.Listed)_candidates).Points.Row(best).ToArray(), _listed.Row(best).ToArray(),
            best);
    }

    private void RequireDefined(CandidatePoints candidates)
    {
        var points = candidates is CandidatePoints.Listed listed ? listed.Points
            : Extremes((CandidatePoints.Box)candidates);
        var block = new Dataset(points, new Matrix(points.Rows, 0), _inputs.Columns);
        if (_inputs.FirstUndefined(block) is { } found)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"a candidate or a bound is {found.Value} in column '{found.Factor.Column}', expected "
                    + $"{found.Factor.Function!.Domain} for {found.Factor.Name}; leave it out."), nameof(candidates));
        }

        for (var i = 0; i < points.Rows; i++)
        {
            for (var j = 0; j < points.Columns; j++)
            {
                var levels = _inputs.Meanings.GetValueOrDefault(_inputs.Columns.Inputs[j]) switch
                {
                    ColumnMeaning.Category category => category.Names.Count,
                    ColumnMeaning.Truth => 2,
                    _ => 0,
                };
                if (levels > 0 && !(double.IsInteger(points[i, j]) && points[i, j] >= 0 && points[i, j] < levels))
                {
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                        $"a candidate or a bound is {points[i, j]} in column '{_inputs.Columns.Inputs[j]}', expected "
                            + $"the place of a level, 0 to {levels - 1}."), nameof(candidates));
                }
            }
        }
    }

    private Matrix InputsOf(Matrix columns) => _inputs.IsPlain ? columns
        : _inputs.Expand(new Dataset(columns, new Matrix(columns.Rows, 0), _inputs.Columns)).Inputs;

    private double[] InputsOf(double[] columns) => _inputs.IsPlain ? columns
        : InputsOf(Matrix.Create(1, columns.Length, (_, j) => columns[j])).Row(0).ToArray();

    private static Matrix Extremes(CandidatePoints.Box box) =>
        Matrix.Create(2, box.Low.Count, (i, j) => i == 0 ? box.Low[j] : box.High[j]);

    private static void Require(CandidatePoints candidates, int columns)
    {
        var (found, values) = candidates switch
        {
            CandidatePoints.Listed { Points: var points } => (points.Columns, points.Values.ToArray()),
            CandidatePoints.Box box when box.Low.Count == box.High.Count => (box.Low.Count, [.. box.Low, .. box.High]),
            _ =>
                throw new ArgumentException("the box has more lower bounds than upper ones, or fewer; give one of each "
                    + "a column.", nameof(candidates)),
        };
        if (found != columns)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the candidates have {found} columns, but the inputs are made from {columns}; give each column of "
                        + $"the inputs, in their order."), nameof(candidates));
        }

        if (!Array.TrueForAll(values, double.IsFinite))
        {
            throw new ArgumentException("a candidate holds a number that is not finite; leave it out.",
                nameof(candidates));
        }

        if (candidates is CandidatePoints.Box { Low: var low, High: var high }
            && low.Zip(high).Any(bounds => bounds.First > bounds.Second))
        {
            throw new ArgumentException("a lower bound of the box is above its upper one; exchange the two.",
                nameof(candidates));
        }
    }
}
