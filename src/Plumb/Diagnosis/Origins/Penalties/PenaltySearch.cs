using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether a map minimises the sum of squares and a penalty of a family, and which: the penalties are those for which
/// one Newton step from the map, on the face of its zeros and signs,
/// moves predictions least. With g the gradient at the map, w its weights and d their squared units, stationarity reads
/// g = L d w for ridge, and g = A sqrt(d) sign(w) + L d w where w is not 0,
/// |g| at most A sqrt(d) where it is, for lasso and elastic net.
/// </summary>
internal sealed class PenaltySearch
{
    private const int Rounds = 4; // of finding the penalties by the Hessian that holds them
    private const double LeastDigits = 1; // of agreement: with less, no descent to the minimiser is worth its time
    private const double Rounding = 1.0 / (1L << 52);
    private const double MostDigits = 10; // of one condition: more says nothing more

    private readonly GradientAtMap _at;
    private readonly PenaltyFamily _family;
    private readonly double[] _units; // of the family, over the columns' lengths, times the reference
    private readonly double[] _targetUnits; // of the absolute penalty: the longest target's length over each one's
    private readonly double _reference;
    private readonly bool[] _isSeen; // parameters that vary, and are not 0 for all targets
    private readonly int[][] _faces; // targets x parameters that are not 0

    private PenaltySearch(GradientAtMap at, PenaltyFamily family)
    {
        (_at, _family) = (at, family);
        double UnitOf(int j) => j < at.InputCount ? family.Scaling.InputUnits[j] : 1;
        int[] all = [.. Enumerable.Range(0, at.Size).Where(j => at.Lengths[j] > 0)];
        _reference = all.Length == 0 ? 1 : all.Max(j => at.Lengths[j] / UnitOf(j));
        _units = [.. Enumerable.Range(0, at.Size).Select(j => at.Lengths[j] == 0 ? 0
            : UnitOf(j) / at.Lengths[j] * _reference)];
        var longest = at.TargetLengths.Max();
        _targetUnits = [.. at.TargetLengths.Select(length => length == 0 ? 0 : longest / length)];
        var areZerosSeen = family.Kind != PenaltyKind.Ridge;
        _isSeen = [.. Enumerable.Range(0, at.Size).Select(j => at.Lengths[j] > 0
            && (areZerosSeen || at.Weights.Any(weights => weights[j] != 0)))];
        _faces = [.. at.Weights.Select(weights =>
            Enumerable.Range(0, at.Size).Where(j => _isSeen[j] && (!areZerosSeen || weights[j] != 0)).ToArray())];
    }

    /// <summary>The member that fits best; null where none can.</summary>
    public static PenaltyMatch? Find(GradientAtMap at, PenaltyFamily family)
    {
        var search = new PenaltySearch(at, family);
        return search._faces.Sum(face => face.Length) < family.Parameters
            || search._units.Any(unit => !double.IsFinite(unit)) ? null : search.Find();
    }

    private PenaltyMatch? Find()
    {
        var (squares, absolutes) = FirstPenalties();
        for (var round = 0; round < Rounds; round++)
        {
            if (!(squares >= 0 && absolutes >= 0 && squares + absolutes > 0) || NextPenalties(squares) is not { } next)
            {
                return null;
            }

            (squares, absolutes) = next;
        }

        if (!(squares >= 0 && absolutes >= 0 && squares + absolutes > 0) || !double.IsFinite(squares + absolutes))
        {
            return null;
        }

        var (digits, conditions, uncertainty) = Agreement(squares, absolutes);
        if ((_family.Kind != PenaltyKind.Ridge && conditions > 0 && digits < LeastDigits)
            || StepsTo(squares, absolutes) is not { } steps)
        {
            return null;
        }

        var longest = _at.TargetLengths.Max();
        return new PenaltyMatch(
            _family,
            squares * _reference * _reference,
            absolutes * _reference * longest,
            Negative(_at.Step(steps)),
            [.. steps.Select((step, t) => double.Hypot(_at.Length(step), _at.BiasLeft[t]))],
            [.. _at.Weights.Select(weights =>
                _at.Length([.. weights.Select((value, j) => j < _at.InputCount ? value : 0)]))],
            digits,
            conditions,
            [.. Enumerable.Range(0, _at.InputCount).Where(j => _at.Lengths[j] > 0 && !_isSeen[j])])
        { Uncertainty = uncertainty };
    }

    /// <summary>What one unit of each penalty adds to the gradient.</summary>
    private double OfSquares(int target, int j) => _units[j] * _units[j] * _at.Weights[target][j];

    private double OfAbsolutes(int target, int j) =>
        _units[j] * _targetUnits[target] * Math.Sign(_at.Weights[target][j]);

    /// <summary>Penalties by plain least squares over the conditions, each weighed by its own size so that none drowns
    /// the others.</summary>
    private (double Squares, double Absolutes) FirstPenalties()
    {
        var sums = new PairSums();
        for (var t = 0; t < _faces.Length; t++)
        {
            foreach (var j in _faces[t])
            {
                var (square, absolute) = (OfSquares(t, j), OfAbsolutes(t, j));
                var size = Math.Abs(square) + (_family.Kind == PenaltyKind.Ridge ? 0 : Math.Abs(absolute));
                if (size > 0)
                {
                    sums.Add(square, absolute, _at.Gradients[t][j], 1 / size);
                }
            }
        }

        return sums.Solve(_family.Kind);
    }

    /// <summary>Penalties by least squares over predictions, moved by the Newton step with the Hessian that the last
    /// ones give.</summary>
    private (double Squares, double Absolutes)? NextPenalties(double squares)
    {
        var sums = new PairSums();
        for (var t = 0; t < _faces.Length; t++)
        {
            if (_faces[t].Length == 0)
            {
                continue;
            }

            if (Factor(_faces[t], squares) is not { } factor)
            {
                return null;
            }

            var (target, face) = (t, _faces[t]);
            double[] Solved(Func<int, double> element) => Whole(face, factor.Solve([.. face.Select(element)]));
            var square = Solved(j => OfSquares(target, j));
            var absolute = Solved(j => OfAbsolutes(target, j));
            var gradient = Solved(j => _at.Gradients[target][j]);
            sums.Add(_at.Inner(square, square), _at.Inner(square, absolute), _at.Inner(absolute, absolute),
                _at.Inner(square, gradient), _at.Inner(absolute, gradient));
        }

        return sums.Solve(_family.Kind);
    }

    /// <summary>From the map to the minimiser, for each target; null where it cannot be found.</summary>
    private double[][]? StepsTo(double squares, double absolutes)
    {
        var steps = new double[_faces.Length][];
        for (var t = 0; t < steps.Length; t++)
        {
            var (target, face) = (t, _faces[t]);
            if (_family.Kind != PenaltyKind.Ridge)
            {
                double[] penalties = [.. _units.Select(unit => absolutes * unit * _targetUnits[target])];
                steps[t] = CoordinateDescent.StepFrom(_at.Weights[t], _at.Gradients[t], _at.Hessian, _isSeen,
                    penalties, [.. _units.Select(unit => squares * unit * unit)]);
            }
            else if (Factor(face, squares) is { } factor)
            {
                steps[t] = Whole(face,
                    factor.Solve([.. face.Select(j => _at.Gradients[target][j] - squares * OfSquares(target, j))]));
            }
            else
            {
                return null;
            }
        }

        return steps;
    }

    /// <summary>How well the conditions agree, in digits; the best of them, as many as there are penalties, say
    /// nothing.</summary>
    private (double Digits, int Conditions, double Uncertainty) Agreement(double squares, double absolutes)
    {
        var (digits, misfit) = (new List<double>(), 0.0);
        for (var t = 0; t < _faces.Length; t++)
        {
            var floor = Rounding * _at.Weights[t].Sum(Math.Abs);
            foreach (var j in _faces[t])
            {
                var expected = squares * OfSquares(t, j) + absolutes * OfAbsolutes(t, j);
                var apart = expected == 0 ? 1
                    : Math.Max(Math.Abs(_at.Gradients[t][j] - expected), floor) / Math.Abs(expected);
                digits.Add(Math.Clamp(-Math.Log10(apart), 0, MostDigits));
                misfit += Math.Min(1, apart * apart);
            }
        }

        return (digits.OrderDescending().Skip(_family.Parameters).Sum(), digits.Count - _family.Parameters,
            Math.Sqrt(misfit / digits.Count));
    }

    private PlainCholesky? Factor(int[] face, double squares)
    {
        var matrix = new double[face.Length, face.Length];
        for (var i = 0; i < face.Length; i++)
        {
            for (var k = 0; k < face.Length; k++)
            {
                matrix[i, k] = _at.Hessian[face[i], face[k]]
                    + (i == k ? squares * _units[face[i]] * _units[face[i]] : 0);
            }
        }

        return PlainCholesky.TryOf(matrix);
    }

    private double[] Whole(int[] face, double[] values)
    {
        var whole = new double[_at.Size];
        for (var i = 0; i < face.Length; i++)
        {
            whole[face[i]] = values[i];
        }

        return whole;
    }

    private static AffineMap Negative(AffineMap map) =>
        AffineMap.Zero(map.InputCount, map.TargetCount).Named(map.Names) - map;
}
