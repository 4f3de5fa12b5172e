using System.Text;

namespace Plumb.Formats;

/// <summary>What rows hold, column by column, before anything is learned from them.</summary>
/// <param name="Name">What the rows' origin is called in messages.</param>
/// <param name="Columns">Their columns, in their order.</param>
public sealed record TableLook(string Name, IReadOnlyList<ColumnLook> Columns)
{
    /// <summary>Their columns, in their order.</summary>
    public IReadOnlyList<ColumnLook> Columns { get; init => field = ValueList.Of(value); } = ValueList.Of(Columns);

    private const int MostCells = 1 << 21; // a second or so
    private const int MostFirstRows = 5;
    private const int MostPatterns = 10_000;

    /// <summary>As many rows are looked at unless it is said otherwise.</summary>
    public const long UsualRows = 100_000;

    /// <summary>The rows that were looked at, from the first.</summary>
    public required long Rows { get; init; }

    /// <summary>Whether these are all.</summary>
    public required bool IsAll { get; init; }

    /// <summary>How many rows there are: exact where all were looked at or the source says so, else about so many; null
    /// where nothing tells.</summary>
    public required double? AllRows { get; init; }

    /// <summary>The texts of the first rows, rows x columns; null where a value is missing.</summary>
    public required IReadOnlyList<IReadOnlyList<string?>> FirstRows
    {
        get;
        init => field = ValueList.Of([.. value.Select(row => ValueList.Of(row))], nameof(FirstRows));
    }

    /// <summary>How the rows were read, and what a user should know of the columns.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = ValueList.Of(value); }

    /// <summary>In how many of the rows that were looked at which columns lack a value; null where there are too many
    /// sets of columns.</summary>
    internal IReadOnlyDictionary<string, long>? MissingTogether
    {
        get;
        private init => field = value is null ? null : ValueMap<long>.Of(value);
    }

    /// <summary>A fit to begin with: a guess at the target, and what to leave out.</summary>
    public ProposedFit Suggestion => ProposedFit.Of(this);

    /// <summary>Looks at rows.</summary>
    /// <param name="reader">Reads them, from their first.</param>
    /// <param name="mostRows">How many to look at; null for as many as take about a second, and no more than
    /// <see cref="UsualRows"/>.</param>
    /// <param name="progress">Is told how many have been looked at.</param>
    /// <param name="order">What comes first in dates such as 1/2/2026; null where others must show it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">The data are malformed.</exception>
    public static async Task<TableLook> OfAsync(RowReader reader, long? mostRows = null, Action<long>? progress = null,
        DateOrder? order = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var columns = reader.Columns;
        var most = mostRows ?? Math.Clamp(MostCells / columns.Count, 100, UsualRows);
        var different = (int)Math.Clamp(8L * MostCells / columns.Count, 1000, UsualRows + 1);
        ColumnProfile[] profiles =
            [.. columns.Select((name, i) => new ColumnProfile(name, reader.Kinds[i], different, order,
                reader.NewAmounts()))];
        var (rows, isAll) = (0L, true);
        var first = new List<IReadOnlyList<string?>>();
        var patterns = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var (_, texts) in reader.ReadWithTextsAsync([], [], columns, cancellationToken)
            .ConfigureAwait(false))
        {
            isAll = rows + texts.Rows <= most;
            for (var i = 0; i < texts.Rows && rows < most; i++, rows++)
            {
                AddPattern(patterns, Add(profiles, reader, texts, i));
                if (first.Count < MostFirstRows)
                {
                    first.Add([.. Enumerable.Range(0, texts.Columns).Select(j => texts[i, j])]);
                }
            }

            progress?.Invoke(rows);
            if (!isAll)
            {
                break;
            }
        }

        var looks = WithCopies(profiles);
        for (var i = 0; i < looks.Length; i++)
        {
            if (looks[i].FirstNotNumber is var (text, _))
            {
                looks[i] = looks[i] with { Complaint = reader.Complaint(Encoding.UTF8.GetBytes(text)) };
            }
        }

        return new TableLook(reader.Name, looks)
        {
            Rows = rows,
            IsAll = isAll,
            AllRows = isAll ? rows : reader.ExpectedRows ?? reader.Rows / reader.Fraction,
            FirstRows = first,
            Findings = [.. reader.Findings, .. LookFindings.Of(looks, rows)],
            MissingTogether = patterns.Count < MostPatterns ? patterns : null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(TableLook), PrintMembers);

    // The columns that lack a value, as characters of a text.
    private static string Add(ColumnProfile[] profiles, RowReader reader, RowTexts texts, int row)
    {
        var missing = "";
        for (var j = 0; j < profiles.Length; j++)
        {
            var cell = texts.Utf8(row, j);
            if (texts.IsNull(row, j) || reader.IsMissing(cell))
            {
                profiles[j].AddMissing();
                missing += (char)j;
            }
            else if (reader.TryNumber(cell, out var number))
            {
                profiles[j].Add(number);
            }
            else
            {
                profiles[j].Add(cell);
            }
        }

        return missing;
    }

    private static void AddPattern(Dictionary<string, long> patterns, string missing)
    {
        if (missing.Length > 0 && (patterns.Count < MostPatterns || patterns.ContainsKey(missing)))
        {
            patterns[missing] = patterns.GetValueOrDefault(missing) + 1;
        }
    }

    private static ColumnLook[] WithCopies(ColumnProfile[] profiles)
    {
        var looks = profiles.Select(profile => profile.ToLook()).ToArray();
        var earlier = new Dictionary<ulong, int>();
        for (var i = 0; i < looks.Length; i++)
        {
            if (looks[i] is { IsConstant: false, Values: > 1 } && !earlier.TryAdd(profiles[i].Content, i))
            {
                looks[i] = looks[i] with { CopyOf = looks[earlier[profiles[i].Content]].Name };
            }
        }

        return looks;
    }
}
