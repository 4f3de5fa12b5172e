using System.Collections;
using System.Reflection;

namespace Plumb.Tests.Face;

/// <summary>
/// An object of every public type: records from made-up values, each time anew; what cannot be compared by what it
/// holds, one of each kind.
/// </summary>
internal static class Specimens
{
    private static readonly AffineMap s_map = new(Matrix.Create(1, 2, (_, j) => j == 0 ? 2 : -3), [1],
        new VariableNames(["x1", "x2"], ["y"]));

    private static readonly Dataset s_data = new(Matrix.Create(6, 2, (i, j) => j == 0 ? i : i * i % 5),
        Matrix.Create(6, 1, (i, _) => 2 * i - 3 * (i * i % 5) + 1 + (i % 2 == 0 ? 0.25 : -0.25)), s_map.Names);

    private static readonly LinearFit s_fit = new LeastSquares().Fit(Moments.Of(s_data));

    private static readonly Dictionary<Type, object> s_objects = Known().ToDictionary(it => it.GetType());

    /// <summary>The types that others see, apart from those that nobody can make.</summary>
    public static IReadOnlyList<Type> PublicTypes { get; } =
    [
        .. new[]
        {
            typeof(LinearFit), typeof(ArrowReader), typeof(DuckDbReader), typeof(PostgreSqlReader), typeof(SqlDialect),
            typeof(ZstdStream), typeof(DataViewReader),
        }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => !type.IsEnum && !type.IsInterface && !(type.IsAbstract && type.IsSealed))
        .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>
    /// The types of rooms that are being rebuilt, Diagnosis/Rows and Fitting/Inference: they learn the same there.
    /// </summary>
    public static IReadOnlyList<string> Elsewhere { get; } =
    [
        "CloudGrid", "CloudHistogram", "Inference", "RowTests", "RowReport", "RobustErrors", "MaskedRows", "RowCloud",
        "CloudAxis", "Coefficient", "CopiedRows", "DecidingRow", "RowInfluence", "RowPoint", "RobustOutlier",
        "SuspectCode", "Hypothesis", "MultivariateStatistic", "MultivariateTest", "TestedHypothesis",
        "TestedRestriction",
    ];

    /// <summary>Whether a type is a record.</summary>
    public static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    /// <summary>An object of a type.</summary>
    public static object Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsAssignableFrom(typeof(AffineMap)) && type != typeof(object))
        {
            return s_map.Named(s_map.Names);
        }

        if (type == typeof(Schedule))
        {
            return Schedule.Constant;
        }

        if (type == typeof(Matrix))
        {
            return Matrix.Create(2, 2, (i, j) => i + j - 0.5);
        }

        if (s_objects.TryGetValue(type, out var known))
        {
            return known;
        }

        if (type.IsArray || (type.IsGenericType && type.GetGenericArguments() is [var item]
            && type.IsAssignableFrom(item.MakeArrayType())))
        {
            item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
            var list = Array.CreateInstance(item, 2);
            list.SetValue(Of(item), 0);
            list.SetValue(Of(item), 1);
            return list;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var map = (IDictionary)Activator.CreateInstance(
                typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()))!;
            map.Add("a", Of(type.GetGenericArguments()[1]));
            return map;
        }

        return type.IsEnum ? Enum.GetValues(type).GetValue(0)! : type.IsAbstract ? Of(Heir(type)) : Made(type);
    }

    /// <summary>A concrete type that is an abstract one.</summary>
    private static Type Heir(Type type) =>
        PublicTypes.First(heir => !heir.IsAbstract && heir.IsSubclassOf(type));

    private static object Made(Type type)
    {
        var constructor = type.GetConstructors()
            .Where(it => it.GetParameters() is var given && !(given.Length == 1 && given[0].ParameterType == type))
            .MaxBy(it => it.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor; add one to the specimens.");
        var made = constructor.Invoke([.. constructor.GetParameters().Select(it => Of(it.ParameterType))]);
        foreach (var property in type.GetProperties().Where(it => it.SetMethod is { IsPublic: true }
            && !it.PropertyType.IsSubclassOf(typeof(Delegate)) && !Elsewhere.Contains(it.PropertyType.Name)
            && !constructor.GetParameters().Any(given => given.Name == it.Name)))
        {
            property.SetValue(made, property.Name == nameof(ReportSettings.Width) ? 100 : Of(property.PropertyType));
        }

        return made;
    }

    private static IEnumerable<object> Known()
    {
        var moments = Moments.Of(s_data);
        var settings = new GradientDescent(0.01);
        var explanation = Explanation.Of(s_map, moments, s_map);
        var source = new RowSource("rows.csv", _ => Task.FromResult<RowReader>(null!));
        return
        [
            0.5, 2, 3L, true, "a", 'a', s_data, moments, s_fit, s_fit.NullSpace, s_fit.Spectrum, s_fit.Collinearity,
            s_fit.Covariance(), settings.Start(s_map), explanation, source, Loss.Mse, Schedule.Constant,
            new BootstrapErrors(200, 3),
            ColumnFunction.Log, new Term("x1", 2), new Contrast("a", [0, 1]),
            Design.Of(s_map.Names), RowWeights.Frequencies([1, 2, 0, 1, 1, 1]), Standardization.Of(moments),
            new DecimalRows(new decimal[,] { { 1 } }, new decimal[,] { { 2 } }), new RandomSource(1),
            new LearningPlan(s_fit.Spectrum, Loss.Mse, 6, 1), new LearningPlan(s_fit.Spectrum, Loss.Mse, 6, 1)
                .Path(s_map, 0.01),
            new LossFunction(Loss.Mse, moments), new EarlyStopping(new LossFunction(Loss.Mse, moments), 3, s_map),
            TruthComparison.Of(s_fit, s_map), ReportedErrors.OnlyClassical(s_fit), new ConvergenceTest(s_fit),
            new DecimalMoments(s_map.Names), new CsvWriter(TextWriter.Null), new TruthValues(), new Dates(),
            Levels.Of(["a", "b"]), new GroupLabels(), PostgreSqlAddress.Parse("postgresql://localhost/rows"),
            SqlDialect.Spark,
            new ZstdStream(Stream.Null, "rows.zst"), AffineMapTransformer.Of(s_map), new AffineMapEstimator(),
            ModelFormat.Json, new RowTexts(2), settings.Train(s_map, s_data).First(),
        ];
    }
}
