namespace Plumb.Designs;

/// <summary>
/// What programs call the input of a category's level: Speciesvirginica (R), C(Species)[T.virginica] (statsmodels),
/// Species_virginica (pandas, scikit-learn), Species[virginica].
/// </summary>
internal static class LevelNames
{
    /// <summary>What makes a category of a column, where it stands around its name.</summary>
    public static IReadOnlyList<string> Wraps { get; } = ["factor(", "as.factor(", "C("];

    /// <summary>All that it may be called.</summary>
    /// <param name="column">The category.</param>
    /// <param name="level">The level.</param>
    public static IEnumerable<string> Of(string column, string level)
    {
        foreach (var name in Wraps.Select(wrap => wrap + column + ")").Prepend(column))
        {
            yield return name + level;
            yield return $"{name}[{level}]";
            yield return $"{name}[T.{level}]";
            yield return $"{name}[S.{level}]";
        }

        yield return $"{column}_{level}";
    }

    /// <summary>Whether one of the names of inputs is that of a level, or of a product with it.</summary>
    /// <param name="inputs">The names.</param>
    /// <param name="column">The category.</param>
    /// <param name="level">The level.</param>
    public static bool IsIn(IReadOnlyList<string> inputs, string column, string level)
    {
        string[] spelled = [.. Of(column, level)];
        return inputs.Any(name => spelled.Contains(name) || name.Split(':').Any(spelled.Contains));
    }
}
