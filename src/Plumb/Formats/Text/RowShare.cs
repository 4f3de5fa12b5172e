namespace Plumb.Formats;

/// <summary>
/// A share of a file: the rows that begin between two places of it. The shares from 0 to a, a to b, .. up to the end
/// hold every row once.
/// </summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends: the first place that is not of it.</param>
/// <param name="Of">The places of the whole file, such as its bytes.</param>
internal readonly record struct RowShare(long From, long To, long Of)
{
    /// <summary>The same share of a whole of another length.</summary>
    public (long From, long To) Within(long length) => (Scaled(From, length), Scaled(To, length));

    private long Scaled(long place, long length) => (long)((Int128)length * place / Of);
}
