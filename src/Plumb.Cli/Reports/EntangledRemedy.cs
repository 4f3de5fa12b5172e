using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Cli.Reports;

/// <summary>What to do about inputs that cannot be told apart, as a command to run where one would help.</summary>
internal static class EntangledRemedy
{
    private const int MostInputs = 6; // of which a box is still read
    private const double Reach = 3; // standard deviations: about where the rows are
    private const double Readable = 0.05;

    /// <summary>The remedy for the first group; null where there is none.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="design">What its inputs are made from.</param>
    /// <param name="source">What the data are called on the command line.</param>
    public static string? Of(LinearFit fit, Design design, string source)
    {
        if (fit.Collinearity.Groups is not [var group, ..])
        {
            return null;
        }

        return Centring(fit, design, group) ?? Measuring(fit, design, group, source);
    }

    private static string? Centring(LinearFit fit, Design design, EntangledGroup group)
    {
        var target = group.Targets[0];
        var columns = group.Inputs.Select(input => design.Terms[input].AsPower?.Column)
            .Distinct(StringComparer.Ordinal).ToList();
        if (columns is not [{ } column] || PowerCentring.Of(fit, design, column, target) is not { } centring
            || !centring.PValues.Any(p => p < Readable))
        {
            return null;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{column} - {centring.Centre:G6}");
        return $"Use {text} in place of {column}: the map is the same, but its weights can be told apart (p "
            + $"{string.Join(", ", centring.PValues.Select(p => PValueText.Of(p)))} for its powers 1 to "
                + $"{centring.PValues.Count}).";
    }

    private static string? Measuring(LinearFit fit, Design design, EntangledGroup group, string source)
    {
        if (!design.IsPlain || fit.Names.Inputs.Count > MostInputs
            || !fit.Names.Inputs.Concat(fit.Names.Targets).Append(source).All(IsPlain))
        {
            return null;
        }

        var target = group.Targets[0];
        var input = group.Inputs.First(j => fit.Collinearity.OfWeight(target, j) == ParameterStatus.Entangled);
        var (low, high) = Box(fit);
        if (!Enumerable.Range(0, low.Length)
            .All(j => double.IsFinite(low[j]) && double.IsFinite(high[j]) && low[j] < high[j]))
        {
            return null;
        }

        var proposal =
            new Experiment(new ExperimentGoal.OneParameter(input)) { Count = 1, Bias = fit.Settings.Bias }.Propose(
                fit.Moments, new CandidatePoints.Box(low, high));
        if (proposal.Points is not [var point])
        {
            return null;
        }

        var noise = fit.NoiseStandardDeviation(target);
        var box = string.Join(",",
            fit.Names.Inputs.Select((name, j) => string.Create(CultureInfo.InvariantCulture, $"{name}={low[j]:G6}:"
                + $"{high[j]:G6}")));
        var targets = string.Join(",", fit.Names.Targets);
        return $"Measure where they differ: plumb next {source} --target {targets} --box {box} (one point there brings "
            + $"the standard error of {fit.Names.Inputs[input]} from {Short(noise * proposal.UnitErrors[input])} to "
                + $"{Short(noise * point.UnitErrors[input])}; measure it more than once, as it decides); or leave one "
                    + $"of them out; or fit with --ridge, for predictions only.";
    }

    /// <summary>About where the rows are, in round numbers.</summary>
    private static (double[] Low, double[] High) Box(LinearFit fit)
    {
        var (moments, inputs) = (fit.Moments, fit.Names.Inputs.Count);
        var (low, high) = (new double[inputs], new double[inputs]);
        for (var j = 0; j < inputs; j++)
        {
            Dyadic weight = moments.WeightSum;
            var sum = moments.InputSum(j);
            var mean = Dyadic.Ratio(sum, weight);
            var reach = Reach
                * Dyadic.SquareRootOfRatio(weight * moments.InputProduct(j, j) - sum * sum, weight * weight);
            var step = Math.Pow(10, Math.Floor(Math.Log10(reach)));
            (low[j], high[j]) = (Math.Round((mean - reach) / step) * step, Math.Round((mean + reach) / step) * step);
        }

        return (low, high);
    }

    private static string Short(double value) => NumberText.Significant(value, value < 1 ? 1 : 2);

    private static bool IsPlain(string name) => name.Length > 0
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "_-./".Contains(c, StringComparison.Ordinal));
}
