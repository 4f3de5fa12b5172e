using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Sql;

/// <summary>
/// The moments of a table, added up by the engine that holds it: no row leaves it, and they are those of its rows to
/// the last bit.
/// </summary>
public static class SqlMoments
{
    /// <summary>Between the high and the low half of a sum, where an engine has none of 128 bits to give.</summary>
    internal const string HighTimes = "*4294967296+";

    private const long MostRowsInHalves = 1L << 31; // more sums of 2^32 wrap
    private const double LargestExact = 1L << 53; // up to here a whole number is a double

    /// <summary>Asks one query, and gives the values of its one row as text; what is null is empty.</summary>
    internal delegate Task<IReadOnlyList<string>> Ask(string sql, CancellationToken cancellationToken);

    /// <summary>Adds up columns of numbers.</summary>
    /// <param name="connection">An open connection; in a transaction that sees one state of the table, where the engine
    /// has such. Without, a table that grows meanwhile is refused.</param>
    /// <param name="dialect">What the engine understands.</param>
    /// <param name="relation">The table, or whatever may stand behind FROM.</param>
    /// <param name="names">The columns.</param>
    /// <param name="dropMissing">Whether rows that lack a value (NULL or not-a-number) are left out, and counted;
    /// otherwise they are refused.</param>
    /// <param name="progress">Is told how much has been done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the query at the engine, where its driver can.</param>
    /// <exception cref="InvalidDataException">A value is missing or not finite, a column's numbers span more than 240
    /// bits, or the table changed meanwhile.</exception>
    /// <exception cref="DbException">The engine refuses the query.</exception>
    public static Task<SummedRows> ReadAsync(DbConnection connection, SqlDialect dialect, string relation,
        VariableNames names, bool dropMissing = false, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(names);
        var table = new SqlTable(relation, dialect, relation,
            name => new SqlColumn(name, dialect.Double(dialect.Quote(name))));
        return ReadAsync((sql, token) => AskAsync(connection, sql, token), table, names, dropMissing, progress,
            cancellationToken);
    }

    /// <summary>Adds up columns of a table.</summary>
    internal static async Task<SummedRows> ReadAsync(Ask ask, SqlTable table, VariableNames names, bool dropMissing,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        SqlColumn[] columns = [.. names.Inputs.Concat(names.Targets).Select(table.Column)];
        var probes = new SqlProbe(table.Dialect, table.Relation, columns).All();
        var look = SqlLook.Of(await AllAsync(probes, ask, null, cancellationToken).ConfigureAwait(false), table.Name);
        look.Require(table.Name, columns, dropMissing);
        var tiles = new SqlTiles(table.Dialect, table.Relation, columns, look.Ranges) { Missing = look.Missing }.All();
        var answers = await AllAsync([.. tiles.Select(tile => tile.Sql)], ask, progress, cancellationToken)
            .ConfigureAwait(false);
        var moments = Of(names, tiles, answers, table.Name);
        look.RequireRows(table.Name, moments.Rows);
        return new SummedRows(moments, FindingsOf(names, columns, look, moments.Rows));
    }

    /// <summary>The moments that sums are.</summary>
    /// <exception cref="InvalidDataException">The queries saw other rows, or such as they cannot take.</exception>
    internal static Moments Of(VariableNames names, IReadOnlyList<SqlTile> tiles,
        IReadOnlyList<IReadOnlyList<string>> answers, string name)
    {
        if (answers.Sum(answer => (long)Whole(answer[1])) is > 0 and var refused)
        {
            throw DataErrors.Of(name, $"{Shown.Count(refused, "row")} had a number that is missing, not finite or "
                + "beyond its column's range; the table changed while it was read, or the range given is too small.");
        }

        long[] rows = [.. answers.Select(answer => (long)Whole(answer[0])).Distinct()];
        if (rows.Length != 1)
        {
            throw Changed(name);
        }

        if (rows[0] == 0)
        {
            throw DataErrors.Of(name,
                $"every row has a missing value, so none is left; {Remedies.LeaveEmptyColumnsOut}.");
        }

        if (rows[0] >= MostRowsInHalves && answers.Any(answer => answer.Any(sum => sum.Contains(HighTimes,
            StringComparison.Ordinal))))
        {
            throw DataErrors.Of(name, "2^31 rows or more are too many for sums in halves; add up the parts of the "
                + "table one by one, and merge their moments.");
        }

        var one = names.Inputs.Count + names.Targets.Count;
        var gram = new ExactGram(one + 1);
        gram.Add(one, one, rows[0]);
        foreach (var (tile, answer) in tiles.Zip(answers))
        {
            foreach (var (term, sum) in tile.Terms.Zip(answer.Skip(SqlTile.Counts)))
            {
                gram.Add(term.Left, term.Right, new Dyadic(Whole(sum), term.Exponent));
            }
        }

        return Moments.OfDecimals(Design.Of(names), gram, 0, rows[0]).AsOnePart();
    }

    /// <summary>That queries saw other rows than the first one.</summary>
    internal static InvalidDataException Changed(string name) => DataErrors.Of(name,
        "the number of rows changed while they were added up; try again when nobody writes to the table.");

    /// <summary>A whole number; 0 for a sum over no rows.</summary>
    internal static BigInteger Whole(string text)
    {
        if (IsNull(text))
        {
            return BigInteger.Zero;
        }

        if (text.Split(HighTimes) is [var high, var low])
        {
            return (Whole(high) << 32) + Whole(low);
        }

        // Some clients print a whole number of many digits as 12.0 or 12.000.
        var digits = text.IndexOf('.', StringComparison.Ordinal) is var point && point > 0
            && text.AsSpan(point + 1).Trim('0').IsEmpty ? text[..point] : text;
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new InvalidDataException($"an answer is '{Escaped.Of(text)}', where a whole number with all its "
                + "digits was expected; have the client print numbers in full.");
    }

    /// <summary>Whether an answer is NULL.</summary>
    internal static bool IsNull(string text) => text.Length == 0 || text is "\\N" or "ᴺᵁᴸᴸ"
        || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    private static async Task<IReadOnlyList<string>[]> AllAsync(IReadOnlyList<string> queries, Ask ask,
        IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var answers = new IReadOnlyList<string>[queries.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = await ask(queries[i], cancellationToken).ConfigureAwait(false);
            progress?.Report((i + 1.0) / answers.Length);
        }

        return answers;
    }

    /// <summary>The values of a query's one row as text.</summary>
    internal static async Task<IReadOnlyList<string>> AskAsync(DbConnection connection, string sql,
        CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandTimeout = 0; // sums over large tables take as long as they take
            command.CommandText = sql;
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? ""
                    : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!)];
            }
        }
    }

    private static IReadOnlyList<Finding> FindingsOf(VariableNames names, SqlColumn[] columns, SqlLook look,
        long rows)
    {
        int[] inputs = [.. Enumerable.Range(0, names.Inputs.Count)];
        var found = new RowCountFindings();
        found.Selected(new ColumnSelection(names, inputs,
            [.. Enumerable.Range(inputs.Length, names.Targets.Count)]));
        (found.Counts.RowsSeen, found.Counts.RowsDropped) = (look.Rows, look.Rows - rows);
        for (var i = 0; i < look.Columns.Count; i++)
        {
            found.Counts.Missing[i] = look.Columns[i].Missing;
        }

        string[] rounded = [.. columns.Zip(look.Columns)
            .Where(column => column.First.MayBeRounded && column.Second.Largest > LargestExact)
            .Select(column => $"column '{Escaped.Of(column.First.Name)}'")];
        return rounded.Length == 0 ? found.ToList() : [.. found.ToList(), new Finding(Severity.Warning,
            "integers-rounded", "Numbers above 2^53 were taken as their nearest doubles: "
                + $"{string.Join(", ", rounded)}.", $"If it is an identifier, {Remedies.LeaveColumnOut}.")];
    }
}
