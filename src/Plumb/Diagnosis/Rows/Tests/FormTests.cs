using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>Tests of whether a target is affine in the inputs.</summary>
internal sealed class FormTests
{
    private const double Dependent = 1e-10; // of a column's squared length: what is left of it without the others
    private const double Cancelled = 1e-24; // of a sum of squares: what is left of it below that is rounding

    private readonly RowFrame _frame;
    private readonly ProjectedColumns _columns;
    private readonly RowSums _sums;
    private readonly int _target;
    private readonly int _residual;
    private readonly DoubleDouble _sumOfSquares;

    /// <summary>Tests of one target.</summary>
    public FormTests(RowFrame frame, RowSums sums, ProjectedColumns columns, int target)
    {
        (_frame, _sums, _columns, _target) = (frame, sums, columns, target);
        _residual = frame.PlaceOfTarget(target) + 2;
        _sumOfSquares = columns.Rest(_residual, _residual);
    }

    private string Name => _frame.Names.Targets[_target];

    private long Freedom => _frame.Fit.ResidualDegreesOfFreedom;

    /// <summary>
    /// The coefficients of square and cube of the prediction in a fit with them; 0 for one that the inputs make up.
    /// </summary>
    public IReadOnlyList<DoubleDouble> PowerCoefficients { get; private set; } = [];

    /// <summary>The residual sum of squares of that fit.</summary>
    public DoubleDouble SumOfSquaresWithPowers { get; private set; }

    /// <summary>
    /// Ramsey's RESET: squares and cubes of the predictions must add nothing to a fit. Ramsey, J. Royal Statistical
    /// Society B 31, 1969.
    /// </summary>
    public HypothesisTest? Reset()
    {
        var square = _frame.PlaceOfTarget(_target);
        var cube = square + 1;
        var (squares, both, cubes) =
            (_columns.Rest(square, square), _columns.Rest(square, cube), _columns.Rest(cube, cube));
        var (ofSquare, ofCube) = (_columns.Rest(square, _residual), _columns.Rest(cube, _residual));
        var (hasSquare, hasCube) = (IsIndependent(squares, square), false);
        DoubleDouble gain = 0, factor = 0, first = 0, second = 0;
        if (hasSquare)
        {
            (gain, factor) = (ofSquare * ofSquare / squares, both / squares);
            cubes -= factor * both;
            ofCube -= factor * ofSquare;
            first = ofSquare / squares;
        }

        if (IsIndependent(cubes, cube))
        {
            hasCube = true;
            gain += ofCube * ofCube / cubes;
            second = ofCube / cubes;
            first -= hasSquare ? factor * second : 0;
        }

        var count = (hasSquare ? 1 : 0) + (hasCube ? 1 : 0);
        (PowerCoefficients, SumOfSquaresWithPowers) = ([first, second], _sumOfSquares - gain);
        return _frame.Targets[_target].Unit > 0 ? TestOfGain("reset", "Ramsey's RESET", gain, count) : null;
    }

    /// <summary>
    /// Whether the square of an input would improve the fit, of the input where it is the most probable; the p-value is
    /// that of the
    /// least of so many (Bonferroni). Null where there are too many inputs, or none whose square says something new.
    /// </summary>
    public HypothesisTest? Bends()
    {
        if (!_frame.HasSquares)
        {
            return null;
        }

        var tests = new List<HypothesisTest>();
        for (var k = 0; k < _frame.Coordinates; k++)
        {
            var place = _frame.PlaceOfSquares + k;
            var (squares, product) = (_columns.Rest(place, place), _columns.Rest(place, _residual));
            if (IsIndependent(squares, place)
                && TestOfGain("bends", "squares input by input", product * product / squares, 1) is { } test)
            {
                var term = _frame.Fit.Moments.Design.Terms[_frame.Place.Inputs[k]];
                tests.Add(test with
                {
                    Input = term.Name,
                    PowerOf = term.AsPower is { Power: > 1 } power ? power.Column : null,
                });
            }
        }

        return tests.MaxBy(test => test.Statistic) is { } worst
            ? worst with { PValue = Math.Min(1, tests.Count * worst.PValue), Among = tests.Count } : null;
    }

    /// <summary>
    /// How much larger uneven noise makes a test's statistic than even noise would: at least 1. Of lack of fit nothing
    /// is known.
    /// </summary>
    /// <param name="test">One of these tests.</param>
    /// <param name="rows">Rows that tell.</param>
    public double Inflation(HypothesisTest test, SampledRows rows)
    {
        double Of(int place) => _columns.Coefficients(place) is { } explained
            ? rows.Inflation(_target, place, explained,
                (_columns.Rest(place, _residual) / _columns.Rest(place, place)).High)
            : 1;
        var power = _frame.PlaceOfTarget(_target);
        return test.Code switch
        {
            "reset" => Math.Max(Of(power), Of(power + 1)),
            "bends" => Of(_frame.PlaceOfSquares + PlaceOf(test.Input!)),
            _ => 1,
        };
    }

    /// <summary>Draper and Smith, Applied Regression Analysis, section 2.1.</summary>
    /// <param name="freedomWithin">Rows less groups of rows with equal inputs.</param>
    /// <param name="within">The target's sum of squares within these groups.</param>
    public HypothesisTest? LackOfFit(long freedomWithin, double within)
    {
        var freedom = Freedom - freedomWithin;
        if (freedomWithin <= 0 || freedom <= 0 || !(within > 0))
        {
            return null;
        }

        var f = Math.Max(0, (_sumOfSquares - within).High) / freedom / (within / freedomWithin);
        return TestOfF("lack-of-fit", "lack of fit, from replicates", f, freedom, freedomWithin);
    }

    private int PlaceOf(string input) =>
        Enumerable.Range(0, _frame.Coordinates).First(k => _frame.Names.Inputs[_frame.Place.Inputs[k]] == input);

    private bool IsIndependent(DoubleDouble rest, int column) =>
        rest.High > Dependent * _sums.Weighted(column, column).High;

    private HypothesisTest? TestOfGain(string code, string name, DoubleDouble gain, int count)
    {
        var freedom = Freedom - count;
        if (count == 0 || freedom <= 0 || !(gain.High >= 0))
        {
            return null;
        }

        var (rest, least) = (_sumOfSquares - gain, _sumOfSquares * Cancelled);
        var f = gain / count / (rest.High > least.High ? rest : least) * freedom;
        return TestOfF(code, name, f.High, count, freedom);
    }

    private HypothesisTest TestOfF(string code, string name, double f, long numerator, long denominator) =>
        new(code, name, Name, f, [numerator, denominator], FisherF.UpperTail(f, numerator, denominator));
}
