using System.Runtime.ExceptionServices;

namespace Plumb.Numerics;

/// <summary>
/// Work in shares that do not depend on one another, so that the order and the number of threads cannot show.
/// </summary>
internal static class ParallelFor
{
    private const int Few = 3; // not worth another thread

    [ThreadStatic]
    private static bool s_isShare; // this thread does one: shares of shares would find no thread free

    /// <summary>
    /// Does each share, numbered from 0; at once where there are many. What one of them throws is thrown.
    /// </summary>
    public static void ForEach(int shares, Action<int> work) => ForEach(shares, () => 0, (share, _) => work(share));

    /// <summary>Does each share, in room that a thread makes once for all of its own.</summary>
    public static void ForEach<TRoom>(int shares, Func<TRoom> makeRoom, Action<int, TRoom> work)
    {
        if (shares <= Few || s_isShare)
        {
            var room = makeRoom();
            for (var share = 0; share < shares; share++)
            {
                Stop.IfAsked();
                work(share, room);
            }

            return;
        }

        var token = Stop.Token;
        try
        {
            Parallel.For(0, shares, makeRoom,
                (share, _, room) => Stop.Within(() => WorkAsShare(share, room, work), token), _ => { });
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private static TRoom WorkAsShare<TRoom>(int share, TRoom room, Action<int, TRoom> work)
    {
        s_isShare = true;
        try
        {
            work(share, room);
        }
        finally
        {
            s_isShare = false;
        }

        return room;
    }
}
