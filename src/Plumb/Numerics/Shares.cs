namespace Plumb.Numerics;

/// <summary>Work in shares that do not depend on one another, so that the order and the number of threads cannot show.</summary>
internal static class Shares
{
    private const int Few = 3; // not worth another thread

    /// <summary>Does each share, numbered from 0; at once where there are many.</summary>
    public static void ForEach(int shares, Action<int> work)
    {
        if (shares > Few)
        {
            Parallel.For(0, shares, work);
            return;
        }

        for (var share = 0; share < shares; share++)
        {
            work(share);
        }
    }
}
