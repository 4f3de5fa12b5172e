using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The solution for one target, refined until it is known well enough, with what is proved of it.
/// </summary>
internal sealed class TargetFit
{
    private const int WantedBits = 70; // of biases and sums of squares: beyond a double's last bit
    private const long MostWork = 1_000_000_000; // multiplications of words, for a proof that something is 0

    private readonly FitEquations _shared;
    private readonly Moments _moments;
    private readonly NormalEquations _equations;
    private readonly int[] _columns;
    private readonly int _target;
    private CertifiedSolution _solution;

    private TargetFit(FitEquations equations, int target)
    {
        (_shared, _moments, _equations, _columns, _target) =
            (equations, equations.Moments, equations.Normal, equations.Columns, target);
        _solution = equations.Solver.Solve([.. _columns.Select(column => _equations.RightHandSides[target][column])]);
    }

    /// <summary>The weights, one per input; 0, of which nothing is proved, for those that are not solved for.</summary>
    public Enclosure[] Weights { get; private set; } = [];

    /// <summary>The bias times the sum of weights of rows.</summary>
    public Enclosure BiasSum { get; private set; }

    /// <summary>The solution of the equations, by which all of these are known.</summary>
    public CertifiedSolution Solution => _solution;

    /// <summary>The sum of squared residuals, on the equations' scale.</summary>
    public Bounded Residual { get; private set; }

    /// <summary>Solves for one target.</summary>
    /// <param name="equations">The equations.</param>
    /// <param name="target">The target.</param>
    public static TargetFit Of(FitEquations equations, int target)
    {
        var fit = new TargetFit(equations, target);
        fit.FindResidual();
        fit.FindBias();
        fit.FindWeights();
        return fit;
    }

    private void FindWeights()
    {
        Weights = new Enclosure[_moments.InputCount];
        for (var k = 0; k < _columns.Length; k++)
        {
            Weights[_columns[k]] = _solution.Element(k);
        }
    }

    /// <summary>The sum of y less w . the sum of x.</summary>
    private void FindBias()
    {
        if (!_shared.Bias)
        {
            return;
        }

        for (var work = 0L; ; work += Work)
        {
            var (sum, largest) = SumOfResiduals();
            BiasSum = new Enclosure(sum, _solution.ErrorOf(_shared.SumBounds));
            if (BiasSum.IsGoodTo(WantedBits))
            {
                return;
            }

            if (BiasSum.Radius is not null && BiasSum.IsBelow(LeastBias()))
            {
                BiasSum = Enclosure.Exactly(Dyadic.Zero);
                return;
            }

            if (BiasSum.Radius is null || work > MostWork)
            {
                var isNothing = sum.Magnitude < largest - PositiveDefiniteSolver.WantedBits;
                BiasSum = isNothing ? new Enclosure(Dyadic.Zero, null) : BiasSum;
                return;
            }

            _solution = _solution.Next();
        }
    }

    private (Dyadic Sum, int Largest) SumOfResiduals()
    {
        var sum = _moments.TargetSum(_target);
        var largest = sum.Magnitude;
        for (var k = 0; k < _columns.Length; k++)
        {
            var term = _solution.Values[k] * _moments.InputSum(_columns[k]);
            sum -= term;
            largest = Math.Max(largest, term.Magnitude);
        }

        return (sum, largest);
    }

    /// <summary>
    /// The sum of squares of the solution, total - x'c - x's - penalty x'x with s the residual of the equations, less
    /// what refinement would still take off.
    /// </summary>
    private void FindResidual()
    {
        if (_shared.Penalty.IsZero && _columns.Length == _moments.Rows - (_shared.Bias ? 1 : 0))
        {
            Residual = new Bounded(Dyadic.Zero, 0); // as many independent columns as rows: any target is met
            return;
        }

        for (var work = 0L; ; work += Work)
        {
            var sum = SumOfSquares();
            Residual = sum.ToBounded();
            if (sum.IsGoodTo(WantedBits))
            {
                return;
            }

            if (_shared.Penalty.IsZero && sum.Midpoint.Magnitude < LeastResidual() - 1)
            {
                Residual = new Bounded(Dyadic.Zero, 0);
                return;
            }

            if (work > MostWork)
            {
                Residual = _shared.Penalty.IsZero && _equations.IsConsistent(_target)
                    ? new Bounded(Dyadic.Zero, double.PositiveInfinity) : Residual;
                return;
            }

            _solution = _solution.Next();
        }
    }

    private Enclosure SumOfSquares()
    {
        var penalty = _shared.Penalty;
        var (sum, square, lost) = (_equations.Totals[_target], Dyadic.Zero, Dyadic.Zero);
        for (var k = 0; k < _columns.Length; k++)
        {
            var value = _solution.Values[k];
            sum -= value * (_equations.RightHandSides[_target][_columns[k]] + _solution.Residual[k]);
            if (!penalty.IsZero)
            {
                var error = _solution.Bounds.Errors[k].Scale(-_shared.Solver.Scales[k]);
                square += value * value;
                lost += error * (value.Abs() + value.Abs() + error);
            }
        }

        sum -= penalty * square;
        return sum.Sign >= 0 ? new Enclosure(sum, _solution.Bounds.Square + penalty * lost)
            : throw new ArithmeticException(FixedPointCholesky.NotOfRows);
    }

    /// <summary>What one round of refinement costs.</summary>
    private long Work => 1000L + (long)_columns.Length * _columns.Length;

    /// <summary>
    /// A lower bound, a power of two, on any nonzero residual sum of squares: that is a quotient of determinants of
    /// whole numbers (Cramer's rule), and the divisor at most the product of the diagonal (Hadamard's inequality).
    /// </summary>
    private int LeastResidual()
    {
        var grid = Math.Min(GridOfRightHandSide(),
            _equations.Totals[_target].IsZero ? int.MaxValue : _equations.Totals[_target].Exponent >> 1);
        return 2 * grid - BitsOfDeterminant();
    }

    /// <summary>The same for the bias times the sum of weights.</summary>
    private int LeastBias()
    {
        var grid = _moments.TargetSum(_target).IsZero ? int.MaxValue : _moments.TargetSum(_target).Exponent;
        var right = GridOfRightHandSide();
        for (var k = 0; k < _columns.Length; k++)
        {
            var sum = _moments.InputSum(_columns[k]);
            grid = sum.IsZero ? grid : Math.Min(grid, sum.Exponent + right - _shared.Solver.Coefficients.Exponents[k]);
        }

        return grid - BitsOfDeterminant();
    }

    private int GridOfRightHandSide()
    {
        var grid = int.MaxValue / 4;
        for (var k = 0; k < _columns.Length; k++)
        {
            var value = _equations.RightHandSides[_target][_columns[k]];
            grid = value.IsZero ? grid : Math.Min(grid, value.Exponent - _shared.Solver.Coefficients.Exponents[k]);
        }

        return grid;
    }

    private int BitsOfDeterminant() =>
        Enumerable.Range(0, _columns.Length).Sum(k => _shared.Solver.Coefficients.BitLengthOf(k, k));
}
