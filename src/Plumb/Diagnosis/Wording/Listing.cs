namespace Plumb.Diagnosis;

/// <summary>Names in a sentence.</summary>
internal static class Listing
{
    private const int MostNames = 8; // more are told by their number
    private const int MostFirst = 12;

    /// <summary>"a", "a and b", "a, b and c"; of many, the first eight and how many more.</summary>
    public static string Of(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        > MostNames + 1 =>
            FormattableString.Invariant(
                $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more"),
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
    };

    /// <summary>The first twelve names, and dots where there are more.</summary>
    public static string First(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostFirst)) + (names.Count > MostFirst ? ", ..." : "");
}
