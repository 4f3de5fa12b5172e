using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Ordinary least squares: the W and b with the smallest sum of |W x + b - y|^2, from exact moments, correct to a
/// double's last digits where the data allow it.
/// With <see cref="Ridge"/> the sum of the squared weights is added to what is minimised.
/// </summary>
public sealed record LeastSquares
{
    /// <summary>Whether the map has a bias; without one, b = 0.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>
    /// The penalty L >= 0 in: sum of |W x + b - y|^2 + L (sum of squared weights). Hoerl and Kennard, Technometrics 12,
    /// 1970.
    /// </summary>
    public double Ridge
    {
        get;
        init => field = Setting.NotNegative(value, "ridge penalty", nameof(Ridge));
    }

    /// <summary>The probability that a confidence interval covers the true value; between 0 and 1.</summary>
    public double Level
    {
        get;
        init => field = Setting.Probability(value, "confidence level", nameof(Level));
    } = 0.95;

    /// <summary>
    /// Whether the noise of each row is known: normal, of variance 1 over the row's weight (1 of a row without one), as
    /// <see cref="RowWeights.OfStandardErrors"/> makes weights. Then no variance is estimated: standard errors follow
    /// from the weights alone, intervals and tests are by the normal distribution and chi-squared, and the residuals
    /// test the noise given (<see cref="LinearFit.ChiSquared"/>). Bevington and Robinson, Data Reduction and Error
    /// Analysis, 3rd ed., section 6.3.
    /// </summary>
    public bool NoiseIsKnown { get; init; }

    /// <summary>
    /// Whether coefficients that no double holds are given as infinite, and named in <see cref="LinearFit.TooLarge"/>,
    /// beside the others; otherwise such data are refused.
    /// </summary>
    public bool WithholdTooLarge { get; init; }

    /// <summary>
    /// What each number of the inputs may be off by, relative to itself: half a unit in the last place of a double, or
    /// of
    /// longer decimals.
    /// </summary>
    internal double Rounding { get; init; } = NearDependence.HalfUnit;

    /// <summary>Fits each target.</summary>
    /// <param name="moments">The data, one row or more.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">There is no row, or rows were taken away that had not been
    /// added.</exception>
    /// <exception cref="ArithmeticException">A coefficient is too large for a double, and none is to be
    /// withheld.</exception>
    /// <exception cref="OperationCanceledException">The fit was ended.</exception>
    public LinearFit Fit(Moments moments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Rows < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"there are {moments.Rows} rows; a fit needs one or more."),
                nameof(moments));
        }

        return Stop.Within(() => Solve(moments), cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(LeastSquares), PrintMembers);

    private LinearFit Solve(Moments moments)
    {
        var equations = NormalEquations.Of(moments, Bias, ridge: 0);
        if (equations.HasNegativeSquares)
        {
            throw new ArgumentException("a sum of squares is negative: rows were taken away that had not been added.",
                nameof(moments));
        }

        // Where plain doubles prove the equations nonsingular, nothing more has to be decided.
        var plain = PositiveDefiniteSolver.TryOf(equations.Matrix);
        var nullSpace = plain is null ? NullSpace.Of(moments, equations, Bias) : NullSpace.None(moments, equations);
        var columns = Ridge > 0 ? [.. Enumerable.Range(0, moments.InputCount)] : nullSpace.SplitOfWeights.Independent;
        var solver = Ridge > 0 ? new PositiveDefiniteSolver(NormalEquations.Of(moments, Bias, Ridge).Matrix)
            : plain ?? new PositiveDefiniteSolver(equations.Matrix.Submatrix(columns));
        var unit = Bias ? moments.WeightSum * moments.Unit : moments.Unit; // that of squares on the equations' scale
        var shared = new FitEquations(moments, equations, solver, columns) { Bias = Bias, Penalty = unit * Ridge };
        _ = shared.SumBounds; // once, before targets share it
        var fits = new TargetFit[moments.TargetCount];
        ParallelFor.ForEach(fits.Length, t => fits[t] = TargetFit.Of(shared, t));

        var smallest = new MinimumNorm(moments, nullSpace, this);
        var map = smallest.MapOf(fits);
        var errors = StandardErrors.Of(this, shared, nullSpace, fits);
        var independent = nullSpace.SplitOfWeights.Independent;
        var unpenalized = Ridge > 0
            ? new Once<PositiveDefiniteSolver>(() =>
                new PositiveDefiniteSolver(equations.Matrix.Submatrix(independent))) : new(() => solver);
        var near = new NearDependence(moments, unpenalized, independent, Bias);

        // R-squared and F are about the mean where the map has a constant, under whatever name.
        var isImplicit = !Bias && ImplicitConstant.IsSpanned(moments, unpenalized.Value, independent);
        Dyadic[] totals = isImplicit
            ? [.. Enumerable.Range(0, fits.Length).Select(t => ImplicitConstant.TotalAboutMean(moments, t))]
            : equations.Totals;
        // On the scale of the totals.
        Dyadic[] residuals =
            [.. fits.Select(fit => isImplicit ? moments.WeightSum * fit.Residual.Value : fit.Residual.Value)];
        var (constants, explained) = (Bias || isImplicit ? 1 : 0, columns.Length - (isImplicit ? 1 : 0));
        return new LinearFit(this, moments, nullSpace, map, errors, new Certificate(shared, fits))
        {
            ResidualSumOfSquares = [.. fits.Select(fit => Dyadic.Ratio(fit.Residual.Value, unit))],
            HasNoResidual = [.. fits.Select(fit => fit.Residual.Value.IsZero)],
            ResidualLengths = [.. fits.Select(fit => Dyadic.SquareRootOfRatio(fit.Residual.Value, unit))],
            RSquaredIsCentred = constants > 0,
            RSquared = [.. totals.Select((total, t) => RSquaredOf(total, residuals[t], explained))],
            AdjustedRSquared = [.. totals.Select((total, t) =>
                AdjustedRSquaredOf(total, residuals[t], moments.Rows - constants, errors.DegreesOfFreedom))],
            FStatistic = [.. totals.Select((total, t) =>
                FStatisticOf(total, residuals[t], explained, errors.DegreesOfFreedom))],
            TargetMagnitudes = [.. Enumerable.Range(0, fits.Length)
                .Select(t => Dyadic.SquareRootOfRatio(moments.TargetProduct(t, t), moments.Unit * moments.Rows))],
            NearDependences = Ridge > 0 ? [] : near.Find(Rounding),
            FindNear = near.Find,
            TooLarge = smallest.TooLarge,
            Estimates = new EstimatedParameters(shared, fits, nullSpace),
        };
    }

    // One minus residual over total, rounded once; without inputs beside the constant, what is left of the total is
    // rounding.
    private double RSquaredOf(Dyadic total, Dyadic residual, int explained) =>
        total.IsZero ? double.NaN : explained == 0 && Ridge == 0 ? 0 : Dyadic.Ratio(total - residual, total);

    // One minus residual / freedom over total / totalFreedom, rounded once.
    private double AdjustedRSquaredOf(Dyadic total, Dyadic residual, long totalFreedom, long freedom) =>
        total.IsZero || freedom <= 0 || Ridge > 0 ? double.NaN
            : Dyadic.Ratio(total * freedom - residual * totalFreedom, total * freedom);

    // What is explained / explained freedom over residual / freedom, rounded once.
    private double FStatisticOf(Dyadic total, Dyadic residual, int explained, long freedom) =>
        total.IsZero || explained == 0 || freedom <= 0 || Ridge > 0 ? double.NaN
        : residual.IsZero ? double.PositiveInfinity
        : Dyadic.Ratio((total - residual) * freedom, residual * explained);
}
