using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Least squares for inputs that were measured with noise of known size. Such noise draws weights towards 0, however
/// many rows there are; taking its part out of the inputs' moments takes that out again:
/// w = (S - D)^-1 c, with S the sums of squares about the mean, D (n - 1) times the noise's variances, c the sums of
/// products with the targets. Fuller, Measurement Error Models, section 2.2.
/// The noise must have nothing to do with the inputs, nor with that of other inputs and of the targets.
/// </summary>
/// <param name="InputNoise">The standard deviation of each input's noise; 0 or more.</param>
public sealed record ErrorsInVariables(IReadOnlyList<double> InputNoise)
{
    /// <summary>The standard deviation of each input's noise; 0 or more.</summary>
    public IReadOnlyList<double> InputNoise
    {
        get;
        init => field = Setting.NotNegative(value, "standard deviation of noise", nameof(InputNoise));
    } = Setting.NotNegative(InputNoise, "standard deviation of noise", nameof(InputNoise));

    /// <summary>
    /// Whether the map has a bias; without one, sums are taken about 0 and D is n times the variances.
    /// </summary>
    public bool Bias { get; init; } = true;

    /// <summary>Fits each target.</summary>
    /// <param name="moments">The data, rows without weights.</param>
    /// <exception cref="ArgumentException">There is not one standard deviation per input, one is negative or not
    /// finite, there are too few rows, or rows have weights.</exception>
    /// <exception cref="ArithmeticException">The noise accounts for all the variation of the inputs: nothing
    /// is left to fit.</exception>
    public CorrectedFit Fit(Moments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        Require(moments);
        var penalty = Dyadic.One * (Bias ? moments.Rows - 1 : moments.Rows);
        var equations = NormalEquations.Of(moments, Bias,
            [.. InputNoise.Select(noise => -((Dyadic)noise * noise * penalty))]);
        var solver = PositiveDefiniteSolver.TryOf(equations.Matrix)
            ?? throw new ArithmeticException(
                "the given input noise accounts for all the variation of an input, or of a combination of inputs, so "
                    + "nothing is left to fit; check the standard deviations of the noise, or leave out an input.");
        var map = MapOf(moments, equations, solver);
        return new CorrectedErrors(this, moments, solver, map).ToFit();
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ErrorsInVariables), PrintMembers);

    private AffineMap MapOf(Moments moments, NormalEquations equations, PositiveDefiniteSolver solver)
    {
        const int Bits = PositiveDefiniteSolver.WantedBits;
        var weights = new Matrix(moments.TargetCount, moments.InputCount);
        var bias = new double[moments.TargetCount];
        for (var t = 0; t < bias.Length; t++)
        {
            var sum = Bias ? moments.TargetSum(t) : Dyadic.Zero;
            var values = solver.Solve(equations.RightHandSides[t]).Values;
            for (var j = 0; j < values.Length; j++)
            {
                weights[t, j] = values[j].ToDouble();
                sum -= Bias ? values[j] * moments.InputSum(j) : Dyadic.Zero;
            }

            bias[t] = Dyadic.Quotient(sum, moments.WeightSum, Bits).ToDouble();
        }

        return new AffineMap(weights, bias, moments.Names);
    }

    private void Require(Moments moments)
    {
        if (InputNoise.Count != moments.InputCount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {InputNoise.Count} standard deviations of noise, expected one per input: "
                        + $"{moments.InputCount}; give 0 for inputs without noise."));
        }

        if (moments.Rows <= moments.InputCount + (Bias ? 1 : 0))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are {moments.Rows} rows for {moments.InputCount + (Bias ? 1 : 0)} parameters per target, "
                        + $"expected more; collect more rows."), nameof(moments));
        }

        if (!(moments.WeightSum - moments.Unit * moments.Rows).IsZero)
        {
            throw new ArgumentException(
                "the rows have weights, and the correction is made for rows without; leave out the weights.",
                nameof(moments));
        }
    }
}
