namespace Plumb.Cli;

/// <summary>Patterns of names, as in --target "y*": * stands for any characters. A column that bears such a name itself
/// comes first, and so does a term such as a*b.</summary>
internal static class ColumnPatterns
{
    /// <summary>The values of an option, with the names of columns in the place of patterns.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="values">Its values: names, or lists of names separated by commas.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="candidates">Those of them that a pattern may mean.</param>
    /// <param name="file">What the data are called.</param>
    /// <exception cref="CommandException">A pattern means no column.</exception>
    public static IReadOnlyList<string> Expand(string option, IReadOnlyList<string> values,
        IReadOnlyList<string> columns, IReadOnlyList<string> candidates, string file)
    {
        if (!values.Any(value => value.Contains('*')))
        {
            return values;
        }

        var known = columns.ToHashSet(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var value in values)
        {
            string[] pieces = !value.Contains('*') || known.Contains(value) || Term.Parse(value, known) is not null
                ? [value] : value.Split(',');
            var names = new List<string>(); // that stand side by side, as in poly(x,3)
            foreach (var piece in pieces)
            {
                if (!IsPattern(piece.Trim(), known))
                {
                    names.Add(piece);
                    continue;
                }

                Flush(names);
                found.AddRange(Matches(option, piece.Trim(), columns, candidates, file)
                    .Where(name => !found.Contains(name, StringComparer.Ordinal)));
            }

            Flush(names);
        }

        return found;

        void Flush(List<string> names)
        {
            if (names.Count > 0)
            {
                found.Add(string.Join(',', names));
                names.Clear();
            }
        }
    }

    private static bool IsPattern(string piece, IReadOnlyCollection<string> columns) =>
        piece.Contains('*') && !columns.Contains(piece) && Term.Parse(piece, columns) is null && !piece.Contains('(');

    private static string[] Matches(string option, string pattern, IReadOnlyList<string> columns,
        IReadOnlyList<string> candidates, string file)
    {
        string[] found = [.. candidates.Where(name => IsMatch(pattern, name))];
        return found.Length > 0 ? found
            : throw CommandException.Usage($"{option} holds '{pattern}', which stands for no column of {file} "
                + $"{(columns.Any(name => IsMatch(pattern, name)) ? "that is left " : "")}(its columns: "
                    + $"{Names.List(columns)}); name one of these.");
    }

    private static bool IsMatch(string pattern, string name)
    {
        var parts = pattern.Split('*');
        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var start = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var place = name.IndexOf(part, start, StringComparison.Ordinal);
            if (place < 0)
            {
                return false;
            }

            start = place + part.Length;
        }

        return name.Length - start >= parts[^1].Length && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
