using System.Globalization;
using Plumb.Numerics;

namespace Plumb;

/// <summary>Rows in each form, and other moments: what is added to moments, once it is seen to fit.</summary>
/// <param name="design">The inputs, and what they are made of.</param>
internal sealed class MomentsShape(Design design)
{
    private readonly int _columns = design.Columns.Inputs.Count; // that inputs are made of
    private readonly int _targets = design.Columns.Targets.Count;

    /// <summary>The rows of a data set.</summary>
    public RowBlock RowsOf(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireWidths(rows.Inputs.Columns, rows.Targets.Columns, nameof(rows));
        return new StackedRows(rows.Rows, rows.Inputs.Memory, _columns, rows.Targets.Memory, _targets);
    }

    /// <summary>Rows of arrays, as they lie.</summary>
    public RowBlock RowsOf(double[,] x, double[,] y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        RequireWidths(x.GetLength(1), y.GetLength(1), nameof(x));
        RequireEqual(x.GetLength(0), y.GetLength(0));
        return new StackedRows(x, y);
    }

    /// <summary>Rows that are arrays of their own.</summary>
    public RowBlock RowsOf(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        RequireEqual(x.Count, y.Count);
        for (var i = 0; i < x.Count; i++)
        {
            RequireWidths(x[i].Length, y[i].Length, nameof(x));
        }

        return new ArrayRows(x, _columns, y, _targets);
    }

    /// <summary>Rows whose columns are arrays.</summary>
    public RowBlock RowsOfColumns(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        RequireWidths(x.Count, y.Count, nameof(x));
        double[][] columns = [.. x, .. y];
        var rows = columns.Length > 0 ? columns[0].Length : 0;
        foreach (var column in columns)
        {
            RequireEqual(rows, column.Length);
        }

        return new ColumnRows(rows, columns);
    }

    /// <summary>One row.</summary>
    public RowBlock RowOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireWidths(x.Length, y.Length, nameof(x));
        return new ArrayRows([x.ToArray()], x.Length, [y.ToArray()], y.Length);
    }

    /// <summary>Refuses inputs and targets of another number.</summary>
    public void RequireWidths(int inputs, int targets, string argument)
    {
        if (inputs != _columns || targets != _targets)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {inputs} inputs and {targets} targets, but these moments have {_columns} and "
                        + $"{_targets}."), argument);
        }
    }

    /// <summary>Refuses a map of another number of inputs or targets.</summary>
    public void RequireMap(AffineMap map)
    {
        var names = design.Names;
        if ((map.InputCount, map.TargetCount) != (names.Inputs.Count, names.Targets.Count))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found a map of {map.InputCount} inputs and {map.TargetCount} targets, but these moments have "
                        + $"{names.Inputs.Count} and {names.Targets.Count}."), nameof(map));
        }
    }

    /// <summary>Refuses moments of other numbers of inputs and targets, or with other squares.</summary>
    /// <param name="other">The others.</param>
    /// <param name="made">What inputs and targets of these are made of.</param>
    public void RequireAlike(Moments other, Design made)
    {
        if (other.InputCount != design.Names.Inputs.Count || other.TargetCount != design.Names.Targets.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found moments of {other.InputCount} inputs and {other.TargetCount} targets, but these have "
                        + $"{design.Names.Inputs.Count} and {design.Names.Targets.Count}."), nameof(other));
        }

        if (made.FirstOtherMeaning(other.Design) is { } different)
        {
            throw new ArgumentException($"the column '{different}' has other levels, or means something else, in these "
                + "moments than in the others; make both with the same ones.", nameof(other));
        }

        if (!other.Squares.SequenceEqual(design.Squares))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found moments that keep {other.Squares.Count} squares, but these keep {design.Squares.Count} or "
                        + $"others; add up moments that keep the same."), nameof(other));
        }
    }

    /// <summary>The places of columns among the inputs and, after them, the targets.</summary>
    /// <exception cref="ArgumentException">A name is not a column, or is given twice.</exception>
    public int[] PlacesOf(VariableNames names)
    {
        string[] columns = [.. design.Names.Inputs, .. design.Names.Targets];
        string[] chosen = [.. names.Inputs, .. names.Targets];
        if (chosen.Distinct(StringComparer.Ordinal).Count() < chosen.Length)
        {
            throw new ArgumentException("a column is named twice; name each once.", nameof(names));
        }

        return [.. chosen.Select(Place)];

        int Place(string name)
        {
            var place = Array.IndexOf(columns, name);
            return place >= 0 ? place
                : throw new ArgumentException(
                    $"'{name}' is not a column of these moments; they have {string.Join(", ", columns)}.",
                    nameof(names));
        }
    }

    /// <summary>That a value of a block is not finite.</summary>
    public ArgumentException NotFinite(RowBlock block, (int Row, int Column) place)
    {
        var value = new double[block.Columns];
        block.Load(place.Row, 1, value, value.Length);
        var column = design.PreparedNames[place.Column];
        return new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"row {place.Row} holds {value[place.Column]} in column '{column}'; every value must be finite: leave "
                    + $"such rows out."));
    }

    /// <summary>The number of rows once more are added (sign 1) or taken away (-1).</summary>
    public static long RowsWith(long rows, long more, int sign)
    {
        try
        {
            return checked(rows + sign * more);
        }
        catch (OverflowException)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{rows} and {more} rows are more than 2^63, which is all that are counted."));
        }
    }

    private static void RequireEqual(int rows, int others)
    {
        if (rows != others)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {rows} rows and {others} rows; every input and target must have a number on each row."));
        }
    }
}
