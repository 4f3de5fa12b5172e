namespace Plumb.Tests;

/// <summary>What holds of every picture, whatever the numbers and names.</summary>
public sealed class FigureLawTests
{
    private const int Iterations = 300;

    private static readonly Gen<ForestRow> s_row = Gen.Select(FigureGen.Name, FigureGen.Number, FigureGen.Number,
        Gen.Bool, FigureGen.Number, (name, estimate, error, isDetermined, spread) =>
            new ForestRow(name, estimate, Math.Abs(error), estimate - 2 * Math.Abs(error),
                estimate + 2 * Math.Abs(error))
            {
                IsDetermined = isDetermined,
                Spread = spread,
            });

    private static readonly Gen<CurvePoint[]> s_curve =
        Gen.Select(Gen.Double[0, 1e6], FigureGen.Number, (step, value) => new CurvePoint(step, value)).Array[0, 40];

    private static readonly Gen<PlanePoint> s_place =
        Gen.Select(FigureGen.Number, FigureGen.Number, (x, y) => new PlanePoint(x, y));

    [Fact]
    public void Forests() => Gen.Select(FigureGen.Name, Gen.Select(FigureGen.Name, s_row.Array[0, 50]).Array[0, 5],
        Gen.Select(Gen.Int[-1, 50].Array[1, 5], FigureGen.Name, Gen.Bool).Array[0, 4], Gen.Bool)
        .Sample((name, targets, brackets, isEffect) =>
        {
            var rows = targets.Select(target => target.Item2.Length).DefaultIfEmpty(0).Min();
            var forest = new WeightForest(name, name,
                [.. targets.Select(target => new ForestTarget(target.Item1, [.. target.Item2.Take(rows)]))],
                [.. brackets.Select(b => new ForestBracket(b.Item1, b.Item2, b.Item3))],
                isEffect ? ForestAxis.Effect : ForestAxis.StandardErrors);
            DrawnFigure.Of(forest);
            FitsTerminals(forest);
        }, iter: Iterations);

    [Fact]
    public void Digits() => Gen.Select(FigureGen.Name,
        Gen.Select(FigureGen.Name, FigureGen.Number, FigureGen.Number, FigureGen.Number,
            (name, a, d, n) => new DigitRow(name, a, d, n)).Array[0, 50])
        .Sample((name, rows) => DrawnFigure.Of(new DigitBars(name, name, rows)), iter: Iterations);

    [Fact]
    public void Spectra() => Gen.Select(FigureGen.Name, FigureGen.Number,
        Gen.Select(FigureGen.Number, FigureGen.Name, (curvature, words) => new SpectrumDirection(curvature, words))
            .Array[0, 30])
        .Sample((name, rate, directions) => DrawnFigure.Of(new SpectrumSteps(name, name, directions, rate)),
            iter: Iterations);

    [Fact]
    public void Losses() => Gen.Select(FigureGen.Name, s_curve, s_curve, s_curve, s_curve)
        .Sample((name, measured, predicted, distance, predictedDistance) =>
        {
            var curve = new LossCurve(name, name, measured, predicted)
            {
                Distance = distance,
                PredictedDistance = predictedDistance,
            };
            DrawnFigure.Of(curve);
            FitsTerminals(curve);
        }, iter: Iterations);

    [Fact]
    public void Causes() => Gen.Select(FigureGen.Name,
        Gen.Select(FigureGen.Name, FigureGen.Number, FigureGen.Number,
            Gen.Select(FigureGen.Name, FigureGen.Number, (cause, amount) => new CausePart(cause, amount)).Array[0, 6],
            (name, from, to, parts) => new CauseRow(name, from, to, parts)).Array[0, 9])
        .Sample((name, rows) => DrawnFigure.Of(new CauseWaterfall(name, name, "truth", rows)), iter: Iterations);

    [Fact]
    public void Next_points() => Gen.Select(FigureGen.Name,
        Gen.Select(FigureGen.Name, FigureGen.Number, FigureGen.Number, FigureGen.Number, FigureGen.Number,
            (name, low, high, from, to) => new NextInput(name, low, high, from, to)).Array[0, 4],
        FigureGen.Number.Array[0, 4].Array[0, 12],
        Gen.Select(FigureGen.Name, FigureGen.Number, FigureGen.Number,
            (name, before, after) => new NextError(name, before, after)).Array[0, 30])
        .Sample((name, inputs, points, errors) =>
        {
            var figure = new NextPoints(name, name, inputs, points, errors);
            DrawnFigure.Of(figure);
            FitsTerminals(figure);
        }, iter: Iterations);

    [Fact]
    public void Seeds() => Gen.Select(FigureGen.Name,
        Gen.Select(FigureGen.Number, FigureGen.Number, FigureGen.Number, s_place.Array[0, 30], s_place, s_place,
            (xx, xy, yy, path, truth, twin) => new SeedPlane("one", "two", xx, xy, yy, path, truth) { Twin = twin })
            .Array[0, 2])
        .Sample((name, planes) => DrawnFigure.Of(new SeedStory(name, name, planes, name, name)), iter: Iterations);

    private static void FitsTerminals(PageFigure figure)
    {
        foreach (var width in new[] { 40, 57, 80, 120 })
        {
            Assert.All(figure.ToLines(width), line => Assert.InRange(LineText.Width(line), 0, width));
        }
    }
}
