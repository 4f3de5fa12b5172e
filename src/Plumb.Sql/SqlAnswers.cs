namespace Plumb.Sql;

/// <summary>What a client of the user's own was told by the engine.</summary>
/// <param name="Label">What the answers are of.</param>
/// <param name="Values">The values of each query, in their order.</param>
internal sealed record SqlAnswers(SqlLabel Label, IReadOnlyList<IReadOnlyList<string>> Values)
{
    /// <summary>Reads the answers of one kind of query; other lines, such as headers, are passed over.</summary>
    /// <param name="lines">The lines, of one client or of several, in any order.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="name">What messages call the lines.</param>
    /// <exception cref="InvalidDataException">An answer is missing, there twice, cut short, or of other
    /// columns.</exception>
    public static SqlAnswers Of(IEnumerable<string> lines, string kind, string name)
    {
        var all = lines.Select(SqlLabel.Find).OfType<SqlLabelled>().Where(line => line.Label.Kind == kind).ToList();
        if (all.Count == 0)
        {
            throw DataErrors.Of(name, $"no line has an answer to a query of 'plumb sql' (a value that begins with "
                + $"plumb.{kind}), expected one for each query; save what the client prints, as CSV.");
        }

        var (label, count) = (all[0].Label, all[0].Count);
        if (all.Any(line => line.Content != all[0].Content || line.Count != count))
        {
            throw DataErrors.Of(name, "holds answers to queries over other columns or ranges, expected those of one "
                + "'plumb sql'; keep those of one run.");
        }

        int[] missing = [.. Enumerable.Range(1, count).Except(all.Select(line => line.Number))];
        if (missing.Length > 0)
        {
            throw DataErrors.Of(name, $"lacks the answers to queries {Shown.Items(missing)} of "
                + $"{Shown.Count(count, "query")}; run these too.".Replace("querys", "queries",
                    StringComparison.Ordinal));
        }

        if (all.GroupBy(line => line.Number).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw DataErrors.Of(name, FormattableString.Invariant(
                $"holds the answer to query {twice.Key} twice; keep one of them."));
        }

        return new SqlAnswers(label, [.. all.OrderBy(line => line.Number).Select(line => line.Values())]);
    }

    /// <summary>What the first round found.</summary>
    /// <exception cref="InvalidDataException">An answer has too few values.</exception>
    public SqlLook ToLook(string name)
    {
        var columns = Label.Names.Inputs.Count + Label.Names.Targets.Count;
        RequireLengths(Enumerable.Range(0, columns).Chunk(SqlProbe.Columns)
            .Select(part => 1 + part.Length * SqlProbe.Answers), name);
        return SqlLook.Of(Values, name);
    }

    /// <summary>The moments that the answers are.</summary>
    /// <exception cref="InvalidDataException">An answer has too few values, or the queries saw other rows.</exception>
    public Moments ToMoments(string name)
    {
        // How sums are shared out among queries does not depend on the engine.
        var tiles = new SqlTiles(SqlDialect.DuckDb, "", [.. Label.Names.Inputs.Concat(Label.Names.Targets)
            .Select(column => new SqlColumn(column, ""))], Label.Ranges).All();
        RequireLengths(tiles.Select(tile => SqlTile.Counts + tile.Terms.Count), name);
        return SqlMoments.Of(Label.Names, tiles, Values, name);
    }

    private void RequireLengths(IEnumerable<int> lengths, string name)
    {
        var expected = lengths.ToList();
        for (var i = 0; i < Values.Count; i++)
        {
            if (i >= expected.Count || Values[i].Count != expected[i])
            {
                throw DataErrors.Of(name, FormattableString.Invariant($"the answer to query {i + 1} has ")
                    + $"{Shown.Count(Values[i].Count, "value")}, expected {expected.ElementAtOrDefault(i)}; save the "
                    + "whole line, as CSV.");
            }
        }
    }
}
