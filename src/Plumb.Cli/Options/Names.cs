using System.Globalization;

namespace Plumb.Cli;

/// <summary>Column names as options give them: repeated, or separated by commas.</summary>
internal static class Names
{
    /// <summary>
    /// The inputs and targets that the options choose from a file's columns; without inputs, all columns that are
    /// neither targets nor weights.
    /// </summary>
    /// <exception cref="CommandException">A name means no column, or is given twice; or no column is left for the
    /// inputs.</exception>
    public static DesignPlan Choose(TableColumns table, IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        IReadOnlyList<string> apart, string file)
    {
        var columns = table.Names;
        var (targetTerms, targetCategories) = ResolveTerms("--target", targets, columns, file);
        RequireTargets(targetTerms, targetCategories, table, file);
        string[] targetColumns = [.. targetTerms.SelectMany(term => term.Columns)];
        var (terms, categories) = inputs.Count > 0 ? ResolveTerms("--input", inputs, columns, file)
            : ([.. columns.Except([.. targetColumns, .. apart], StringComparer.Ordinal)
                .Select(name => new Term(name))], (IReadOnlyCollection<string>)[]);
        var plan = new DesignPlan(terms, targetTerms) { Categories = categories };
        if (plan.Columns.Inputs.Intersect(targetColumns, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw CommandException.Usage($"'{both}' is named by --input and by --target; a column is one of the two.");
        }

        return terms.Count > 0 ? plan
            : throw CommandException.Usage(
                $"every column of {file} is a target, expected one or more inputs; leave a column out of --target.");
    }

    /// <summary>Refuses targets that hold no numbers, or do not tell their column.</summary>
    public static void RequireTargets(IReadOnlyList<Term> targets, IReadOnlyCollection<string> categories,
        TableColumns table, string file)
    {
        if (targets.FirstOrDefault(term => !Design.CanBeTarget(term)) is { } bad)
        {
            throw CommandException.Usage($"--target holds '{bad.Name}', from which the column cannot be told, "
                + $"expected a column, or log, log10, log2, log1p, exp, sqrt or 1/x of one.");
        }

        if (targets.Select(term => term.Factors[0].Column).FirstOrDefault(column =>
            categories.Contains(column) || table.KindOf(column) == ColumnKind.Text) is { } text)
        {
            throw CommandException.DataRefused($"{file}: column '{text}' holds categories, and a target must hold "
                + "numbers; choose another target.");
        }
    }

    /// <summary>
    /// The columns that the values of one option name; a column whose own name holds commas goes before a list of
    /// columns.
    /// </summary>
    /// <exception cref="CommandException">A name is not a column, or is given twice.</exception>
    public static IReadOnlyList<string> Resolve(string option, IReadOnlyList<string> values,
        IReadOnlyList<string> columns, string file)
    {
        var known = columns.ToHashSet(StringComparer.Ordinal);
        return Distinct(option,
            [.. Parse<string>(values, text => known.Contains(text) ? [text] : SlotsOf(text, columns),
                (name, _) => Unknown(name, option, columns, file))]);
    }

    /// <summary>
    /// The terms that the values of one option name: columns, powers such as x^2, products, functions, poly(x,3); and
    /// which columns they say are categories.
    /// </summary>
    /// <exception cref="CommandException">A name means no column, or is given twice.</exception>
    public static (IReadOnlyList<Term> Terms, IReadOnlyCollection<string> Categories) ResolveTerms(string option,
        IReadOnlyList<string> values, IReadOnlyList<string> columns, string file)
    {
        var known = columns.ToHashSet(StringComparer.Ordinal);
        var (reader, crossed) = (new TermText(known), new HashSet<Term>());
        var terms = Parse(values, Read,
            (name, rest) => IsPower(name, columns) ? BadPower(rest, option) : Unknown(name, option, columns, file));
        Distinct(option, [.. terms.Where(term => !crossed.Contains(term)).Select(term => term.Name)]);
        return ([.. terms.Distinct()], reader.Categories);

        IReadOnlyList<Term>? Read(string text)
        {
            var found = reader.Read(text) ?? SlotsOf(text, columns)?.Select(name => new Term(name)).ToList();
            if (found is not null && text.Contains('*') && !known.Contains(text))
            {
                crossed.UnionWith(found); // a is in both a*b and a*c
            }

            return found;
        }
    }

    /// <summary>A model's inputs and targets, all of which must be columns of the data, or made from such.</summary>
    /// <exception cref="CommandException">A name is not a column.</exception>
    public static DesignPlan Require(AffineModel model, IReadOnlyList<string> columns, string path, string file)
    {
        // All at once, so that no column that the model names already is suggested for another.
        var (names, design) = (model.Map.Names, DesignOf(model, columns));
        RequireColumns(names.Inputs.Count > 0 && names.Targets.Count > 0
            ? [.. design.Columns.Inputs, .. design.Columns.Targets] : [], columns, path, file);
        return DesignPlan.Of(design);
    }

    /// <summary>
    /// What a model's inputs are made of: what it says itself; else an input that is no column, but named as in x^3, is
    /// that power of the column x.
    /// </summary>
    public static Design DesignOf(AffineModel model, IReadOnlyList<string> columns)
    {
        var names = model.Map.Names;
        if (model.Design is { } design
            && (design.Columns.Inputs.All(columns.Contains) || !names.Inputs.All(columns.Contains)))
        {
            return design;
        }

        var known = columns.ToHashSet(StringComparer.Ordinal);
        Term Meant(string name) => Term.Parse(name, known) is [var term] ? term : new Term(name);
        var targets = names.Targets.Select(Meant).ToList();
        return Design.Of([.. names.Inputs.Select(Meant)], targets.TrueForAll(Design.CanBeTarget) ? targets
            : [.. names.Targets.Select(name => new Term(name))]);
    }

    /// <summary>Checks that a model's columns are columns of the data.</summary>
    /// <exception cref="CommandException">A name is not a column.</exception>
    public static void RequireColumns(IReadOnlyList<string> names, IReadOnlyList<string> columns, string model,
        string file)
    {
        if (names.Count == 0)
        {
            throw CommandException.DataRefused(
                $"{model}: has no inputs or no targets, expected one or more of each; take another model.");
        }

        var missing = names.Except(columns, StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            var suggestion = Spelling.Suggestion(missing[0], columns.Except(names, StringComparer.Ordinal));
            throw CommandException.DataRefused(
                $"{file}: has no column '{missing[0]}', which {model} names"
                    + (suggestion.Length > 0 ? suggestion
                        : $", among its columns {List(columns)}; rename the column, or set \"inputs\" and "
                            + "\"targets\" in the model."));
        }
    }

    /// <summary>The first few names, for a message.</summary>
    public static string List(IReadOnlyList<string> names) => Listing.First(names);

    /// <summary>
    /// The columns of an array or a vector that has the name: x[0], x[1], ... for x; null where there is none.
    /// </summary>
    private static List<string>? SlotsOf(string name, IReadOnlyList<string> columns)
    {
        var slots =
            columns.Where(column => column.Length > name.Length + 2 && column[name.Length] == '[' && column[^1] == ']'
                && column.StartsWith(name, StringComparison.Ordinal)).ToList();
        return name.Length > 0 && slots.Count > 0 ? slots : null;
    }

    private static List<T> Parse<T>(IReadOnlyList<string> values, Func<string, IReadOnlyList<T>?> meaning,
        Func<string, string, CommandException> refuse)
    {
        var found = new List<T>();
        foreach (var value in values)
        {
            var parts = value.Split(',');
            for (var start = 0; start < parts.Length;)
            {
                var length = parts.Length - start;
                while (length > 1 && meaning(Join(parts, start, length)) is null)
                {
                    length--;
                }

                var name = Join(parts, start, length);
                found.AddRange(
                    meaning(name)
                        ?? meaning(name.Trim())
                            ?? throw refuse(name.Trim(), Join(parts, start, parts.Length - start).Trim()));
                start += length;
            }
        }

        return found;
    }

    private static IReadOnlyList<string> Distinct(string option, IReadOnlyList<string> names)
    {
        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? names
            : throw CommandException.Usage($"{option} names '{twice.Key}' twice; name each column once.");
    }

    private static bool IsPower(string name, IReadOnlyList<string> columns) =>
        name.StartsWith("poly(", StringComparison.Ordinal)
            || columns.Any(column => name.StartsWith(column + "^", StringComparison.Ordinal));

    private static CommandException BadPower(string text, string option) =>
        CommandException.Usage(
            string.Create(CultureInfo.InvariantCulture,
                $"{option} holds '{text}', expected poly(NAME,N) or NAME^N with the name of a column and N from 1 to "
                    + $"{Term.HighestPower}."));

    private static CommandException Unknown(string name, string option, IReadOnlyList<string> columns, string file)
    {
        var suggestion = option == "--input" && name is ['-', .. var rest] && columns.Contains(rest)
            ? $"; did you mean --exclude {rest}?" : Spelling.Suggestion(name, columns);
        return CommandException.Usage(
            $"{option} names '{name}', but {file} has no such column (its columns: {List(columns)})"
                + (suggestion.Length > 0 ? suggestion
                    : columns.Count > 1 ? "; name one of these."
                    : "; where that is a whole line, name what separates its fields with --delimiter."));
    }

    private static string Join(string[] parts, int start, int length) => string.Join(',', parts, start, length);
}
