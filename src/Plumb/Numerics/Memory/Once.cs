namespace Plumb.Numerics;

/// <summary>
/// What is made when it is first asked for, by one of the threads that ask; where that is ended or fails, it is made
/// when it is next asked for, which is what <see cref="Lazy{T}"/> would not do.
/// </summary>
/// <param name="make">Makes it.</param>
internal sealed class Once<T>(Func<T> make)
    where T : class
{
    private readonly Lock _making = new();
    private T? _value;

    /// <summary>It.</summary>
    public T Value
    {
        get
        {
            if (Volatile.Read(ref _value) is { } value)
            {
                return value;
            }

            lock (_making)
            {
                if (_value is null)
                {
                    Volatile.Write(ref _value, make());
                }

                return _value!;
            }
        }
    }
}
