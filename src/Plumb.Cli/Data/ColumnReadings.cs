using System.Globalization;

namespace Plumb.Cli;

/// <summary>How columns of a plan are read whose cells are not numbers, or not meant as such.</summary>
internal sealed class ColumnReadings
{
    /// <summary>How many levels a category may have: as many inputs as moments have room for.</summary>
    public const int MostLevels = 10_000;

    private const int FewLevels = 10; // of which each may stand on one row or two
    private readonly string _file;
    private readonly Dictionary<string, CategoryReading> _categories = new(StringComparer.Ordinal);

    private ColumnReadings(string file) => _file = file;

    /// <summary>The readings that a plan needs.</summary>
    /// <param name="plan">What is to be read.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="unseenIsMissing">Whether a text that is no level of a known category counts as missing.</param>
    /// <param name="file">What messages call the data.</param>
    /// <exception cref="CommandException">A column holds what no input can be made of.</exception>
    public static ColumnReadings Of(DesignPlan plan, TableColumns columns, bool unseenIsMissing, string file)
    {
        var readings = new ColumnReadings(file);
        foreach (var column in plan.Columns.Inputs)
        {
            if (plan.Resolved is { } design)
            {
                if (design.Meanings.GetValueOrDefault(column) is ColumnMeaning.Category category)
                {
                    readings._categories.Add(column, CategoryReading.Of(category, unseenIsMissing));
                }
            }
            else if (plan.Categories.Contains(column))
            {
                readings._categories.Add(column,
                    new CategoryReading(new Levels(MostLevels), columns.KindOf(column) == ColumnKind.Number));
            }
        }

        return readings;
    }

    /// <summary>Whether there are levels to be learned before the inputs are known.</summary>
    public bool HasCategories => _categories.Count > 0;

    /// <summary>The columns that are categories.</summary>
    public IReadOnlyList<string> Categories => [.. _categories.Keys];

    /// <summary>Tells a reader how to read.</summary>
    public void GiveTo(RowReader reader)
    {
        foreach (var (column, reading) in _categories)
        {
            reader.ReadAs(column, reading);
        }
    }

    /// <summary>What is to be seen of blocks while levels are learned; one a thread.</summary>
    /// <param name="inputs">The columns of the blocks.</param>
    public SeenLevels NewSeen(IReadOnlyList<string> inputs) =>
        new([.. _categories.Keys.Select(column => inputs.ToList().IndexOf(column))]);

    /// <summary>
    /// The design, now that the levels are known; from now on they are read as places in their order.
    /// </summary>
    /// <param name="plan">What was asked for.</param>
    /// <param name="seen">The levels on rows that count.</param>
    /// <exception cref="CommandException">There are as many levels as rows, or more than these bear.</exception>
    public Design Resolve(DesignPlan plan, SeenLevels seen)
    {
        var meanings = new Dictionary<string, ColumnMeaning>(StringComparer.Ordinal);
        foreach (var (k, (column, reading)) in _categories.Index())
        {
            int[] order = [.. reading.Levels.InOrder().Where(code => seen.Contains(k, code))];
            RequireBorne(column, order.Length, seen.Rows);
            var names = reading.Levels.Names;
            reading.Settle(order);
            meanings.Add(column, CategoryOf(plan, column, [.. order.Select(code => names[code])], reading.OfNumbers));
        }

        var design = plan.Resolve(meanings);
        return design.Terms.Count > 0 ? design
            : throw CommandException.DataRefused($"{_file}: no input is left, as "
                + $"{TargetNames.Quoted([.. _categories.Keys])} has one level only; choose another by --input.");
    }

    /// <summary>
    /// The moments of a design's inputs from sums of rows that were read while levels were learned; null where an input
    /// is more than a column or one contrast of a category.
    /// </summary>
    public Moments? MomentsOf(Design design, CategoryMoments sums) =>
        design.Terms.All(term => term.Factors is [{ Power: 1, Function: null }])
            && design.Meanings.Values.All(meaning => meaning is ColumnMeaning.Category or ColumnMeaning.Truth)
            ? sums.Expand([.. design.Terms.Select(term => InputOf(term.Factors[0]))], design)
            : null;

    private (string Column, IReadOnlyList<int>? Contrast) InputOf(TermFactor factor)
    {
        if (factor.Contrast is not { } contrast)
        {
            return (factor.Column, null);
        }

        var reading = _categories[factor.Column];
        return (factor.Column, [.. Enumerable.Range(0, reading.Levels.Count)
            .Select(code => contrast.At(reading.PlaceOf(code)))
            .Select(value => double.IsNaN(value) ? 0 : (int)value)]); // no row has a level that is none
    }

    /// <summary>Makes places of the codes in blocks that were read while levels were learned.</summary>
    public void Settle(IReadOnlyList<Dataset> blocks)
    {
        foreach (var block in blocks)
        {
            var inputs = block.Names.Inputs.ToList();
            foreach (var (column, reading) in _categories)
            {
                var place = inputs.IndexOf(column);
                for (var i = 0; i < block.Rows; i++)
                {
                    block.Inputs[i, place] = reading.PlaceOf(block.Inputs[i, place]);
                }
            }
        }
    }

    /// <summary>What to say where a column held more texts than there may be levels; null where none did.</summary>
    public CommandException? Overfull() =>
        _categories.FirstOrDefault(pair => pair.Value.IsOverfull) is { Key: { } column } ? Refused(column,
            $"more than {MostLevels} different texts, expected {MostLevels} levels at most")
            : null;

    private ColumnMeaning.Category CategoryOf(DesignPlan plan, string column, IReadOnlyList<string> levels,
        bool ofNumbers)
    {
        try
        {
            return plan.CategoryOf(column, levels) with { OfNumbers = ofNumbers };
        }
        catch (ArgumentException)
        {
            throw CommandException.Usage(
                $"--reference names '{plan.References[column]}', which is not a level of '{column}', among its levels "
                    + $"{Names.List(levels)}; name one of these.");
        }
    }

    private void RequireBorne(string column, int levels, long rows)
    {
        if (levels == rows && rows > 1)
        {
            throw Refused(column, FormattableString.Invariant(
                $"a different text on each of {rows} rows, so it is an id and no category"));
        }

        if (levels > FewLevels && 2L * levels > rows)
        {
            throw Refused(column, string.Create(CultureInfo.InvariantCulture,
                $"{levels} levels on {rows} rows, expected two rows a level or more"));
        }
    }

    private CommandException Refused(string column, string what) => CommandException.DataRefused(
        $"{_file}: column '{column}' holds {what}; leave it out by {ShellWord.Option("--exclude", column)}.");
}
