namespace Plumb.Tests.Face;

/// <summary>A property costs what a field costs: a loop over results copies nothing.</summary>
public sealed class PropertyCostTests
{
    private const int Inputs = 40;
    private const int Targets = 30;
    private const int Most = 128; // bytes an access: a boxed value, and no list of ours

    [Theory]
    [MemberData(nameof(Results))]
    public void Second_access_allocates_nothing(object result)
    {
        foreach (var property in result.GetType().GetProperties().Where(property =>
            property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike))
        {
            property.GetValue(result);
            property.GetValue(result); // what is found out at the first access, and the way of a call
            var before = GC.GetAllocatedBytesForCurrentThread();
            property.GetValue(result);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= Most, $"{result.GetType().Name}.{property.Name}: {allocated} bytes");
        }
    }

    // The README's loop: 300 targets of 100 inputs once took 7.2 GB and ten seconds.
    [Fact]
    public void Loop_over_weights_and_errors_allocates_nothing()
    {
        var fit = Fit(out _);
        var sum = fit.Map.Weights[0, 0] + fit.WeightErrors[0, 0];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var target = 0; target < Targets; target++)
        {
            for (var input = 0; input < Inputs; input++)
            {
                sum += fit.Map.Weights[target, input] + fit.WeightErrors[target, input] + fit.BiasErrors[target];
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        GC.KeepAlive(sum);
    }

    [Fact]
    public void Results_cannot_be_written_to()
    {
        double[,] x = { { 1 }, { 2 }, { 4 } };
        double[,] y = { { 2 }, { 3 }, { 7 } };
        var data = new Dataset(x, y);
        x[0, 0] = 100; // the caller's array was copied
        Assert.Equal(1, data.Inputs[0, 0]);
        Assert.Empty(typeof(Matrix).GetProperties().Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => property.Name));
    }

    [Fact]
    public void Matrix_over_an_array_shows_what_is_written_to_it()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7];
        var matrix = Matrix.Over(values, 2, 3);
        values[4] = -5;
        Assert.Equal(new Matrix(new double[,] { { 1, 2, 3 }, { 4, -5, 6 } }), matrix);
        Assert.Equal(2, Assert.Throws<ArgumentException>(() => Matrix.Over(values, 2, 4)).Message.Split('(').Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Over(values, -1, 3));
    }

    public static TheoryData<object> Results()
    {
        var fit = Fit(out var data);
        var truth = AffineMap.Random(Inputs, Targets, new RandomSource(2));
        var explanation = Explanation.Of(truth, fit.Moments, fit.Map);
        return
        [
            fit, fit.Map, data, fit.Moments, fit.NullSpace, fit.Collinearity, fit.Inference, fit.Covariance(),
            fit.Accuracy, explanation, Explanation.Of(truth, fit, new Background()), Assessment.Of(fit), fit.Names,
            new AffineModel(fit.Map), fit.Coefficients[0],
        ];
    }

    private static LinearFit Fit(out Dataset data)
    {
        var random = new RandomSource(1);
        var truth = AffineMap.Random(Inputs, Targets, random);
        var x = Matrix.Create(3 * Inputs, Inputs, (_, j) => j == 1 ? 3 : random.NextNormal());
        data = new Dataset(x, Matrix.Create(x.Rows, Targets, (i, t) => truth.Apply(x.Row(i))[t] + random.NextNormal()));
        return new LeastSquares().Fit(Moments.Of(data));
    }
}
