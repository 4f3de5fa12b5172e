namespace Plumb;

/// <summary>Changes of one object, of which no two may go on at a time: the second throws instead of waiting.</summary>
/// <param name="what">What goes on, as in "adding rows to these moments".</param>
internal sealed class OneAtATime(string what)
{
    private int _isGoingOn;

    /// <summary>Begins a change, which goes on until the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another goes on.</exception>
    public Change Begin() => Interlocked.Exchange(ref _isGoingOn, 1) == 0 ? new Change(this) : throw IsGoingOn();

    /// <summary>Refuses to read while a change goes on.</summary>
    /// <exception cref="InvalidOperationException">One does.</exception>
    public void RequireNone()
    {
        if (Volatile.Read(ref _isGoingOn) != 0)
        {
            throw IsGoingOn();
        }
    }

    private InvalidOperationException IsGoingOn() => new($"another thread is {what}, expected one thread at a time; "
        + "give each thread an object of its own, and merge them at the end.");

    /// <summary>A change that goes on.</summary>
    public readonly struct Change(OneAtATime all) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Volatile.Write(ref all._isGoingOn, 0);
    }
}
