namespace Plumb.Sql;

/// <summary>The queries that a client of the user's own is to ask: their answers say themselves what they are
/// of.</summary>
/// <param name="dialect">What the engine understands.</param>
/// <param name="relation">What follows FROM.</param>
internal sealed class SqlScript(SqlDialect dialect, string relation)
{
    /// <summary>The first of two rounds: where the bits of the columns lie.</summary>
    public IReadOnlyList<string> Ranges(VariableNames names) =>
        new SqlProbe(dialect, relation, ColumnsOf(names)) { Label = new SqlLabel(names, []).Of }.All();

    /// <summary>The second round.</summary>
    /// <param name="answers">Those of the first.</param>
    /// <param name="name">What messages call these.</param>
    /// <param name="dropMissing">Whether rows that lack a value are left out.</param>
    /// <exception cref="InvalidDataException">The table holds what cannot be added up.</exception>
    public IReadOnlyList<string> Sums(SqlAnswers answers, string name, bool dropMissing)
    {
        var (look, columns) = (answers.ToLook(name), ColumnsOf(answers.Label.Names));
        look.Require(name, columns, dropMissing);
        return Sums(answers.Label.Names, look.Ranges, look.Missing);
    }

    /// <summary>The only round, where every number is 0 or from 2^-power to 2^power in magnitude.</summary>
    public IReadOnlyList<string> SumsWithin(int power, VariableNames names, bool dropMissing)
    {
        var range = SqlRange.Of(Math.ScaleB(1, power), Math.ScaleB(1, -power), areWhole: false);
        int[] all = [.. Enumerable.Range(0, names.Inputs.Count + names.Targets.Count)];
        return Sums(names, [.. all.Select(_ => range)], dropMissing ? all : []);
    }

    private IReadOnlyList<string> Sums(VariableNames names, IReadOnlyList<SqlRange> ranges, IReadOnlyList<int> missing)
    {
        var tiles = new SqlTiles(dialect, relation, ColumnsOf(names), ranges)
        {
            Missing = missing,
            Label = new SqlLabel(names, ranges).Of,
        };
        return [.. tiles.All().Select(tile => tile.Sql)];
    }

    private SqlColumn[] ColumnsOf(VariableNames names) => [.. names.Inputs.Concat(names.Targets)
        .Select(name => new SqlColumn(name, dialect.Double(dialect.Quote(name))))];
}
