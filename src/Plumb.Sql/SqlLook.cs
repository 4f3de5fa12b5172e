using System.Globalization;

namespace Plumb.Sql;

/// <summary>What the first queries found.</summary>
/// <param name="Rows">The number of rows, also of those that lack a value.</param>
/// <param name="Columns">What was found of each column.</param>
internal sealed record SqlLook(long Rows, IReadOnlyList<SqlColumnLook> Columns)
{
    /// <summary>The ranges of the columns.</summary>
    public IReadOnlyList<SqlRange> Ranges => [.. Columns.Select(column => column.Range)];

    /// <summary>The columns that rows lack.</summary>
    public IReadOnlyList<int> Missing =>
        [.. Columns.Index().Where(column => column.Item.Missing > 0).Select(column => column.Index)];

    /// <summary>The answers of the queries, in their order.</summary>
    /// <param name="answers">The values of each.</param>
    /// <param name="name">What messages call the data.</param>
    /// <exception cref="InvalidDataException">They do not belong together.</exception>
    public static SqlLook Of(IReadOnlyList<IReadOnlyList<string>> answers, string name)
    {
        var columns = new List<SqlColumnLook>();
        foreach (var answer in answers)
        {
            columns.AddRange(answer.Skip(1).Chunk(SqlProbe.Answers).Select(SqlColumnLook.Of));
        }

        long[] rows = [.. answers.Select(answer => (long)SqlMoments.Whole(answer[0])).Distinct()];
        return rows is [var all] ? new SqlLook(all, columns) : throw SqlMoments.Changed(name);
    }

    /// <summary>Refuses another number of rows than these, without those that lack a value.</summary>
    /// <exception cref="InvalidDataException">The table changed.</exception>
    public void RequireRows(string name, long rows)
    {
        var leftOut = Rows - rows;
        if (leftOut < Columns.Max(column => column.Missing) || leftOut > Columns.Sum(column => column.Missing))
        {
            throw SqlMoments.Changed(name);
        }
    }

    /// <summary>Refuses what cannot be added up.</summary>
    /// <param name="name">What messages call the data.</param>
    /// <param name="names">The columns.</param>
    /// <param name="dropMissing">Whether rows that lack a value are left out.</param>
    /// <exception cref="InvalidDataException">There are no rows, or a value is not a finite number.</exception>
    public void Require(string name, IReadOnlyList<SqlColumn> names, bool dropMissing)
    {
        if (Rows == 0)
        {
            throw DataErrors.Of(name, "0 rows, where at least one was expected; check what wrote the data.");
        }

        foreach (var (column, found) in names.Zip(Columns))
        {
            var shown = Escaped.Of(column.Name);
            if (found.Infinite > 0)
            {
                throw DataErrors.Of(name, $"column '{shown}' holds infinity on {Shown.Count(found.Infinite, "row")}, "
                    + "where finite numbers were expected; correct these, or leave such rows out by a condition.");
            }

            if (found.Missing > 0 && !dropMissing)
            {
                throw DataErrors.Of(name, $"column '{shown}' has no number (NULL or not-a-number) on "
                    + $"{Shown.Count(found.Missing, "row")}; fill it in, or {Remedies.DropRows}.");
            }

            if (!found.Range.IsPossible)
            {
                const int Most = SqlRange.Bits * SqlRange.MostSlices;
                throw DataErrors.Of(name, string.Create(CultureInfo.InvariantCulture,
                    $"column '{shown}' holds numbers from {found.Smallest:G3} to {found.Largest:G3} in magnitude, "
                        + $"whose bits span more than the {Most} that the engine can add up; read the rows out."));
            }
        }
    }
}

/// <summary>What was found of a column.</summary>
/// <param name="Missing">The rows without a number.</param>
/// <param name="Infinite">The rows with an infinity.</param>
/// <param name="Fractions">The rows with a number that is not whole.</param>
/// <param name="Largest">The largest magnitude.</param>
/// <param name="Smallest">The smallest magnitude that is not 0.</param>
internal sealed record SqlColumnLook(long Missing, long Infinite, long Fractions, double Largest, double Smallest)
{
    /// <summary>Its range.</summary>
    public SqlRange Range => SqlRange.Of(Largest, Smallest, Fractions == 0);

    /// <summary>What was found, given the answers in their order.</summary>
    public static SqlColumnLook Of(string[] answers) => new((long)SqlMoments.Whole(answers[0]),
        (long)SqlMoments.Whole(answers[1]), (long)SqlMoments.Whole(answers[2]), Number(answers[3]), Number(answers[4]));

    // Nothing where there is no such number.
    private static double Number(string text) => SqlMoments.IsNull(text) ? 0
        : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
