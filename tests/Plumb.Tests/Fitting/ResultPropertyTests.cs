using System.Reflection;

namespace Plumb.Tests;

/// <summary>
/// A property of a result that has been read costs nothing to read again: no matrix is copied at each access, so a loop
/// over targets and inputs is as cheap as it looks. Texts are made when they are asked for.
/// </summary>
public sealed class ResultPropertyTests
{
    private static readonly LinearFit s_fit = Fit();

    public static TheoryData<string> Results => [.. Objects().Select(result => result.GetType().Name)];

    [Theory]
    [MemberData(nameof(Results))]
    public void Property_that_is_read_twice_allocates_nothing(string type)
    {
        var result = Objects().First(result => result.GetType().Name == type);
        var measure = typeof(ResultPropertyTests).GetMethod(nameof(AllocatedBy),
            BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var property in result.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || property.PropertyType.IsByRefLike
                || property.PropertyType == typeof(string))
            {
                continue;
            }

            var bytes = (long)measure.MakeGenericMethod(result.GetType(), property.PropertyType)
                .Invoke(null, [result, property])!;
            Assert.True(bytes == 0, $"{type}.{property.Name} allocates {bytes} bytes each time it is read.");
        }
    }

    private static long AllocatedBy<TResult, TValue>(TResult result, PropertyInfo property)
    {
        var read = property.GetMethod!.CreateDelegate<Func<TResult, TValue>>();
        for (var i = 0; i < 3; i++)
        {
            _ = read(result);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = read(result);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IEnumerable<object> Objects() =>
    [
        s_fit, s_fit.Map, s_fit.NullSpace, s_fit.Accuracy, s_fit.Accuracy.Data, s_fit.Spectrum, s_fit.Collinearity,
        s_fit.NearRank, s_fit.Dependences[0], ReportedErrors.OnlyClassical(s_fit),
        new LearningPlan(s_fit.Spectrum, Loss.Mean, s_fit.Rows, 2),
        new LearningPlan(s_fit.Spectrum, Loss.Mean, s_fit.Rows, 2).Path(s_fit.Map, 0.01),
    ];

    private static LinearFit Fit()
    {
        var random = new RandomSource(1);
        var (x, y) = (new double[30, 4], new double[30, 2]);
        for (var i = 0; i < 30; i++)
        {
            (x[i, 0], x[i, 1], y[i, 0], y[i, 1]) =
                (random.NextNormal(), random.NextNormal(), random.NextNormal(), random.NextNormal());
            (x[i, 2], x[i, 3]) = (2 * x[i, 0], random.NextNormal());
        }

        return new LeastSquares().Fit(Moments.Of(new Dataset(x, y)));
    }
}
