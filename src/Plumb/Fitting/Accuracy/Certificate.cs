using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// What is known of the errors of a fit: the proofs of its numbers, and how they would change with the data.
/// </summary>
internal sealed class Certificate
{
    private const int RoundingBits = 53; // a double is off by at most 2^-53 of itself

    private readonly PositiveDefiniteSolver _solver;
    private readonly int[] _columns; // the inputs that were solved for
    private readonly TargetFit[] _fits;
    private readonly Dyadic[] _sums; // of these inputs, in the solver's coordinates; none without bias
    private readonly Dyadic _scale; // the equations are this much larger than the moments
    private readonly Dyadic _unit; // and the moments than what they stand for
    private readonly Dyadic _weights; // the sum of the rows'
    private readonly Dyadic[] _inputSquares; // all inputs' sums of squares
    private readonly Dyadic[] _targetSquares;

    /// <summary>Remembers what the proofs are made of.</summary>
    public Certificate(FitEquations equations, TargetFit[] fits)
    {
        var moments = equations.Moments;
        (_solver, _columns, _fits, _sums) = (equations.Solver, equations.Columns, fits, equations.Sums);
        (_scale, _unit, _weights) = (equations.Bias ? moments.WeightSum : Dyadic.One, moments.Unit, moments.WeightSum);
        _inputSquares = [.. Enumerable.Range(0, moments.InputCount).Select(j => moments.InputProduct(j, j))];
        _targetSquares = [.. Enumerable.Range(0, moments.TargetCount).Select(t => moments.TargetProduct(t, t))];
    }

    /// <summary>Counts the digits of a fit that this belongs to.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="bounds">Bounds on the relative errors of its standard errors: of weights, and of biases.</param>
    /// <param name="uncertainty">How far the data may be off; null for half a unit in the last place of each
    /// number.</param>
    public Accuracy AccuracyOf(LinearFit fit, (Matrix Weights, double[] Bias) bounds, DataUncertainty? uncertainty)
    {
        var (targets, inputs) = (_fits.Length, _inputSquares.Length);
        bool IsGiven(int input) => fit.Settings.Ridge > 0 || fit.NullSpace.DeterminesWeight(input);
        var hasBias = fit.Settings.Bias && (fit.Settings.Ridge > 0 || fit.NullSpace.DeterminesBias);
        ParameterDigits Count(Func<int, int, double> ofWeight, Func<int, double> ofBias) => new(
            Matrix.Create(targets, inputs, (t, j) => IsGiven(j) ? ofWeight(t, j) : double.NaN),
            [.. Enumerable.Range(0, targets).Select(t => hasBias ? ofBias(t) : double.NaN)]);

        var (weightChanges, biasChanges) = Changes(uncertainty, areRelative: true);
        var weightErrors = fit.WeightErrors;
        return new Accuracy
        {
            Arithmetic = Count(
                (t, j) => Proved(fit.Map.WeightsOf(t)[j], _fits[t].Weights[j], Dyadic.One),
                t => Proved(fit.Map.Bias[t], _fits[t].BiasSum, _scale)),
            Data = Count((t, j) => Digits(weightChanges[t, j]), t => Digits(biasChanges[t])),
            Statistical = Count(
                (t, j) => Statistical(fit, t, fit.Map.WeightsOf(t)[j], weightErrors[t, j]),
                t => Statistical(fit, t, fit.Map.Bias[t], fit.BiasErrors[t])),
            StandardErrors = Count((t, j) => OfError(weightErrors[t, j], bounds.Weights[t, j]),
                t => OfError(fit.BiasErrors[t], bounds.Bias[t])),
            ResidualSumOfSquares = [.. _fits.Select((own, t) =>
                Proved(fit.ResidualSumOfSquares[t], own.Residual.ToEnclosure(), _scale * _unit))],
        };
    }

    /// <summary>
    /// How far each parameter can move when each number of the data moves by half a unit in its last place, in the
    /// parameter's own units: weights, targets x inputs, and biases. 0 for weights that are not solved for.
    /// </summary>
    public (Matrix Weights, double[] Bias) RoundingOfParameters() => Changes(uncertainty: null, areRelative: false);

    /// <summary>The proved digits of value as a rounding of solution / divisor.</summary>
    private static double Proved(double value, Enclosure solution, Dyadic divisor)
    {
        if (solution.Radius is not { } bound || !double.IsFinite(value))
        {
            return 0;
        }

        var product = value * divisor;
        var distance = (product - solution.Midpoint).Abs() + bound;
        var least = product.Abs() - distance; // the exact number is not below this
        return distance.IsZero ? Accuracy.MostDigits : least.Sign <= 0 ? 0 : Digits(Dyadic.Ratio(distance, least));
    }

    private static double OfError(double value, double bound) =>
        double.IsNaN(value) ? double.NaN : bound == 0 || double.IsNormal(value) ? Digits(bound) : 0;

    private static double Statistical(LinearFit fit, int target, double value, double error) =>
        error > 0 && double.IsFinite(value) && !fit.HasNoResidual[target]
            ? Math.Max(0, Math.Log10(Math.Abs(value) / error)) : double.NaN;

    private static double Digits(double relativeError)
    {
        // Taken off, so that no digit is claimed that the logarithm's own rounding made.
        const double LogarithmRounding = 1e-12;
        return Math.Clamp(-Math.Log10(relativeError) - LogarithmRounding, 0, Accuracy.MostDigits);
    }

    /// <summary>
    /// How far parameters can move with the data. To first order (X'X) dw = dX'r - X'(dX w - dy), so with h the
    /// columns' uncertainties and C = X'X, by Cauchy and Schwarz:
    /// |dw[i]| is at most sum of |C^-1[i, j]| h[j] |r| + sqrt(C^-1[i, i]) (sum of |w[j]| h[j] + h of y).
    /// </summary>
    /// <param name="uncertainty">How far the data may be off; null for half a unit in the last place of each
    /// number.</param>
    /// <param name="areRelative">Whether changes are relative to the parameters, or in their own units.</param>
    private (Matrix Weights, double[] Bias) Changes(DataUncertainty? uncertainty, bool areRelative)
    {
        // In the solver's coordinates, where C^-1 is n (or 1) times the inverse of what the solver holds.
        var size = _columns.Length;
        var lengths = new double[size];
        for (var k = 0; k < size; k++)
        {
            var square = uncertainty is null
                ? LastPlaces.Square(_inputSquares[_columns[k]], _weights).Scale(-2 * RoundingBits)
                : Square(uncertainty.Inputs[_columns[k]]) * _unit;
            var length = Dyadic.SquareRootOfRatio((square * _scale).Scale(-2 * _solver.Scales[k]), Dyadic.One);
            lengths[k] = Math.Min(double.MaxValue, length);
        }

        var reach = _solver.Inverse.InverseMagnitudesTimes(lengths);
        var roots = size == 0 ? []
            : _solver.InverseDiagonal()
                .Select((value, k) => Dyadic.SquareRootOfRatio(value.Value.Scale(2 * _solver.Scales[k]), Dyadic.One))
                .ToArray();
        var (biasReach, biasRoot) = OfBias(lengths);
        var weights = new Matrix(_fits.Length, _inputSquares.Length);
        var bias = new double[_fits.Length];
        for (var t = 0; t < _fits.Length; t++)
        {
            var fit = _fits[t];
            // 2^unit brings the target's numbers near 1.
            var unit = _targetSquares[t].IsZero ? 0 : (_targetSquares[t] * _scale).Magnitude >> 1;
            var residual = Dyadic.SquareRootOfRatio(fit.Residual.Value.Scale(-2 * unit), Dyadic.One);
            var targetSquare = uncertainty is null
                ? LastPlaces.Square(_targetSquares[t], _weights).Scale(-2 * RoundingBits)
                : Square(uncertainty.Targets[t]) * _unit;
            var moved = Dyadic.SquareRootOfRatio((targetSquare * _scale).Scale(-2 * unit), Dyadic.One);
            double[] scaled = [.. _columns.Select((column, k) =>
                Math.Abs(fit.Weights[column].Midpoint.Scale(_solver.Scales[k] - unit).ToDouble()))];
            for (var k = 0; k < size; k++)
            {
                moved += Product(scaled[k], lengths[k]);
            }

            for (var k = 0; k < size; k++)
            {
                var change = Product(reach[k], residual) + Product(roots[k], moved);
                weights[t, _columns[k]] = areRelative
                    ? Share(change, scaled[k])
                    : Math.ScaleB(change, unit - _solver.Scales[k]);
            }

            var ofBias = Product(biasReach, residual) + Product(biasRoot, moved);
            bias[t] = areRelative
                ? Share(ofBias, Math.Abs(fit.BiasSum.Midpoint.Scale(-unit).ToDouble()))
                : double.IsInfinity(ofBias) ? ofBias : Dyadic.Ratio(((Dyadic)ofBias).Scale(unit), _scale);
        }

        return (weights, bias);
    }

    /// <summary>
    /// The same two factors for the bias times the sum of weights: its row of the inverse of [X 1]'[X 1] is
    /// -(sums)'C^-1, and its diagonal 1 + (sums)'C^-1 (sums), both over n.
    /// </summary>
    private (double Reach, double Root) OfBias(double[] lengths)
    {
        if (_sums.Length == 0)
        {
            return (0, 1);
        }

        var row = _solver.Inverse.Judge(_sums).Step;
        var reach = row.Select((value, k) => Product(Math.Abs(value.ToDouble()), lengths[k])).Sum();
        return (reach, Dyadic.SquareRootOfRatio(Dyadic.One + _solver.Inverse.QuadraticForm(_sums).Value, Dyadic.One));
    }

    private static Dyadic Square(double length) => (Dyadic)length * length;

    /// <summary>The product of two bounds, of which one may be too large for a double: nothing is 0 times it.</summary>
    private static double Product(double left, double right) => left == 0 || right == 0 ? 0 : left * right;

    private static double Share(double change, double value) =>
        change == 0 || double.IsInfinity(change) ? change : change / value;
}
