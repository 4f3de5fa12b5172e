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
    private readonly Dictionary<string, TextReading> _others = new(StringComparer.Ordinal); // dates, truth values
    private readonly Dictionary<string, Amounts> _amounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _earliest = new(StringComparer.Ordinal); // of dates that are shifted
    private readonly HashSet<string> _withoutOrigin = new(StringComparer.Ordinal); // dates, until all are read

    private ColumnReadings(string file) => _file = file;

    /// <summary>The readings that a plan needs.</summary>
    /// <param name="plan">What is to be read.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="dates">What dates become.</param>
    /// <param name="unseenIsMissing">Whether a text that is no level of a known category counts as missing; null where
    /// nobody can ask for that.</param>
    /// <param name="file">What messages call the data.</param>
    /// <exception cref="CommandException">A column holds what no input can be made of.</exception>
    public static ColumnReadings Of(DesignPlan plan, TableColumns columns, DateChoice dates, bool? unseenIsMissing,
        string file)
    {
        var readings = new ColumnReadings(file);
        foreach (var column in plan.Columns.Inputs.Concat(plan.Columns.Targets).Distinct(StringComparer.Ordinal))
        {
            readings.AddOther(column, plan, columns, dates);
        }

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

    /// <summary>Whether levels or the earliest date are to be learned before the inputs are known.</summary>
    public bool HasToLearn => _categories.Count > 0 || _withoutOrigin.Count > 0;

    /// <summary>Whether all columns hold numbers, and are read as such.</summary>
    public bool AreNone => _categories.Count + _others.Count + _amounts.Count == 0;

    /// <summary>The columns that are categories.</summary>
    public IReadOnlyList<string> Categories => [.. _categories.Keys];

    /// <summary>Tells a reader how to read.</summary>
    public void GiveTo(RowReader reader)
    {
        foreach (var (column, reading) in _categories)
        {
            reader.ReadAs(column, reading);
        }

        foreach (var (column, reading) in _others)
        {
            reader.ReadAs(column, reading);
        }

        foreach (var (column, reading) in _amounts)
        {
            reader.ReadAs(column, reading);
        }
    }

    /// <summary>Whether columns hold numbers with signs of percent or money.</summary>
    public bool HasAmounts => _amounts.Count > 0;

    /// <summary>The signs, by column; complete with the last row.</summary>
    public IReadOnlyDictionary<string, string> Signs => _amounts.Where(pair => pair.Value.Sign is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value.Sign!, StringComparer.Ordinal);

    /// <summary>What was read of columns with signs; complete with the last row.</summary>
    public IReadOnlyList<Finding> Findings => [.. _amounts.SelectMany(pair => pair.Value.FindingsOf(pair.Key))];

    private void AddOther(string column, DesignPlan plan, TableColumns columns, DateChoice dates)
    {
        var kind = columns.KindOf(column);
        var meaning = plan.Resolved?.Meanings.GetValueOrDefault(column);
        if (meaning is ColumnMeaning.Time date)
        {
            _others.Add(column,
                new Dates(date.Beginning, DateUnits.UnitOf(date.Unit), DateChoice.OrderOf(date.Order)));
        }
        else if (meaning is ColumnMeaning.Truth && kind is ColumnKind.TruthValue or ColumnKind.Text)
        {
            // Texts where all are y, or all n.
            _others.Add(column, new TruthValues());
        }
        else if (kind == ColumnKind.Amount && meaning is null && !plan.Categories.Contains(column))
        {
            _amounts.Add(column, columns.NewAmounts());
        }
        else if (plan.Resolved is null && !plan.Categories.Contains(column) && kind == ColumnKind.TruthValue)
        {
            _others.Add(column, new TruthValues());
        }
        else if (plan.Resolved is null && !plan.Categories.Contains(column) && kind == ColumnKind.Date)
        {
            _others.Add(column, dates.ToReading());
            if (dates.Origin is null)
            {
                _withoutOrigin.Add(column);
            }
        }
    }

    /// <summary>What is to be seen of blocks while levels are learned; one per thread.</summary>
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

        foreach (var (column, reading) in _others.ToList())
        {
            meanings.Add(column, reading is Dates dates ? SettleDates(column, dates) : new ColumnMeaning.Truth());
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
    /// <param name="blocks">The blocks.</param>
    /// <param name="mayRound">Whether times may be rounded once more.</param>
    /// <returns>False where times are better read again.</returns>
    public bool TrySettle(IReadOnlyList<Dataset> blocks, bool mayRound)
    {
        if (!mayRound && !blocks.All(AreWhole))
        {
            return false;
        }

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

            foreach (var (values, place, earliest) in DatesOf(block))
            {
                for (var i = 0; i < block.Rows; i++)
                {
                    values[i, place] -= earliest;
                }
            }
        }

        return true;
    }

    private bool AreWhole(Dataset block) => DatesOf(block).All(dates => double.IsInteger(dates.Earliest)
        && Enumerable.Range(0, block.Rows).All(i => double.IsInteger(dates.Values[i, dates.Place])));

    private IEnumerable<(Matrix Values, int Place, double Earliest)> DatesOf(Dataset block) =>
        _earliest.Select(pair => block.Names.Inputs.ToList().IndexOf(pair.Key) is var place and >= 0
            ? (block.Inputs, place, pair.Value)
            : (block.Targets, block.Names.Targets.ToList().IndexOf(pair.Key), pair.Value));

    // Dates are counted from their earliest where nothing else is said.
    private ColumnMeaning.Time SettleDates(string column, Dates dates)
    {
        var (earliest, order) = (dates.Earliest ?? 0, DateChoice.NameOf(dates.Order));
        var unit = DateUnits.NameOf(dates.Unit);
        if (!_withoutOrigin.Remove(column))
        {
            return new ColumnMeaning.Time(dates.TextOf(0), unit) { Order = order };
        }

        _earliest.Add(column, earliest);
        _others[column] = new Dates(dates.TextOf(earliest), dates.Unit, dates.Order);
        return new ColumnMeaning.Time(dates.TextOf(earliest), unit) { Order = order };
    }

    /// <summary>What to say where a column held more texts than there may be levels; null where none did.</summary>
    public CommandException? Overfull() =>
        _categories.FirstOrDefault(pair => pair.Value.IsOverfull) is { Key: { } column } ? Refused(column,
            $"more than {MostLevels} different texts, expected {MostLevels} levels at most")
            : null;

    private static ColumnMeaning.Category CategoryOf(DesignPlan plan, string column, IReadOnlyList<string> levels,
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
                $"{levels} levels on {rows} rows, expected two rows per level or more"));
        }
    }

    private CommandException Refused(string column, string what) => CommandException.DataRefused(
        $"{_file}: column '{column}' holds {what}; leave it out by {ShellWord.Option("--exclude", column)}.");
}
