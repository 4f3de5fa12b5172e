namespace Plumb;

/// <content>What it says of itself.</content>
public sealed partial class LinearFit
{
    /// <summary>Its equation, the rows and R², such as y = 2 x1 - 3 x2 + 1 (120 rows, R² 0.98).</summary>
    public override string ToString() => $"{Map} ({Shown.Count(Rows, "row")}{RSquaredText()}{RankText()})";

    private string RSquaredText()
    {
        string[] known = [.. RSquared.Where(double.IsFinite).Select(TextOf)];
        return known.Length == 0 ? "" : ", R² " + Shown.Items(known);
    }

    // Six digits, which must not make a fit look perfect that is not.
    private static string TextOf(double rSquared) =>
        rSquared is > 0.999999 and < 1 ? "above 0.999999" : Shown.Number(rSquared);

    private string RankText() => IsIdentified ? ""
        : FormattableString.Invariant($", rank {Rank} of {ParametersPerTarget}");
}
