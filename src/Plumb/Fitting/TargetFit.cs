using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The solution for one target, refined until it is known well enough, with what is proved of it. Bounds are null where
/// nothing is proved.
/// </summary>
internal sealed class TargetFit
{
    private const int WantedBits = 70; // of biases and sums of squares: beyond a double's last bit
    private const long MostWork = 1_000_000_000; // multiplications of words, for a proof that something is 0

    private readonly Moments _moments;
    private readonly NormalEquations _equations;
    private readonly PositiveDefiniteSolver _solver;
    private readonly int[] _columns;
    private readonly int _target;
    private readonly bool _bias;
    private readonly Dyadic _penalty; // on the equations' scale
    private CertifiedSolution _solution;

    private TargetFit(Moments moments, NormalEquations equations, PositiveDefiniteSolver solver, int[] columns,
        int target, bool bias, Dyadic penalty)
    {
        (_moments, _equations, _solver, _columns, _target, _bias, _penalty) =
            (moments, equations, solver, columns, target, bias, penalty);
        _solution = solver.Solve([.. columns.Select(column => equations.RightHandSides[target][column])]);
    }

    /// <summary>The weights, one an input; 0 for those that are not solved for.</summary>
    public Dyadic[] Weights { get; private set; } = [];

    /// <summary>Bounds on the errors of the weights.</summary>
    public Dyadic?[] WeightErrors { get; private set; } = [];

    /// <summary>The bias times the sum of weights of rows.</summary>
    public Dyadic BiasSum { get; private set; }

    /// <summary>A bound on its error.</summary>
    public Dyadic? BiasSumError { get; private set; }

    /// <summary>The sum of squared residuals, on the equations' scale.</summary>
    public Bounded Residual { get; private set; }

    /// <summary>Solves for one target.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="equations">The equations without penalty.</param>
    /// <param name="solver">Solves those with it, of the columns.</param>
    /// <param name="columns">The inputs to solve for.</param>
    /// <param name="target">The target.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="penalty">What the penalty adds to the diagonal.</param>
    /// <param name="sums">Bounds on the inverse factor times the inputs' sums; unused without bias.</param>
    public static TargetFit Of(Moments moments, NormalEquations equations, PositiveDefiniteSolver solver, int[] columns,
        int target, bool bias, Dyadic penalty, Dyadic[] sums)
    {
        var fit = new TargetFit(moments, equations, solver, columns, target, bias, penalty);
        fit.FindResidual();
        fit.FindBias(sums);
        fit.FindWeights();
        return fit;
    }

    private void FindWeights()
    {
        (Weights, WeightErrors) = (new Dyadic[_moments.InputCount], new Dyadic?[_moments.InputCount]);
        for (var k = 0; k < _columns.Length; k++)
        {
            (Weights[_columns[k]], WeightErrors[_columns[k]]) = (_solution.Values[k], _solution.ErrorOf(k));
        }
    }

    /// <summary>The sum of y less w . the sum of x.</summary>
    private void FindBias(Dyadic[] sums)
    {
        if (!_bias)
        {
            return;
        }

        for (var work = 0L; ; work += Work)
        {
            var (sum, largest) = SumOfResiduals();
            var error = _solution.ErrorOf(sums);
            (BiasSum, BiasSumError) = (sum, error);
            if (error is { IsZero: true } || (error is { } bound && bound.Magnitude < sum.Magnitude - WantedBits))
            {
                return;
            }

            var isNothing = sum.Magnitude < largest - PositiveDefiniteSolver.WantedBits;
            if (error is { } most && Math.Max(sum.Magnitude, most.Magnitude) < LeastBias() - 1)
            {
                (BiasSum, BiasSumError) = (Dyadic.Zero, Dyadic.Zero);
                return;
            }

            if (error is null || work > MostWork)
            {
                (BiasSum, BiasSumError) = isNothing ? (Dyadic.Zero, null) : (sum, error);
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
        if (_penalty.IsZero && _columns.Length == _moments.Rows - (_bias ? 1 : 0))
        {
            Residual = new Bounded(Dyadic.Zero, 0); // as many independent columns as rows: any target is met
            return;
        }

        for (var work = 0L; ; work += Work)
        {
            var (sum, error) = SumOfSquares();
            Residual = new Bounded(sum, RelativeError(sum, error));
            if (error.IsZero || error.Magnitude < sum.Magnitude - WantedBits)
            {
                return;
            }

            if (_penalty.IsZero && sum.Magnitude < LeastResidual() - 1)
            {
                Residual = new Bounded(Dyadic.Zero, 0);
                return;
            }

            if (work > MostWork)
            {
                Residual = _penalty.IsZero && _equations.IsConsistent(_target)
                    ? new Bounded(Dyadic.Zero, double.PositiveInfinity) : Residual;
                return;
            }

            _solution = _solution.Next();
        }
    }

    private (Dyadic Sum, Dyadic Error) SumOfSquares()
    {
        var (sum, square, lost) = (_equations.Totals[_target], Dyadic.Zero, Dyadic.Zero);
        for (var k = 0; k < _columns.Length; k++)
        {
            var value = _solution.Values[k];
            sum -= value * (_equations.RightHandSides[_target][_columns[k]] + _solution.Residual[k]);
            if (!_penalty.IsZero)
            {
                var error = _solution.Bounds.Errors[k].Scale(-_solver.Scales[k]);
                square += value * value;
                lost += error * (value.Abs() + value.Abs() + error);
            }
        }

        sum -= _penalty * square;
        return sum.Sign >= 0 ? (sum, _solution.Bounds.Square + _penalty * lost)
            : throw new ArithmeticException(FixedPointCholesky.NotOfRows);
    }

    private static double RelativeError(Dyadic value, Dyadic error)
    {
        const double RoundedUp = 1 + 1.0 / (1L << 40);
        return error.IsZero ? 0 : value > error ? Dyadic.Ratio(error, value - error) * RoundedUp
            : double.PositiveInfinity;
    }

    /// <summary>What one round of refinement costs.</summary>
    private long Work => 1000L + (long)_columns.Length * _columns.Length;

    /// <summary>
    /// A power of two that a sum of squares other than 0 is not below: it is a quotient of determinants of whole
    /// numbers (Cramer's rule), and the divisor at most the product of the diagonal (Hadamard's inequality).
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
            grid = sum.IsZero ? grid : Math.Min(grid, sum.Exponent + right - _solver.Coefficients.Exponents[k]);
        }

        return grid - BitsOfDeterminant();
    }

    private int GridOfRightHandSide()
    {
        var grid = int.MaxValue / 4;
        for (var k = 0; k < _columns.Length; k++)
        {
            var value = _equations.RightHandSides[_target][_columns[k]];
            grid = value.IsZero ? grid : Math.Min(grid, value.Exponent - _solver.Coefficients.Exponents[k]);
        }

        return grid;
    }

    private int BitsOfDeterminant() =>
        Enumerable.Range(0, _columns.Length).Sum(k => _solver.Coefficients.BitLengthOf(k, k));
}
