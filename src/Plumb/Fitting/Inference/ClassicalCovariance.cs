using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// cov vec B = Sigma kron (X'X)^-1, Sigma the residuals' covariance between targets, from the exact equations.
/// With a bias, for a combination c = [c0; c1]: v = n c1 - c0 Sx, and c'(X'X)^-1 c = (c0^2 + v'C^-1 v) / n^2 on the
/// scale of C, the equations of <see cref="NormalEquations"/>.
/// </summary>
/// <param name="estimates">The estimates.</param>
/// <param name="knowsNoise">Whether each target's noise has variance 1; between targets nothing is known of it.</param>
internal sealed class ClassicalCovariance(EstimatedParameters estimates, bool knowsNoise = false) : CovarianceForm
{
    private const int QuotientBits = 200;

    private readonly Moments _moments = estimates.Moments;
    private readonly Dyadic[,] _residuals = ResidualProducts(estimates);

    public override ErrorMethod Method { get; } = new ClassicalErrors();

    /// <summary>
    /// The sums over rows of products of two targets' residuals, on the equations' scale, targets x targets.
    /// </summary>
    public Dyadic[,] Residuals => _residuals;

    public override double DegreesOfFreedom(ParameterCombination combination) => Freedom;

    public override double DegreesOfFreedom(IReadOnlyList<ParameterCombination> combinations) => Freedom;

    private double Freedom => knowsNoise ? double.PositiveInfinity : estimates.DegreesOfFreedom;

    public override Dyadic[,] Of(IReadOnlyList<ParameterCombination> combinations)
    {
        var count = combinations.Count;
        if (knowsNoise && combinations.SelectMany(combination => combination.Targets).Distinct().Count() > 1)
        {
            throw new InvalidOperationException("the noise given is that of each target, and this compares targets, "
                + "whose noises may be correlated; errors that are estimated say how much.");
        }

        Part[][] parts = [.. combinations.Select(combination => combination.Targets.Select(target =>
            PartOf(target, combination.Of(target))).ToArray())];
        Part[] all = [.. parts.SelectMany(own => own)];
        ParallelFor.ForEach(all.Length, k => all[k].Solve(estimates.Equations));
        Dyadic weights = estimates.Equations.Bias ? _moments.WeightSum : Dyadic.One;
        var divisor = weights * weights * (knowsNoise ? 1 : estimates.DegreesOfFreedom);
        var known = weights * _moments.Unit; // a variance of 1, on the equations' scale
        var products = new Dyadic[count, count];
        for (var a = 0; a < count; a++)
        {
            for (var b = a; b < count; b++)
            {
                var sum = Dyadic.Zero;
                foreach (var left in parts[a])
                {
                    foreach (var right in parts[b])
                    {
                        var residual = knowsNoise ? known : _residuals[left.Target, right.Target];
                        sum += residual.IsZero ? residual : residual * left.Times(right);
                    }
                }

                products[a, b] = products[b, a] = sum.IsZero ? sum : Dyadic.Quotient(sum, divisor, QuotientBits);
            }
        }

        return products;
    }

    /// <summary>
    /// c'(X'X)^-1 d for combinations of one target's parameters, whatever the noise: what a prediction's variance is in
    /// units of the noise's.
    /// </summary>
    public Dyadic[,] UnitsOf(IReadOnlyList<Dyadic[]> combinations)
    {
        Part[] parts = [.. combinations.Select(combination => PartOf(0, combination))];
        ParallelFor.ForEach(parts.Length, k => parts[k].Solve(estimates.Equations));
        // C is Unit times this, squared with a bias, where it is n times the moments about the mean.
        var unit = _moments.Unit;
        var divisor = estimates.Equations.Bias ? _moments.WeightSum : Dyadic.One;
        var products = new Dyadic[parts.Length, parts.Length];
        for (var a = 0; a < parts.Length; a++)
        {
            for (var b = a; b < parts.Length; b++)
            {
                var product = unit * parts[a].Times(parts[b]);
                products[a, b] = products[b, a] =
                    product.IsZero ? product : Dyadic.Quotient(product, divisor, QuotientBits);
            }
        }

        return products;
    }

    private Part PartOf(int target, ReadOnlySpan<Dyadic> coefficients)
    {
        var (columns, bias) = (estimates.Equations.Columns, estimates.Equations.Bias);
        var vector = new Dyadic[columns.Length];
        for (var k = 0; k < columns.Length; k++)
        {
            var weight = coefficients[columns[k] + 1];
            vector[k] = bias ? _moments.WeightSum * weight : weight;
            if (bias && !coefficients[0].IsZero)
            {
                vector[k] -= coefficients[0] * _moments.InputSum(columns[k]);
            }
        }

        return new Part(target, bias ? coefficients[0] : Dyadic.Zero, vector);
    }

    /// <summary>
    /// E'F for residuals e and f of two targets: with solutions x, y, right-hand sides c, d and what these leave, s,
    /// of the equations, total - x'd - s'y, to second order in what refinement leaves.
    /// </summary>
    private static Dyadic[,] ResidualProducts(EstimatedParameters estimates)
    {
        var (fits, normal, columns) = (estimates.Fits, estimates.Equations.Normal, estimates.Equations.Columns);
        var (moments, bias) = (estimates.Moments, estimates.Equations.Bias);
        var products = new Dyadic[fits.Length, fits.Length];
        for (var t = 0; t < fits.Length; t++)
        {
            products[t, t] = fits[t].Residual.Value;
            for (var u = t + 1; u < fits.Length; u++)
            {
                if (fits[t].Residual.Value.IsZero || fits[u].Residual.Value.IsZero)
                {
                    continue; // no residual on any row of one of them
                }

                var total = bias
                    ? moments.WeightSum * moments.TargetProduct(t, u) - moments.TargetSum(t) * moments.TargetSum(u)
                    : moments.TargetProduct(t, u);
                for (var k = 0; k < columns.Length; k++)
                {
                    total -= fits[t].Solution.Values[k] * normal.RightHandSides[u][columns[k]]
                        + fits[t].Solution.Residual[k] * fits[u].Solution.Values[k];
                }

                products[t, u] = products[u, t] = total;
            }
        }

        return products;
    }

    /// <summary>One target's share of a combination.</summary>
    private sealed class Part(int target, Dyadic bias, Dyadic[] vector)
    {
        private Dyadic[] _solution = [];

        public int Target => target;

        /// <summary>C^-1 v.</summary>
        public void Solve(FitEquations equations) =>
            _solution = vector.Length == 0 || Array.TrueForAll(vector, value => value.IsZero)
                ? vector : equations.Solver.Solve(vector).Values;

        public Dyadic Times(Part other)
        {
            var sum = bias * other.OwnBias;
            for (var k = 0; k < vector.Length; k++)
            {
                sum += vector[k].IsZero ? Dyadic.Zero : vector[k] * other._solution[k];
            }

            return sum;
        }

        private Dyadic OwnBias => bias;
    }
}
