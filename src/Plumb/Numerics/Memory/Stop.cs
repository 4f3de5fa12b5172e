namespace Plumb.Numerics;

/// <summary>
/// Lets who asked for long work end it: what the work is made of looks here between its pieces. Of the thread that the
/// work is done on, and of those that do shares of it.
/// </summary>
internal static class Stop
{
    [ThreadStatic]
    private static CancellationToken s_token;

    /// <summary>What ends the work that this thread does.</summary>
    public static CancellationToken Token => s_token;

    /// <summary>Does work that a token ends; without one, the token of the work that it is a part of does.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static T Within<T>(Func<T> work, CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return work();
        }

        var before = s_token;
        s_token = token;
        try
        {
            IfAsked();
            return work();
        }
        finally
        {
            s_token = before;
        }
    }

    /// <summary>Ends the work if somebody has asked for that.</summary>
    /// <exception cref="OperationCanceledException">Somebody has.</exception>
    public static void IfAsked() => s_token.ThrowIfCancellationRequested();
}
