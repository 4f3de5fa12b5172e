using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>What the page works on: one file, and one fit to it.</summary>
internal sealed class StudioSession : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1); // readings use all processors anyway
    private readonly ConfinedFolder _folder;
    private readonly UploadFolder _uploads = new();
    private readonly OpenedPath? _first;
    private OpenedFile? _file;
    private FittedFile? _fitted;

    /// <summary>Nothing opened yet.</summary>
    /// <param name="folder">The folder below which files may be opened.</param>
    /// <param name="first">The file that was named when the studio was started, which may be anywhere.</param>
    public StudioSession(string folder, string? first)
    {
        _folder = new ConfinedFolder(folder);
        _first = first is null ? null : new OpenedPath(Path.GetFullPath(first, folder), first);
    }

    /// <summary>The file that was named at the start, as the page is to name it; null where there was none.</summary>
    public string? First => _first?.Shown;

    /// <summary>The files of the folder.</summary>
    public IReadOnlyList<string> Files() => _folder.Files();

    /// <summary>Opens a file of the folder, or the one that was named at the start.</summary>
    /// <exception cref="CommandException">There is no such file, or it cannot be read.</exception>
    public Task<OpenedFile> OpenAsync(string name, CancellationToken cancellationToken) =>
        OpenAsync(name == First ? _first! : _folder.Resolve(name), cancellationToken);

    /// <summary>Keeps a file that was dropped onto the page, and opens it.</summary>
    /// <exception cref="CommandException">It is too large, or cannot be read.</exception>
    public async Task<OpenedFile> UploadAsync(string name, Stream content, CancellationToken cancellationToken) =>
        await OpenAsync(await _uploads.KeepAsync(name, content, cancellationToken), cancellationToken);

    /// <summary>Fits the open file.</summary>
    /// <param name="read">Reads what is to be fitted, given the columns.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">None is open, or it cannot be fitted so.</exception>
    public Task<FittedFile> FitAsync(Func<IReadOnlyList<string>, FitRequest> read,
        CancellationToken cancellationToken) =>
        InTurnAsync(async () =>
        {
            var file = _file ?? throw CommandException.Usage("no file is open; open one first.");
            _fitted = null; // its numbers are not those of the next
            return _fitted = await FittedFile.FitAsync(file, read(file.Columns), cancellationToken);
        }, cancellationToken);

    /// <summary>The fit.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public FittedFile Fitted => _fitted ?? throw CommandException.Usage("nothing is fitted yet; fit first.");

    /// <summary>The fit without a row.</summary>
    /// <exception cref="CommandException">There is no fit or no such row.</exception>
    public Task<RemovedRow> WithoutAsync(long row, CancellationToken cancellationToken) =>
        InTurnAsync(() => Fitted.WithoutAsync(row, cancellationToken), cancellationToken);

    /// <summary>A text of the command line, in which the open file has the name that the page knows.</summary>
    public string Shown(string text) => (_file?.Path ?? _first)?.In(text) ?? text;

    /// <inheritdoc/>
    public void Dispose()
    {
        _uploads.Dispose();
        _turn.Dispose();
    }

    private Task<OpenedFile> OpenAsync(OpenedPath path, CancellationToken cancellationToken) =>
        InTurnAsync(async () =>
        {
            try
            {
                var opened = await OpenedFile.OpenAsync(path, cancellationToken);
                (_file, _fitted) = (opened, null);
                return opened;
            }
            catch (Exception exception) when (Failure.Of(exception) is { Message.Length: > 0 } failure
                && exception is not OperationCanceledException)
            {
                throw new CommandException(failure.ExitCode, path.In(failure.Message));
            }
        }, cancellationToken);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
