namespace Plumb.Cli;

/// <summary>Column names as options give them: repeated, or separated by commas.</summary>
internal static class Names
{
    private const int LongestList = 12; // names that a message repeats

    /// <summary>The inputs and targets that the options choose from a file's columns; without inputs, all columns that are no targets.</summary>
    /// <exception cref="CommandException">A name is not a column, or is given twice; or no column is left for the inputs.</exception>
    public static VariableNames Choose(IReadOnlyList<string> columns, IReadOnlyList<string> inputs, IReadOnlyList<string> targets, string file)
    {
        var targetNames = Resolve("--target", targets, columns, file);
        var inputNames = inputs.Count > 0 ? Resolve("--input", inputs, columns, file) : [.. columns.Except(targetNames, StringComparer.Ordinal)];
        if (inputNames.Intersect(targetNames, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw CommandException.Usage($"'{both}' is named by --input and by --target; a column is one of the two.");
        }

        return inputNames.Count > 0
            ? new VariableNames(inputNames, targetNames)
            : throw CommandException.Usage($"every column of {file} is a target, expected one or more inputs; leave a column out of --target.");
    }

    /// <summary>The columns that the values of one option name; a column whose own name holds commas goes before a list of columns.</summary>
    /// <exception cref="CommandException">A name is not a column, or is given twice.</exception>
    public static IReadOnlyList<string> Resolve(string option, IReadOnlyList<string> values, IReadOnlyList<string> columns, string file)
    {
        var known = columns.ToHashSet(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var value in values)
        {
            var parts = value.Split(',');
            for (var start = 0; start < parts.Length;)
            {
                var length = parts.Length - start;
                while (length > 1 && !known.Contains(Join(parts, start, length)))
                {
                    length--;
                }

                var name = Join(parts, start, length);
                names.Add(known.Contains(name) ? name : Known(name.Trim(), option, columns, file));
                start += length;
            }
        }

        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? names : throw CommandException.Usage($"{option} names '{twice.Key}' twice; name each column once.");
    }

    /// <summary>A model's names, all of which must be columns of the data.</summary>
    /// <exception cref="CommandException">A name is not a column.</exception>
    public static VariableNames Require(VariableNames names, IReadOnlyList<string> columns, string model, string file)
    {
        // All at once, so that no column that the model names already is suggested for another.
        RequireColumns(names.Inputs.Count > 0 && names.Targets.Count > 0 ? [.. names.Inputs, .. names.Targets] : [], columns, model, file);
        return names;
    }

    /// <summary>Checks that a model's columns are columns of the data.</summary>
    /// <exception cref="CommandException">A name is not a column.</exception>
    public static void RequireColumns(IReadOnlyList<string> names, IReadOnlyList<string> columns, string model, string file)
    {
        if (names.Count == 0)
        {
            throw CommandException.DataRefused($"{model}: has no inputs or no targets, expected one or more of each; take another model.");
        }

        var missing = names.Except(columns, StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            var suggestion = Spelling.Suggestion(missing[0], columns.Except(names, StringComparer.Ordinal));
            throw CommandException.DataRefused($"{file}: has no column '{missing[0]}', which {model} names{(suggestion.Length > 0 ? suggestion : $", among its columns {List(columns)}; rename the column, or set \"inputs\" and \"targets\" in the model.")}");
        }
    }

    /// <summary>The first few names, for a message.</summary>
    public static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(LongestList)) + (names.Count > LongestList ? ", ..." : "");

    private static string Known(string name, string option, IReadOnlyList<string> columns, string file)
    {
        if (columns.Contains(name, StringComparer.Ordinal))
        {
            return name;
        }

        var suggestion = Spelling.Suggestion(name, columns);
        throw CommandException.Usage($"{option} names '{name}', but {file} has no such column (its columns: {List(columns)}){(suggestion.Length > 0 ? suggestion : "; name one of these.")}");
    }

    private static string Join(string[] parts, int start, int length) => string.Join(',', parts, start, length);
}
