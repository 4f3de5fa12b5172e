using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumb.Tests.Face;

/// <summary>
/// Whatever a user can hold shows itself, and records compare by what they hold: asked of every public type.
/// </summary>
public sealed partial class PublicFaceLawTests
{
    public static TheoryData<Type> Classes() =>
        [.. Specimens.PublicTypes.Where(type => !type.IsAbstract && !Specimens.Elsewhere.Contains(type.Name))];

    public static TheoryData<Type> Records() => [.. Specimens.PublicTypes.Where(type =>
        !type.IsAbstract && Specimens.IsRecord(type) && !Specimens.Elsewhere.Contains(type.Name))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Type_says_what_it_holds(Type type) => Assert.Contains("Plumb",
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType!.Assembly.GetName().Name);

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_shows_values_and_no_name_of_a_type(Type type) => Assert.DoesNotMatch(NameOfType(), Text(type));

    [Theory]
    [MemberData(nameof(Shown))]
    public void Object_shows_values_and_no_name_of_a_type(Type type)
    {
        Assert.NotEmpty(Text(type));
        Assert.DoesNotMatch(NameOfType(), Text(type));
    }

    public static TheoryData<Type> Shown() => [.. Specimens.PublicTypes.Where(type => !type.IsAbstract
        && !Specimens.IsRecord(type) && !typeof(RowReader).IsAssignableFrom(type)
        && !Specimens.Elsewhere.Contains(type.Name)
        && type != typeof(PrintedPrecision) && type != typeof(StoredWeights))];

    [Theory]
    [MemberData(nameof(Records))]
    public void Text_is_the_same_in_every_culture(Type type)
    {
        var expected = Text(type);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NegativeSign) = ("~", "¬");
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal(expected, Text(type));
            Assert.Same(culture, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Records_made_alike_are_equal(Type type)
    {
        var (left, right) = (Specimens.Of(type), Specimens.Of(type));
        Assert.True(left.Equals(right));
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Records_with_other_lists_are_not_equal(Type type)
    {
        foreach (var property in type.GetProperties().Where(it => it.SetMethod is { IsPublic: true }
            && it.PropertyType.IsGenericType && it.PropertyType.IsAssignableFrom(
                it.PropertyType.GetGenericArguments()[0].MakeArrayType())))
        {
            var (left, right) = (Specimens.Of(type), Specimens.Of(type));
            var items = ((IEnumerable)property.GetValue(left)!).Cast<object?>().ToArray();
            var fewer = Array.CreateInstance(property.PropertyType.GetGenericArguments()[0], items.Length - 1);
            Array.Copy(items, fewer, fewer.Length);
            property.SetValue(right, fewer);
            Assert.False(left.Equals(right), property.Name);
        }
    }

    [Fact]
    public void Lists_are_copied_when_they_are_given()
    {
        string[] inputs = ["a", "b"];
        var names = new VariableNames(inputs, ["y"]);
        inputs[0] = "changed";
        Assert.Equal(new VariableNames(["a", "b"], ["y"]), names);
    }

    [Fact]
    public void Fit_shows_its_equation()
    {
        double[,] x = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 1, 1 } };
        double[,] y = { { 1 }, { 3 }, { -2 }, { 0 } };
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x, y)));
        Assert.Equal("y1 = 2 x1 - 3 x2 + 1 (4 rows, R² 1)", fit.ToString());
        Assert.Equal("4 rows, x1, x2 -> y1", new Dataset(x, y).ToString());
        Assert.Equal("moments of 4 rows, x1, x2 -> y1", Moments.Of(new Dataset(x, y)).ToString());
        Assert.Equal("every direction is determined", fit.NullSpace.ToString());
        Assert.Equal(Assessment.Of(fit), Assessment.Of(fit));
    }

    [Fact]
    public void Lists_show_their_values() => Assert.Equal(
        "DataUncertainty { Inputs = [0.5, 1, 2], Targets = [0] }", new DataUncertainty([0.5, 1, 2], [0]).ToString());

    [Fact]
    public void Moments_are_found_again_in_a_set_after_rows_were_added()
    {
        var moments = new Moments(1, 1);
        HashSet<Moments> set = [moments];
        moments.Add([1], [2]);
        Assert.Contains(moments, set);
    }

    private static string Text(Type type) => Specimens.Of(type).ToString()!;

    [GeneratedRegex(@"`\d|\bSystem\.|\bPlumb\.|<>z|\w\[\]")]
    private static partial Regex NameOfType();
}
