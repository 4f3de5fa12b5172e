using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>What is near enough, per target and free of units: by what a distance does to predictions, beside the
/// spread of the targets, their noise, and the rounding of the map's own numbers.</summary>
internal sealed class Yardstick
{
    private const double OfSolvers = 1e-8; // of the spread: what solvers in double precision leave
    private const double OfLooseSolvers = 1e-4; // of the spread: what tolerances of iterations leave
    private const int BitsOfSingles = 24;
    private const double OfSingles = 4e-5; // of the spread: what thousands of steps in float32 leave
    private const double OfNoise = 0.01; // of what noise leaves: nobody can tell
    private const double UnitsOfStorage = 4; // in the last place of each number

    private readonly AffineMap _candidate;
    private readonly LinearFit _fit;
    private readonly Moments _moments;
    private readonly double[] _columns; // the lengths of the inputs' columns, and of the ones
    private readonly int _bits;

    public Yardstick(AffineMap candidate, LinearFit fit, int significandBits)
    {
        (_candidate, _fit, _moments, _bits) = (candidate, fit, fit.Moments, significandBits);
        _columns = [.. Enumerable.Range(0, _moments.InputCount + 1).Select(j =>
            Dyadic.SquareRootOfRatio(_moments.ParameterProduct(j, j), _moments.Unit))];
        var weight = _moments.WeightSum;
        Spreads = [.. Enumerable.Range(0, _moments.TargetCount).Select(t => Dyadic.SquareRootOfRatio(
            weight * _moments.TargetProduct(t, t) - _moments.TargetSum(t) * _moments.TargetSum(t),
                weight * _moments.Unit))];
        Gaps = Lengths(candidate - fit.ClosestTo(candidate));
        Noise = [.. Spreads.Select((spread, t) => fit.ResidualDegreesOfFreedom < 1 ? 0
            : fit.ResidualStandardDeviation[t] * Math.Sqrt(fit.Rank) / spread)];
    }

    /// <summary>The targets' lengths about their means.</summary>
    public double[] Spreads { get; }

    /// <summary>How far the candidate's predictions lie from the best fit's, one for each target, over the
    /// spread.</summary>
    public double[] Gaps { get; }

    /// <summary>How far noise takes the best fit's predictions from the truth's, likewise.</summary>
    public double[] Noise { get; }

    /// <summary>What a distance between maps does to predictions, one for each target, over the spread.</summary>
    public double[] Lengths(AffineMap distance) =>
        [.. Spreads.Select((spread, t) => _moments.PredictionLength(distance, t) / spread)];

    /// <summary>Whether solvers in double precision, or the rounding of the map's numbers, leave as much.</summary>
    public bool IsExact(double[] lengths) =>
        Enumerable.Range(0, lengths.Length).All(t => lengths[t] <= Math.Max(OfSolvers, Rounding(t)));

    /// <summary>Whether solvers with loose tolerances leave as much.</summary>
    public bool IsClose(double[] lengths) =>
        Enumerable.Range(0, lengths.Length).All(t => lengths[t] <= Math.Max(OfLooseSolvers, OfNoise * Noise[t]));

    /// <summary>Whether the map was kept in float32, and steps in float32 leave as much.</summary>
    public bool IsOfSingles(double[] lengths) => _bits <= BitsOfSingles && lengths.All(length => length <= OfSingles);

    /// <summary>The most that is exact, or close.</summary>
    public double Most(int target) => Math.Max(Math.Max(OfLooseSolvers, OfNoise * Noise[target]), Rounding(target));

    /// <summary>Whether it is a small part of the noise.</summary>
    public bool IsLostInNoise(double[] lengths) =>
        Enumerable.Range(0, lengths.Length).All(t => lengths[t] <= Math.Max(OfSolvers, OfNoise * Noise[t]));

    /// <summary>Whether noise takes the best fit as far, at the usual level.</summary>
    public bool IsWithinNoise(AffineMap map, double level) =>
        _fit.ResidualDegreesOfFreedom >= 1 && DistanceTest.Of(map, _fit) is var tests
            && tests.Count == Spreads.Length && tests.All(test => test.PValue > level);

    /// <summary>What is left, as a part of the gap; 1 - this is explained.</summary>
    public double PartOfGap(double[] lengths) => Norm(lengths) / Norm(Gaps);

    /// <summary>The root of the sum of squares.</summary>
    public static double Norm(double[] lengths) => Math.Sqrt(lengths.Sum(length => length * length));

    /// <summary>What the rounding of the numbers of the map leaves.</summary>
    public double Rounding(int target)
    {
        var size = _columns[^1] * Math.Abs(_candidate.Bias[target]);
        for (var j = 0; j < _candidate.InputCount; j++)
        {
            size += _columns[j] * Math.Abs(_candidate.WeightsOf(target)[j]);
        }

        return Math.ScaleB(UnitsOfStorage * size / Spreads[target], -_bits);
    }
}
