using System.Runtime.ExceptionServices;

namespace Plumb.Numerics;

/// <summary>Work in shares that do not depend on one another, so that the order and the number of threads cannot show.</summary>
internal static class Shares
{
    private const int Few = 3; // not worth another thread

    [ThreadStatic]
    private static bool s_isShare; // this thread does one: shares of shares would find no thread free

    /// <summary>Does each share, numbered from 0; at once where there are many. What one of them throws is thrown.</summary>
    public static void ForEach(int shares, Action<int> work)
    {
        if (shares <= Few || s_isShare)
        {
            for (var share = 0; share < shares; share++)
            {
                work(share);
            }

            return;
        }

        try
        {
            Parallel.For(0, shares, share => WorkAsShare(share, work));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private static void WorkAsShare(int share, Action<int> work)
    {
        s_isShare = true;
        try
        {
            work(share);
        }
        finally
        {
            s_isShare = false;
        }
    }
}
