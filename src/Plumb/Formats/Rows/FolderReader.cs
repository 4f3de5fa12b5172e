using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// One pass over a file's rows with what its folders are called beside them: in year=2026/data.csv, a column year that
/// is 2026 on every row.
/// </summary>
public sealed class FolderReader : RowReader
{
    private const string Missing = "__HIVE_DEFAULT_PARTITION__";
    private readonly RowReader _file;
    private readonly IReadOnlyList<(string Key, string Value)> _folders;

    private FolderReader(RowReader file, IReadOnlyList<(string Key, string Value)> folders)
        : base(file.Name, [.. file.Columns, .. folders.Select(folder => folder.Key)]) =>
        (_file, _folders) = (file, folders);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds =>
        [.. _file.Kinds, .. _folders.Select(folder => IsNumber(folder.Value) ? ColumnKind.Number : ColumnKind.Text)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> IndexColumns => _file.IndexColumns;

    /// <inheritdoc/>
    public override long? ExpectedRows => _file.ExpectedRows;

    /// <inheritdoc/>
    public override double? Fraction => _file.Fraction;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings =>
    [
        new Finding(Severity.Information, "folders-read", "The names of folders were read as columns: "
            + string.Join(", ", _folders.Select(folder => $"{Escaped.Of(folder.Key)} = {Escaped.Of(folder.Value)}"))
            + ".", ""),
        .. _file.Findings,
    ];

    /// <summary>Opens a file, and looks at its path.</summary>
    /// <param name="source">The file.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">No folder is called NAME=VALUE, or the file has a column of such a name
    /// itself.</exception>
    public static async Task<FolderReader> OpenAsync(RowSource source, string path,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(path);
        List<(string Key, string Value)> folders =
            [.. path.Replace('\\', '/').Split('/').SkipLast(1).Select(folder => folder.Split('=', 2))
                .Where(parts => parts is [{ Length: > 0 }, _])
                .Select(parts => (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])))];
        if (folders.Count == 0)
        {
            throw DataErrors.Of(source.Name,
                "none of its folders is called as in year=2026, where columns were to be read from them; give its "
                    + "path with its folders, or " + Remedies.LeaveFoldersOut + ".");
        }

        var file = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        var names = folders.Select(folder => folder.Key).ToList();
        var twice = names.FirstOrDefault(name => file.Columns.Contains(name, StringComparer.OrdinalIgnoreCase)
            || names.Count(other => other == name) > 1);
        if (twice is not null)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw DataErrors.Of(source.Name,
                $"a folder's name gives '{Escaped.Of(twice)}', which the file or another folder gives too, where every "
                    + "name was expected once; rename one of them, or " + Remedies.LeaveFoldersOut + ".");
        }

        return new FolderReader(file, folders);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        Begin();
        _file.MissingValues = MissingValues;
        foreach (var (column, reading) in Readings.Where(pair => _file.Columns.Contains(pair.Key)))
        {
            _file.ReadAs(column, reading);
        }

        var (ofInputs, ofTargets) = (ValuesOf(inputs), ValuesOf(targets));
        string[] fileInputs = [.. inputs.Where((_, i) => ofInputs[i] is null)];
        string[] fileTargets = [.. targets.Where((_, i) => ofTargets[i] is null)];
        if (fileInputs.Length + fileTargets.Length == 0)
        {
            fileTargets = [_file.Columns[0]]; // for the number of the rows
        }

        var read = 1L; // rows that the folders' texts were read for, above
        await foreach (var block in Blocks(selection.KeepsMissing).ConfigureAwait(false))
        {
            ReadAgain([.. inputs, .. targets], block.Rows - read);
            read = 0;
            yield return HandOut(new Dataset(Joined(block.Inputs, ofInputs), Joined(block.Targets, ofTargets),
                selection.Names));
        }

        IAsyncEnumerable<Dataset> Blocks(bool keepsMissing) => keepsMissing
            ? _file.ReadWithTextsAsync(fileInputs, fileTargets, [], cancellationToken).Select(block => block.Rows)
            : _file.ReadAsync(fileInputs, fileTargets, cancellationToken);
    }

    /// <inheritdoc/>
    internal override Amounts NewAmounts() => _file.NewAmounts();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _file.DisposeAsync();

    // The numbers of columns that are folders; null for those of the file.
    private double?[] ValuesOf(IReadOnlyList<string> columns) =>
        [.. columns.Select(column => _folders.FirstOrDefault(folder => folder.Key == column) is { Key: not null } folder
            ? ValueOf(folder.Key, folder.Value) : (double?)null)];

    private double ValueOf(string key, string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        if (value is "" or Missing)
        {
            throw DataErrors.Of(Name, $"its folder says that '{Escaped.Of(key)}' is missing, where a value was "
                + "expected; leave such folders out.");
        }

        if (Readings.TryGetValue(key, out var reading))
        {
            return reading.TryRead(text, out var code) ? code
                : throw DataErrors.Of(Name, $"its folder says that '{Escaped.Of(key)}' is '{Escaped.Of(value)}', "
                    + $"expected {reading.Expected}; leave such folders out.");
        }

        var number = DecimalExact.Parse(text, (byte)'.');
        return (number.Outcome & DecimalOutcome.Refused) == 0 ? number.Value
            : throw DataErrors.NotNumbers(Name, key, $"'{Escaped.Of(value)}', as its folder says");
    }

    // A reading that keeps the text of each row is asked for each.
    private void ReadAgain(IReadOnlyList<string> columns, long times)
    {
        foreach (var (key, value) in _folders.Where(folder => columns.Contains(folder.Key)
            && Readings.TryGetValue(folder.Key, out var reading) && !reading.IsLasting))
        {
            for (var i = 0L; i < times; i++)
            {
                ValueOf(key, value);
            }
        }
    }

    private static bool IsNumber(string value) => DecimalExact.Matches(Encoding.UTF8.GetBytes(value), (byte)'.');

    private static Matrix Joined(Matrix file, double?[] values)
    {
        var joined = new Matrix(file.Rows, values.Length);
        for (var i = 0; i < file.Rows; i++)
        {
            var from = file.Row(i);
            var to = joined.WritableRow(i);
            var next = 0;
            for (var j = 0; j < values.Length; j++)
            {
                to[j] = values[j] ?? from[next++];
            }
        }

        return joined;
    }
}
