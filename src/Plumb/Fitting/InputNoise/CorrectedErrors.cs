using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The standard errors of a fit corrected for noise in its inputs. With M the corrected moments a row, V the noise's
/// variances, and s the mean squared residual a degree of freedom,
/// the weights' variance is (M^-1 s + M^-1 (V s + V w w' V) M^-1) / (n - 1). Fuller, Measurement Error Models, theorem
/// 2.2.1.
/// </summary>
internal sealed class CorrectedErrors
{
    private readonly ErrorsInVariables _settings;
    private readonly Moments _moments;
    private readonly AffineMap _map;
    private readonly double[,] _inverse; // of M
    private readonly double _divisor; // of sums of squares: n - 1, or n without bias

    public CorrectedErrors(ErrorsInVariables settings, Moments moments, PositiveDefiniteSolver solver, AffineMap map)
    {
        (_settings, _moments, _map, _divisor) = (settings, moments, map, moments.Rows - (settings.Bias ? 1 : 0));
        var scale = _divisor * (settings.Bias ? moments.WeightSum * moments.Unit : moments.Unit); // of the equations
        var size = moments.InputCount;
        _inverse = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            var unit = new Dyadic[size];
            unit[j] = Dyadic.One;
            var column = solver.Solve(unit).Values;
            for (var i = 0; i < size; i++)
            {
                _inverse[i, j] = (column[i] * scale).ToDouble();
            }
        }
    }

    public CorrectedFit ToFit()
    {
        var (targets, inputs) = (_map.TargetCount, _map.InputCount);
        var squares = _moments.SquaredResiduals(_map);
        var errors = new Matrix(targets, inputs);
        var biasErrors = new double[targets];
        for (var t = 0; t < targets; t++)
        {
            var variance = squares[t] / (_moments.Rows - inputs - (_settings.Bias ? 1 : 0));
            var covariance = Covariance(_map.WeightsOf(t), variance);
            for (var j = 0; j < inputs; j++)
            {
                errors[t, j] = Math.Sqrt(covariance[j, j]);
            }

            biasErrors[t] = _settings.Bias ? Math.Sqrt(variance / _moments.Rows + QuadraticForm(covariance))
                : double.NaN;
        }

        return new CorrectedFit(_map, errors, biasErrors, [.. Enumerable.Range(0, inputs).Select(Reliability)]);
    }

    private double[,] Covariance(ReadOnlySpan<double> weights, double variance)
    {
        var size = weights.Length;
        var pull = new double[size]; // M^-1 V w
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                pull[i] += _inverse[i, k] * NoiseVariance(k) * weights[k];
            }
        }

        var covariance = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var sum = _inverse[i, j] * variance + pull[i] * pull[j];
                for (var k = 0; k < size; k++)
                {
                    sum += _inverse[i, k] * NoiseVariance(k) * variance * _inverse[k, j];
                }

                covariance[i, j] = sum / _divisor;
            }
        }

        return covariance;
    }

    private double QuadraticForm(double[,] covariance)
    {
        var sum = 0.0;
        for (var i = 0; i < _map.InputCount; i++)
        {
            for (var j = 0; j < _map.InputCount; j++)
            {
                sum += Mean(i) * covariance[i, j] * Mean(j);
            }
        }

        return sum;
    }

    private double Reliability(int input)
    {
        var (square, sum, rows) = (_moments.InputProduct(input, input), _moments.InputSum(input), _moments.WeightSum);
        var variance = _settings.Bias ? Dyadic.Ratio(rows * square - sum * sum, rows * _moments.Unit) / _divisor
            : Dyadic.Ratio(square, rows);
        return variance > 0 ? 1 - NoiseVariance(input) / variance : double.NaN;
    }

    private double Mean(int input) => Dyadic.Ratio(_moments.InputSum(input), _moments.WeightSum);

    private double NoiseVariance(int input) => _settings.InputNoise[input] * _settings.InputNoise[input];
}
