using System.Globalization;

namespace Plumb.Formats;

/// <summary>The columns asked for.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Inputs">The places of the inputs in the file, from 0.</param>
/// <param name="Targets">The places of the targets in the file, from 0.</param>
internal sealed record ColumnSelection(VariableNames Names, int[] Inputs, int[] Targets)
{
    private const int MaxColumnsNamed = 10; // a message must stay readable

    /// <summary>
    /// For each column asked for, inputs before targets, what its texts mean; null where it holds numbers.
    /// </summary>
    public IReadOnlyList<TextReading?> Readings { get; init; } = new TextReading?[Inputs.Length + Targets.Length];

    /// <summary>The texts that stand for a missing value.</summary>
    public MissingTexts Missing { get; init; } = MissingTexts.Known;

    /// <summary>Whether rows that lack a value stay, with not-a-number in its place.</summary>
    public bool KeepsMissing { get; init; }

    /// <summary>The places in the file of the columns whose texts are wanted besides; null where none are.</summary>
    public int[]? Texts { get; init; }

    /// <summary>These columns, and the texts of others or the same: no row is left out.</summary>
    /// <exception cref="ArgumentException">A name is not in the header, or is asked for twice.</exception>
    public static ColumnSelection WithTexts(ColumnSelection? numbers, IReadOnlyList<string> columns,
        IReadOnlyList<string> texts, string file) =>
        (numbers ?? new ColumnSelection(new VariableNames([], []), [], [])) with
        {
            KeepsMissing = true,
            Texts = texts.Count == 0 ? [] : Of(columns, texts, [], file).Inputs,
        };

    /// <summary>The places of these columns in a header.</summary>
    /// <exception cref="ArgumentException">A name is not in the header, or is asked for twice.</exception>
    public static ColumnSelection Of(IReadOnlyList<string> columns, IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, string file)
    {
        if (inputs.Count + targets.Count == 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"no column of {Escaped.InFull(file)} is asked for; name at least one input or target."),
                nameof(inputs));
        }

        var places = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            places.Add(columns[i], i);
        }

        return new ColumnSelection(new VariableNames([.. inputs], [.. targets]), Find(inputs, nameof(inputs)),
            Find(targets, nameof(targets)));

        int[] Find(IReadOnlyList<string> names, string parameter)
        {
            var found = new int[names.Count];
            for (var i = 0; i < found.Length; i++)
            {
                if (!places.Remove(names[i], out found[i]))
                {
                    var problem = columns.Contains(names[i]) ? "is asked for twice; name every column once"
                        : "is not there; its columns are " + Listed(columns);
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture,
                            $"column '{Escaped.Of(names[i])}' of {Escaped.InFull(file)} {problem}."), parameter);
                }
            }

            return found;
        }
    }

    /// <summary>Refuses columns of which two have one name.</summary>
    /// <exception cref="InvalidDataException">Two have one name.</exception>
    public static void RequireDistinct(IEnumerable<string> columns, string file)
    {
        if (columns.GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw DataErrors.Of(file,
                $"duplicate column name '{Escaped.Of(twice.Key)}', where every name was expected once; rename one of "
                    + $"them.");
        }
    }

    private static string Listed(IReadOnlyList<string> columns)
    {
        return string.Join(", ", columns.Take(MaxColumnsNamed).Select(name => "'" + Escaped.Of(name) + "'"))
            + (columns.Count > MaxColumnsNamed ? ", ..." : "");
    }
}
