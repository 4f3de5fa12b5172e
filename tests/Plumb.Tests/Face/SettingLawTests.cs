using System.Globalization;
using System.Reflection;

namespace Plumb.Tests.Face;

/// <summary>A setting that cannot be is refused where it is set, by the name of the property and its value.</summary>
public sealed class SettingLawTests
{
    private static readonly Type[] s_settings =
    [
        typeof(LeastSquares), typeof(GradientDescent), typeof(Lbfgs), typeof(ConjugateGradient), typeof(Experiment),
        typeof(ExperimentGoal.OneParameter), typeof(ErrorsInVariables), typeof(DataUncertainty), typeof(Background),
        .. Specimens.PublicTypes.Where(type => type.IsSubclassOf(typeof(Stage))),
    ];

    // What may be any number.
    private static readonly string[] s_free = ["GradientDescent.Seed"];

    public static TheoryData<Type, string, object> Impossible() =>
        [.. from type in s_settings
            from property in type.GetProperties()
            where property.SetMethod is { IsPublic: true } && !s_free.Contains($"{type.Name}.{property.Name}")
            from value in BadOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            select (type, property.Name, value)];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Impossible_setting_is_refused_where_it_is_set(Type type, string property, object value)
    {
        var set = type.GetProperty(property)!;
        var settings = Specimens.Of(type);
        object given = set.PropertyType.IsAssignableFrom(typeof(double[])) && value is double number
            ? new[] { 1, number } : value;
        var thrown = Assert.IsType<ArgumentOutOfRangeException>(
            Assert.Throws<TargetInvocationException>(() => set.SetValue(settings, given)).InnerException);
        Assert.Equal(property, thrown.ParamName);
        Assert.Equal(value, thrown.ActualValue);
        Assert.Contains(Convert.ToString(value, CultureInfo.InvariantCulture)!, thrown.Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    public void Impossible_setting_is_refused_where_it_is_made(double value)
    {
        Assert.Equal("LearningRate",
            Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDescent(value)).ParamName);
        Assert.Equal("Largest", Assert.Throws<ArgumentOutOfRangeException>(() => new ClipByNorm(value)).ParamName);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Exponential(value)).ParamName);
    }

    private static object[] BadOf(Type type) => type == typeof(double) || type.IsAssignableFrom(typeof(double[]))
        ? [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1.0]
        : type == typeof(int) ? [-1, int.MinValue] : type == typeof(long) ? [-1L, long.MinValue] : [];
}
