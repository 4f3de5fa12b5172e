using System.Globalization;

namespace Plumb;

/// <summary>
/// Looks for the candidate where a score of the inputs made from it is largest; a candidate of a list is found once.
/// </summary>
internal sealed class PointSearch
{
    private readonly CandidatePoints _candidates;
    private readonly Design _inputs; // without targets
    private readonly Matrix? _listed; // candidates x inputs
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
            var point = new BoxSearch(box).Best(columns => score(InputsOf(columns)));
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
