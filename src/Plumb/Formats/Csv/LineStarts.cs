namespace Plumb.Formats;

/// <summary>Finds where the lines of a share of a text begin and end.</summary>
internal static class LineStarts
{
    private const int ReadBytes = 1 << 16;

    /// <summary>From the first line that begins in the share up to the first that begins behind it.</summary>
    /// <param name="stream">The text; where it stands is kept.</param>
    /// <param name="share">The share.</param>
    /// <param name="rows">Where the first row begins, and the last one ends.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async ValueTask<(long Start, long End)> OfAsync(Stream stream, RowShare share,
        (long Start, long End) rows, CancellationToken cancellationToken)
    {
        var (position, (from, to)) = (stream.Position, share.Within(stream.Length));
        var start = await FromAsync(from).ConfigureAwait(false);
        var end = await FromAsync(to).ConfigureAwait(false);
        stream.Position = position;
        return (start, end);

        async ValueTask<long> FromAsync(long place)
        {
            if (place <= rows.Start)
            {
                return rows.Start;
            }

            stream.Position = place - 1;
            var buffer = new byte[ReadBytes];
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                if (buffer.AsSpan(0, count).IndexOf((byte)'\n') is >= 0 and var feed)
                {
                    return Math.Min(stream.Position - count + feed + 1, rows.End);
                }
            }

            return rows.End;
        }
    }
}
