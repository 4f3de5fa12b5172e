using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>
/// Columns of the data that a fit does not use, and that may group its rows: read beside these in a second look, as
/// labels.
/// </summary>
/// <param name="Columns">Their names; none where there are none.</param>
internal sealed record PossibleGroups(IReadOnlyList<string> Columns)
{
    private const int MostColumns = 20;

    /// <summary>What is said where none of several columns were looked at.</summary>
    public const string NoneSeen = "groups by other columns were not looked at";

    private readonly GroupLabels _labels = new();
    private int _beyond;

    /// <summary>No columns.</summary>
    public static PossibleGroups None { get; } = new([]);

    /// <summary>The first few that are neither inputs nor targets, nor set apart.</summary>
    /// <param name="all">All columns.</param>
    /// <param name="design">What is made of some of them.</param>
    /// <param name="apart">Those that have another use.</param>
    public static PossibleGroups Of(IReadOnlyList<string> all, Design design, IReadOnlyList<string> apart)
    {
        string[] names = [.. all.Where(name => name.AsSpan().IndexOfAny(",'\"") < 0) // that --errors cluster can name
            .Except([.. design.Columns.Inputs, .. design.Columns.Targets], StringComparer.Ordinal)
            .Except(apart, StringComparer.Ordinal)];
        return new PossibleGroups([.. names.Take(MostColumns)]) { _beyond = Math.Max(names.Length - MostColumns, 0) };
    }

    /// <summary>What is not looked at; null where all are, or there are none.</summary>
    /// <param name="canBeRead">Whether rows are few, and can be read again.</param>
    public string? NotSeen(bool canBeRead) => Columns.Count == 0 ? null
        : !canBeRead ? NoneSeen
        : _beyond == 0 ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"groups by the last {(_beyond == 1 ? "column" : $"{_beyond} columns")} were not looked at");
    /// <summary>Rows with the labels of these columns; those that lack a value are left out.</summary>
    /// <param name="reader">Reads them.</param>
    /// <param name="inputs">The inputs' columns.</param>
    /// <param name="targets">The targets', and others that are read as such.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<(Dataset Rows, Matrix? Labels)> ReadAsync(RowReader reader,
        IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Columns.Count == 0)
        {
            await foreach (var block in reader.ReadAsync(inputs, targets, cancellationToken))
            {
                yield return (block, null);
            }

            yield break;
        }

        await foreach (var (block, texts) in reader.ReadWithTextsAsync(inputs, targets, Columns, cancellationToken))
        {
            int[] whole = [.. Enumerable.Range(0, block.Rows).Where(row => !block.Inputs.Row(row).Contains(double.NaN)
                && !block.Targets.Row(row).Contains(double.NaN))];
            var rows = whole.Length == block.Rows ? block : new Dataset(
                Matrix.Create(whole.Length, block.Inputs.Columns, (i, j) => block.Inputs[whole[i], j]),
                Matrix.Create(whole.Length, block.Targets.Columns, (i, t) => block.Targets[whole[i], t]), block.Names);
            yield return (rows, Matrix.Create(whole.Length, Columns.Count, (i, k) => LabelOf(texts.Utf8(whole[i], k))));
        }
    }

    /// <summary>Rows with these labels behind the groups that they have already.</summary>
    public Dataset AddTo(Dataset rows, Matrix? labels)
    {
        if (labels is null)
        {
            return rows;
        }

        var known = rows.Groups?.Columns ?? 0;
        return new Dataset(rows.Inputs, rows.Targets, rows.Names)
        {
            Weights = rows.Weights,
            Groups = Matrix.Create(rows.Rows, known + Columns.Count, (i, k) =>
                k < known ? rows.Groups![i, k] : labels[i, k - known]),
            GroupNames = [.. Enumerable.Repeat("", known), .. Columns],
        };
    }

    private double LabelOf(ReadOnlySpan<byte> text)
    {
        _ = _labels.TryRead(text, out var label);
        return label;
    }
}
