namespace Plumb.Diagnosis;

/// <summary>Chooses among origins. Penalties and a descent that was stopped shrink alike: one of them is claimed only
/// where it leaves decisively less than the other.</summary>
internal static class OriginChoice
{
    private const double Margin = 0.5; // digits: of two origins as well supported, the first is the simpler
    private const double Decisive = 3; // times less
    private const double LeastLeft = 1e-13; // of the targets' spread: what rounding leaves of either

    /// <summary>The origin that is supported best; null where there is none.</summary>
    public static OriginCandidate? Best(IEnumerable<OriginCandidate> origins)
    {
        OriginCandidate? best = null;
        foreach (var found in origins)
        {
            best = best is null || Rank(found) > Rank(best) + Margin ? found : best;
        }

        return best;
    }

    /// <summary>The same where descents were found beside other origins.</summary>
    public static OriginCandidate? Best(IReadOnlyList<OriginCandidate> others, IReadOnlyList<OriginCandidate> descents)
    {
        if (Best(descents) is not { } descent)
        {
            return Best(others);
        }

        var left = Left(descent);
        if (others.Where(other => other.IsTested).MinBy(Left) is not { } rival || Decisive * left < Left(rival))
        {
            var apart = others.Where(other => other.Origin.Parameters.Count == 0 || Left(other) <= Decisive * left);
            return Best(descent.IsOnlyRival ? apart : apart.Append(descent));
        }

        return Decisive * Left(rival) < left || descent.IsOnlyRival
            || !(descent.Origin.IsClaimed || descent.IsTested) ? Best(others)
            : Neither(Best(others)!, descent);
    }

    private static OriginCandidate Neither(OriginCandidate penalty, OriginCandidate descent)
    {
        if (!penalty.Origin.IsClaimed && !descent.Origin.IsClaimed)
        {
            return penalty;
        }

        var (first, second) = penalty.Origin.IsClaimed ? (penalty, descent) : (descent, penalty);
        return first with { Origin = first.Origin with { IsClaimed = false, Rival = second.Origin } };
    }

    private static double Left(OriginCandidate candidate) => Math.Max(candidate.Origin.Leaves, LeastLeft);

    // What is claimed comes before what is not.
    private static double Rank(OriginCandidate candidate) => candidate.Support + (candidate.Origin.IsClaimed ? 1e6 : 0);
}
