using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests.Structures;

/// <summary>
/// What rows determine, and how a best fit to them errs, by plain elimination of whole numbers: it shares nothing with
/// the library's solver. Parameters are the weights, then the bias where there is one.
/// </summary>
internal sealed class ExactFit
{
    private readonly BigInteger[][] _z; // parameters x rows, each in a unit of its own
    private readonly int[] _units; // powers of two, one per parameter
    private readonly BigInteger[] _weights; // one per row
    private readonly BigInteger[][] _rows; // of [Z'WZ | I | Z'We], reduced
    private readonly BigInteger _pivot; // on their diagonal
    private readonly bool[] _isPivot;
    private readonly BigInteger[][] _errors; // of the targets, in a unit of their own
    private readonly int[] _errorUnits;

    /// <summary>Eliminates.</summary>
    /// <param name="problem">The rows.</param>
    /// <param name="errors">What each target is off by from its truth: targets x rows.</param>
    public ExactFit(StructureProblem problem, Dyadic[][] errors)
    {
        var (data, bias) = (problem.Data, problem.Settings.Bias);
        var inputs = Enumerable.Range(0, data.Inputs.Columns);
        var all = Enumerable.Range(0, data.Rows).ToArray();
        Dyadic[] Column(Func<int, Dyadic> value) => [.. all.Select(value)];
        Dyadic[][] constant = bias ? [Column(_ => Dyadic.One)] : [];
        Dyadic[][] columns = [.. inputs.Select(j => Column(i => data.Inputs[i, j])), .. constant];
        (_z, _units) = Whole(columns);
        (_errors, _errorUnits) = Whole(errors);
        _weights = Whole([Column(i => data.Weights?.Values[i] ?? 1)]).Numbers[0];
        var size = _z.Length;
        _rows = [.. Enumerable.Range(0, size).Select(i => (BigInteger[])
        [
            .. _z.Select(column => Dot(_z[i], column)),
            .. Enumerable.Range(0, size).Select(k => i == k ? BigInteger.One : BigInteger.Zero),
            .. _errors.Select(error => Dot(_z[i], error)),
        ])];
        (_isPivot, _pivot) = (new bool[size], BigInteger.One);
        for (var k = 0; k < size; k++)
        {
            _pivot = Eliminate(k);
        }

        var areCounted = data.Weights is { AreFrequencies: true };
        Freedom = _weights.Sum(weight => areCounted ? (long)weight : weight.Sign) - Rank;
    }

    /// <summary>The rank.</summary>
    public int Rank => _isPivot.Count(isPivot => isPivot);

    /// <summary>Rows less rank.</summary>
    public long Freedom { get; }

    /// <summary>Whether the rows determine a parameter.</summary>
    public bool Determines(int parameter) =>
        _isPivot[parameter] && Enumerable.Range(0, _z.Length).All(k => _isPivot[k] || _rows[parameter][k].IsZero);

    /// <summary>
    /// How much a combination of weights changes along directions that change no prediction, relative to its terms: 0
    /// where it is determined.
    /// </summary>
    public double Openness(IReadOnlyList<double> combination) =>
        Enumerable.Range(0, _z.Length).Where(k => !_isPivot[k]).Select(k => Openness(combination, k)).Append(0).Max();

    // The direction holds the free column once, and -row / pivot of each pivot's.
    private double Openness(IReadOnlyList<double> combination, int free)
    {
        Dyadic sum = Dyadic.Zero, size = Dyadic.Zero;
        for (var k = 0; k < combination.Count; k++)
        {
            var share = k == free ? -_pivot : _isPivot[k] ? _rows[k][free] : 0;
            var term = new Dyadic(share, -_units[k]) * (Dyadic)combination[k];
            (sum, size) = (sum + term, size + term.Abs());
        }

        return sum.IsZero ? 0 : Dyadic.Ratio(sum.Abs(), size);
    }

    /// <summary>What the best fit's parameter is off by from the truth.</summary>
    public double ErrorOf(int target, int parameter) => !_isPivot[parameter] ? 0 :
        Math.ScaleB(Ratio(_rows[parameter][2 * _z.Length + target], _pivot), _errorUnits[target] - _units[parameter]);

    /// <summary>The standard error of a combination of determined parameters; NaN without degrees of freedom.</summary>
    public double StandardError(int target, params (int Parameter, double Factor)[] combination)
    {
        var sum = Dyadic.Zero;
        foreach (var (left, first) in combination)
        {
            foreach (var (right, second) in combination.Where(_ => _isPivot[left]))
            {
                var entry = new Dyadic(_rows[left][_z.Length + right], -_units[left] - _units[right]);
                sum += (Dyadic)first * (Dyadic)second * entry;
            }
        }

        return Freedom > 0 ? Deviation(target) * Dyadic.SquareRootOfRatio(sum, new Dyadic(_pivot, 0)) : double.NaN;
    }

    /// <summary>The estimated standard deviation of the noise, in the units of the weights as whole numbers.</summary>
    private double Deviation(int target)
    {
        var rest = _pivot * Dot(_errors[target], _errors[target]);
        for (var k = 0; k < _z.Length; k++)
        {
            rest -= _isPivot[k] ? _rows[k][2 * _z.Length + target] * Dot(_z[k], _errors[target]) : 0;
        }

        var whole = Dyadic.SquareRootOfRatio(new Dyadic(rest, 0), new Dyadic(_pivot * Freedom, 0));
        return Math.ScaleB(whole, _errorUnits[target]);
    }

    /// <summary>The rows that alone determine something: their leverage is 1.</summary>
    public IEnumerable<int> RowsAlone(RowWeights? weights)
    {
        bool IsOne(int row) => !(weights is { AreFrequencies: true } && weights.Values[row] > 1);
        var rows = Enumerable.Range(0, _weights.Length).Where(i => !_weights[i].IsZero && IsOne(i));
        return rows.Where(i => Leverage(i) == _pivot);
    }

    private BigInteger Leverage(int row)
    {
        var sum = BigInteger.Zero;
        for (var j = 0; j < _z.Length; j++)
        {
            for (var k = 0; _isPivot[j] && k < _z.Length; k++)
            {
                sum += _isPivot[k] ? _z[j][row] * _z[k][row] * _rows[j][_z.Length + k] : 0;
            }
        }

        return sum * _weights[row];
    }

    /// <summary>Bareiss's elimination, above and below: entries stay whole, and pivots become one number.</summary>
    private BigInteger Eliminate(int k)
    {
        if (_rows[k][k].IsZero)
        {
            return _pivot; // the column depends on those before it
        }

        _isPivot[k] = true;
        var (own, pivot) = (_rows[k], _rows[k][k]);
        foreach (var row in _rows.Where(row => row != own))
        {
            var factor = row[k];
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (row[j] * pivot - factor * own[j]) / _pivot;
            }
        }

        return pivot;
    }

    private BigInteger Dot(BigInteger[] left, BigInteger[] right)
    {
        var sum = BigInteger.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i].IsZero || right[i].IsZero ? 0 : _weights[i] * left[i] * right[i];
        }

        return sum;
    }

    private static double Ratio(BigInteger left, BigInteger right) =>
        Dyadic.Ratio(new Dyadic(left, 0), new Dyadic(right, 0));

    /// <summary>Columns as whole numbers of a power of two each.</summary>
    private static (BigInteger[][] Numbers, int[] Units) Whole(Dyadic[][] columns)
    {
        static int Unit(Dyadic[] column) =>
            column.Where(value => !value.IsZero).Select(value => value.Exponent).DefaultIfEmpty(0).Min();
        int[] units = [.. columns.Select(Unit)];
        return ([.. columns.Select((column, k) => column.Select(value => value.OnGrid(units[k])).ToArray())], units);
    }
}
