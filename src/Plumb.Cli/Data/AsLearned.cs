namespace Plumb.Cli;

/// <summary>Rows that a model is applied to are read as those were that it was learned from.</summary>
internal static class AsLearned
{
    /// <summary>The data, in which the model's codes for missing values stand for these too.</summary>
    public static DataArguments As(this DataArguments given, LearnedFrom? from) => from is null ? given : given with
    {
        Format = given.Format with
        {
            MissingValues = [.. given.Format.MissingValues.Union(from.MissingValues, StringComparer.Ordinal)],
        },
    };

    /// <summary>Where columns have other signs of percent or money than they had then, or none.</summary>
    /// <param name="from">The rows that the model was learned from; null when unknown.</param>
    /// <param name="signs">The signs of the rows at hand, by column.</param>
    /// <param name="columns">The columns that were read.</param>
    public static IEnumerable<Finding> OtherSigns(LearnedFrom? from, IReadOnlyDictionary<string, string> signs,
        IEnumerable<string> columns)
    {
        if (from is null)
        {
            yield break;
        }

        foreach (var column in columns.Distinct(StringComparer.Ordinal))
        {
            var (then, now) = (from.Signs.GetValueOrDefault(column), signs.GetValueOrDefault(column));
            if (then != now)
            {
                yield return new Finding(Severity.Warning, "other-sign",
                    $"{column}: {In(then)} where the model was learned, and {In(now)} here.",
                    "Check that both mean the same: 12 % is read as 12, and 0.12 as 0.12.");
            }
        }
    }

    private static string In(string? sign) => sign is null ? "numbers without a sign" : $"numbers in {sign}";
}
