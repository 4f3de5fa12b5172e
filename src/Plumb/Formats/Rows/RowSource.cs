namespace Plumb.Formats;

/// <summary>
/// Where rows come from: a file, a query, or several of them one after another. Every pass opens it anew.
/// </summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="OpenAsync">Begins a pass; throws <see cref="InvalidDataException"/> where the data do not begin as they
/// should.</param>
public sealed record RowSource(string Name, Func<CancellationToken, Task<RowReader>> OpenAsync)
{
    /// <summary>Whether there can be a second pass; not over standard input.</summary>
    public bool CanReadAgain { get; init; } = true;

    /// <summary>
    /// The rows of several sources, one after another; all must have the first one's columns, in any order.
    /// </summary>
    /// <param name="name">What they are called together.</param>
    /// <param name="parts">One or more sources.</param>
    /// <exception cref="ArgumentException">There is no source.</exception>
    public static RowSource Concatenate(string name, IReadOnlyList<RowSource> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count switch
        {
            0 => throw new ArgumentException("there is no source of rows; give one or more.", nameof(parts)),
            1 => parts[0],
            _ =>
                new RowSource(name,
                    async cancellationToken =>
                        await ConcatenatedReader.OpenAsync(name, parts, cancellationToken).ConfigureAwait(false))
                {
                    CanReadAgain = parts.All(part => part.CanReadAgain),
                },
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
