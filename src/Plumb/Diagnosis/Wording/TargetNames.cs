namespace Plumb.Diagnosis;

/// <summary>Targets that a sentence speaks of.</summary>
internal static class TargetNames
{
    /// <summary>'a', 'a' and 'b', or 'a' and 2 other targets.</summary>
    /// <param name="names">One or more.</param>
    public static string Quoted(IReadOnlyList<string> names) => names.Count switch
    {
        1 => $"'{names[0]}'",
        2 => $"'{names[0]}' and '{names[1]}'",
        _ => FormattableString.Invariant($"'{names[0]}' and {names.Count - 1} other targets"),
    };
}
