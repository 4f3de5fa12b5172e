using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Ordinary least squares: the W and b with the least sum of |W x + b - y|^2, from exact moments, correct to a double's last digits where the data allow it.
/// With <see cref="Ridge"/> the sum of the squared weights is added to what is made small.
/// </summary>
public sealed record LeastSquares
{
    /// <summary>Whether the map has a bias; without one, b = 0.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The penalty L >= 0 in: sum of |W x + b - y|^2 + L (sum of squared weights). Hoerl and Kennard, Technometrics 12, 1970.</summary>
    public double Ridge { get; init; }

    /// <summary>The probability that a confidence interval covers the true value; between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Fits each target.</summary>
    /// <param name="moments">The data, one row or more.</param>
    /// <exception cref="ArgumentException">There is no row, rows were taken away that had not been added, or a setting is out of its range.</exception>
    /// <exception cref="ArithmeticException">A coefficient or a standard error is too large for a double.</exception>
    public LinearFit Fit(Moments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Rows < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"there are {moments.Rows} rows; a fit needs one or more."), nameof(moments));
        }

        if (!(Ridge >= 0 && double.IsFinite(Ridge)))
        {
            throw new ArgumentException(FormattableString.Invariant($"the ridge penalty is {Ridge}; it must be 0 or a positive number."));
        }

        if (!(Level > 0 && Level < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"the confidence level is {Level}; it must lie between 0 and 1, such as 0.95."));
        }

        return Solve(moments);
    }

    private LinearFit Solve(Moments moments)
    {
        var equations = NormalEquations.Of(moments, Bias, ridge: 0);
        if (equations.HasNegativeSquares)
        {
            throw new ArgumentException("a sum of squares is negative: rows were taken away that had not been added.", nameof(moments));
        }

        var nullSpace = NullSpace.Of(moments, equations, Bias);
        var penalized = Ridge > 0 ? NormalEquations.Of(moments, Bias, Ridge) : equations;
        var columns = Ridge > 0 ? [.. Enumerable.Range(0, moments.InputCount)] : nullSpace.SplitOfWeights.Independent;
        var solver = new PositiveDefiniteSolver(penalized.Matrix.Submatrix(columns));

        var targets = moments.TargetCount;
        var weights = new Dyadic[targets][];
        var residuals = new Dyadic[targets];
        for (var t = 0; t < targets; t++)
        {
            weights[t] = Solve(solver, columns, penalized.RightHandSides[t], moments.InputCount);
            residuals[t] = ResidualSum(equations, t, weights[t]);
        }

        var map = new MinimumNorm(moments, nullSpace, Bias).MapOf(weights);
        var errors = StandardErrors.Of(this, moments, nullSpace, equations, solver, residuals);
        return new LinearFit(this, moments, nullSpace, map, errors)
        {
            ResidualSumOfSquares = [.. residuals.Select(sum => Bias ? Dyadic.Ratio(sum, moments.WeightSum) : sum.ToDouble())],
            HasNoResidual = [.. residuals.Select(sum => sum.IsZero)],
            ResidualLengths = [.. residuals.Select(sum => Dyadic.SquareRootOfRatio(sum, Bias ? moments.WeightSum : Dyadic.One))],
            RSquared = [.. residuals.Select((sum, t) => equations.Totals[t].IsZero ? double.NaN : Dyadic.Ratio(equations.Totals[t] - sum, equations.Totals[t]))],
            TargetMagnitudes = [.. Enumerable.Range(0, targets).Select(t => Dyadic.SquareRootOfRatio(moments.TargetProduct(t, t), moments.WeightSum))],
            NearDependences = Ridge > 0 ? [] : NearDependence.Find(moments, solver, columns, Bias),
        };
    }

    private static Dyadic[] Solve(PositiveDefiniteSolver solver, int[] columns, Dyadic[] rightHandSide, int inputs)
    {
        var solution = solver.Solve([.. columns.Select(column => rightHandSide[column])]);
        var weights = new Dyadic[inputs];
        for (var k = 0; k < columns.Length; k++)
        {
            weights[columns[k]] = solution[k];
        }

        return weights;
    }

    /// <summary>The sum of squared residuals on the equations' scale; where it is next to nothing, whether it is 0 is decided exactly.</summary>
    private static Dyadic ResidualSum(NormalEquations equations, int target, Dyadic[] weights)
    {
        const int SuspiciousBits = 90; // the data themselves have 2 * 53 bits of sums of squares
        var sum = equations.ResidualSumOfSquares(target, weights);
        return sum.Magnitude < equations.Totals[target].Magnitude - SuspiciousBits && equations.IsConsistent(target) ? Dyadic.Zero : sum;
    }
}
