namespace Plumb.Cli;

/// <summary>The word that a mistyped one was probably meant to be.</summary>
internal static class Spelling
{
    /// <summary>" Did you mean 'x'?", or nothing when no candidate is near.</summary>
    public static string Suggestion(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Select(candidate => (Word: candidate, Distance: Distance(word, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Word.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
        return nearest is null ? "" : $"; did you mean '{nearest}'?";
    }

    // Levenshtein's distance, with a swap of neighbours as one edit, in lower case.
    private static int Distance(string left, string right)
    {
        var (a, b) = (left.ToLowerInvariant(), right.ToLowerInvariant());
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], 1 + d[i - 2, j - 2]);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
