using System.Globalization;
using Npgsql;

namespace Plumb.PostgreSql;

/// <summary>
/// Leaves a server that sends notices and nothing else: a server that does so for ever never lets a read end, and as
/// bytes keep coming, no time limit of the driver is ever reached.
/// </summary>
internal sealed class NoticeWatch
{
    private const int MostNotices = 100_000; // in one answer, though the session asks for none

    private readonly PostgreSqlAddress _address;
    private readonly TaskCompletionSource _flood = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _notices;

    public NoticeWatch(PostgreSqlAddress address, NpgsqlConnection connection)
    {
        _address = address;
        connection.Notice += (_, _) =>
        {
            if (Interlocked.Increment(ref _notices) == MostNotices)
            {
                _flood.TrySetResult();
            }
        };
    }

    /// <summary>Whether the server has been left while it was still sending.</summary>
    public bool IsFlooded { get; private set; }

    /// <summary>Does what talks with the server.</summary>
    /// <param name="talk">Talks.</param>
    /// <param name="seconds">The longest that it may take; 0 where it may take as long as it takes.</param>
    /// <exception cref="IOException">It sends notices without end.</exception>
    public async Task<T> WithoutFloodAsync<T>(Func<Task<T>> talk, int seconds = 0)
    {
        Volatile.Write(ref _notices, 0);
        var talking = Task.Run(talk); // elsewhere: while bytes are there, it does not come back
        var tooLong = Task.Delay(seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds));
        var first = await Task.WhenAny(talking, _flood.Task, tooLong).ConfigureAwait(false);
        if (first == talking)
        {
            return await talking.ConfigureAwait(false);
        }

        IsFlooded = true;
        throw new IOException(string.Create(CultureInfo.InvariantCulture,
            $"{_address}: the server sent {(first == tooLong ? "no answer" : $"{MostNotices} notices and no answer")}, "
                + $"expected one{(first == tooLong ? $" within {seconds} s" : "")}; look at the server."));
    }
}
