using System.CommandLine;
using Plumb.Cli;
using Plumb.Cli.Training;

namespace Plumb.Studio;

/// <summary>A file and a fit to it.</summary>
internal sealed class FittedFile
{
    private readonly LoadedData _data;
    private readonly RowStore _rows;
    private readonly IReadOnlyList<CommandWord> _words;
    private readonly Task<bool> _isExact;
    private readonly Task<bool> _isLines;
    private readonly Lazy<TrainingGround> _plain;
    private readonly Lazy<TrainingGround> _standardized;

    private FittedFile(OpenedFile file, FitRequest request, FittedData fitted)
    {
        (File, _words, _data) = (file, request.Words(file.Columns), fitted.Data);
        Document = fitted.Document with { Source = file.Path.Shown };
        _rows = new RowStore(fitted.Data);
        Start = StartOf(Fit, _data.HasBias);
        _plain = new(() => new TrainingGround(Fit, Start, isStandardized: false));
        _standardized = new(() => new TrainingGround(Fit, Start, isStandardized: true));

        // While the page is drawn, so that the first row that is clicked does not wait for all of them.
        _isExact = Task.Run(() => _rows.IsExactAsync(CancellationToken.None));
        _isLines = Task.Run(() => Path.GetExtension(file.Path.Full) is ".csv" or ".tsv" or ".txt"
            && LinesOf(file.Path.Full, Fit.Rows + 1) == Fit.Rows + 1);
    }

    /// <summary>The file.</summary>
    public OpenedFile File { get; }

    /// <summary>What there is to say of the fit.</summary>
    public FitDocument Document { get; }

    /// <summary>The fit.</summary>
    public LinearFit Fit => Document.Fit;

    /// <summary>Where training starts: where 'plumb train' does.</summary>
    public AffineMap Start { get; }

    /// <summary>What training works on.</summary>
    public TrainingGround Ground(bool isStandardized) => (isStandardized ? _standardized : _plain).Value;

    /// <summary>Reads and fits a file.</summary>
    /// <exception cref="CommandException">It cannot be read or fitted so.</exception>
    public static async Task<FittedFile> FitAsync(OpenedFile file, FitRequest request,
        CancellationToken cancellationToken)
    {
        var options = new FitOptions();
        var command = new Command("fit");
        options.AddTo(command);
        var parsed = command.Parse([file.Path.Full, .. request.Words(file.Columns).Select(word => word.ForParser)]);
        return parsed.Errors is [var error, ..] ? throw CommandException.Usage(error.Message)
            : new FittedFile(file, request,
                await options.FitDataAsync(parsed, withClouds: true, Silence.Streams(), cancellationToken));
    }

    /// <summary>A command with this file and these columns, as it is typed in a shell.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="more">What else it is given.</param>
    public string CommandLine(string command, params IReadOnlyList<CommandWord> more) =>
        CommandWord.Line(command, File.Path, [.. _words, .. more]);

    /// <summary>The fit without a row, which is taken out of the moments exactly.</summary>
    /// <exception cref="CommandException">There is no such row, or none can be taken out.</exception>
    public async Task<RemovedRow> WithoutAsync(long number, CancellationToken cancellationToken)
    {
        if (!await _isExact)
        {
            throw CommandException.NoHonestAnswer(_data.Again is null
                ? $"the rows cannot be seen again: {_data.WhyNotAgain}."
                : "this fit takes numbers as the decimals that they are written as, of which no single row is at hand; "
                    + "leave the row out of the file, and fit again.");
        }

        var row = await _rows.RowAsync(number, cancellationToken) ?? throw CommandException.Usage(
            FormattableString.Invariant($"there is no row {number}: the file has {Fit.Rows}."));
        return RemovedRow.Of(Fit, _data.Moments, row, number);
    }

    /// <summary>How the file without a row is fitted from a shell; null where a row is not just a line of it.</summary>
    public async Task<string?> CommandWithoutAsync(long number) =>
        await _isLines ? string.Join(' ', (string[])
            [
                FormattableString.Invariant($"sed {number + 1}d"), CommandWord.File(File.Path), "|", "plumb fit -",
                .. _words.Select(word => word.ForShell),
            ]) : null;

    // A head of one line, then one a row: with any other number of lines, a row's number does not tell its line.
    private static long LinesOf(string path, long most)
    {
        var lines = 0L;
        foreach (var line in System.IO.File.ReadLines(path))
        {
            if (line.Contains('"') || line.Length == 0 || lines > most)
            {
                return -1;
            }

            lines++;
        }

        return lines;
    }

    private static AffineMap StartOf(LinearFit fit, bool hasBias)
    {
        var start = new StartOptions();
        var command = new Command("train");
        foreach (var option in start.All)
        {
            command.Add(option);
        }

        return start.Read(command.Parse([]), hasBias, fit.Names, Silence.Streams());
    }
}
