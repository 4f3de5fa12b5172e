namespace Plumb.Formats;

/// <summary>What programs call the bias among the names of a map's inputs: R, statsmodels, Stata, SPSS.</summary>
internal static class BiasNames
{
    private static readonly string[] s_names =
        ["bias", "(bias)", "intercept", "(intercept)", "intercept_", "const", "constant", "(constant)", "_cons"];

    /// <summary>Whether a name is one of these, in any case.</summary>
    public static bool Contains(string name) => s_names.Contains(name.ToLowerInvariant());

    /// <summary>Where the bias stands among names: under the name asked for, else under one of these; -1 where
    /// nowhere.</summary>
    public static int IndexIn(IReadOnlyList<string>? names, WeightsFormat format)
    {
        for (var i = 0; i < (names?.Count ?? 0); i++)
        {
            if (format.BiasName is { } asked ? names![i] == asked : Contains(names![i]))
            {
                return i;
            }
        }

        return -1;
    }
}
