using System.CommandLine;

namespace Plumb.Cli;

/// <summary>How columns of texts become inputs: shared by the commands that learn.</summary>
internal sealed class CategoryOptions
{
    private readonly Option<string[]> _categorical = Options.ColumnNames("--categorical",
        "A column of numbers that are levels of a category; repeat the option, or separate names with commas. Text "
            + "columns "
            + "are categories anyway");

    private readonly Option<string[]> _reference = new("--reference")
    {
        Description = "The level that the others are compared with [default: the first in order; for sum, the last]",
        HelpName = "NAME=LEVEL",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _coding = Options.Choice("--coding",
        "How a category's levels become inputs: treatment (each against the reference), sum (against the mean of all), "
            + "helmert (against the mean of those before it), or full (each one; dependent unless there is --no-bias) "
            + "[default: treatment]", "treatment", "sum", "helmert", "full");

    private readonly Option<string?> _origin = new("--date-origin")
    {
        Description = "The date that counts as 0, such as 2026-11-29 [default: the earliest]",
        HelpName = "DATE",
    };

    private readonly Option<string> _unit = Options.Choice("--date-unit", "Unit in which dates and times are counted "
        + "[default: days]",
        "days", "hours", "minutes", "seconds", "years");

    public CategoryOptions() => (_coding.HelpName, _unit.HelpName) = ("CODING", "UNIT");

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_categorical);
        command.Add(_reference);
        command.Add(_coding);
        command.Add(_origin);
        command.Add(_unit);
    }

    /// <summary>What dates become.</summary>
    public DateChoice Dates(ParseResult parsed, DateOrder? order) => new(parsed.GetValue(_origin),
        DateUnits.UnitOf(parsed.GetValue(_unit) ?? ""), order);

    /// <summary>The plan with its categories, as the options say and as the columns' kinds do.</summary>
    /// <param name="plan">The inputs and targets.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="table">The columns.</param>
    /// <param name="file">What messages call the data.</param>
    /// <exception cref="CommandException">A name is no column, or a category is not used as one.</exception>
    public DesignPlan ApplyTo(DesignPlan plan, ParseResult parsed, TableColumns table, string file)
    {
        var named = Names.Resolve("--categorical", parsed.GetValue(_categorical) ?? [], table.Names, file);
        var texts = plan.Columns.Inputs.Where(column => table.KindOf(column) == ColumnKind.Text);
        HashSet<string> categories = [.. plan.Categories, .. named, .. texts];
        if (named.FirstOrDefault(name => !plan.Columns.Inputs.Contains(name)) is { } unused)
        {
            throw CommandException.Usage($"--categorical names '{unused}', which is not an input; leave it out, or "
                + $"name it as an input too.");
        }

        if (plan.Terms.SelectMany(term => term.Factors).FirstOrDefault(factor => categories.Contains(factor.Column)
            && factor is not { IsPower: true, Power: 1 }) is { } bad)
        {
            throw CommandException.Usage($"the input {bad.Name} is made from '{bad.Column}', which is a category, "
                + $"expected a column of numbers; name the category itself.");
        }

        if (plan.NamesReferences && parsed.GetValue(_coding) == "helmert" && categories.Count > 0)
        {
            throw CommandException.Usage("--coding helmert depends on all levels, which moments do not hold beside the "
                + "names of inputs; take treatment, sum or full.");
        }

        return plan with
        {
            Categories = [.. categories.Where(plan.Columns.Inputs.Contains)],
            Coding = Enum.Parse<Coding>(parsed.GetValue(_coding) ?? nameof(Coding.Treatment), ignoreCase: true),
            References = References(parsed, categories, file),
        };
    }

    /// <summary>Refuses another coding or origin than moments were made with: their rows have been added up.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="design">What the inputs of the moments are made of.</param>
    /// <param name="path">The moments.</param>
    /// <exception cref="CommandException">The options ask for another.</exception>
    public void RequireAsMade(ParseResult parsed, Design design, string path)
    {
        var coding = parsed.GetValue(_coding);
        var other = design.Meanings.Values.OfType<ColumnMeaning.Category>()
            .FirstOrDefault(category => coding is not null
                && !string.Equals(category.Coding.ToString(), coding, StringComparison.OrdinalIgnoreCase));
        if (other is not null)
        {
            throw CommandException.DataRefused($"{path}: holds levels in the coding "
                + $"{other.Coding.ToString().ToLowerInvariant()}, and rows that have been added up have no other; "
                + (coding == "helmert" ? "fit the data themselves: plumb fit DATA --coding helmert."
                    : $"make the moments with it: plumb moments DATA --coding {coding} -o {ShellWord.Of(path)}."));
        }

        if (parsed.GetValue(_origin) is not null || parsed.GetValue(_unit) is not null)
        {
            throw CommandException.DataRefused($"{path}: holds moments, whose dates were counted when they were made; "
                + "give --date-origin and --date-unit to 'plumb moments'.");
        }
    }

    private Dictionary<string, string> References(ParseResult parsed, HashSet<string> categories, string file)
    {
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(_reference) ?? [])
        {
            // A column's own name may hold =.
            var column = categories.Where(name => text.StartsWith(name + "=", StringComparison.Ordinal))
                .MaxBy(name => name.Length);
            if (column is null && DataFile.IsMoments(file))
            {
                throw CommandException.DataRefused($"{file}: holds moments, whose levels are compared with the one "
                    + $"that was named when they were made; make them with it: plumb moments DATA --reference "
                    + $"{ShellWord.Of(text)} -o {ShellWord.Of(file)}.");
            }

            if (column is null)
            {
                var among = categories.Count > 0 ? $", among {Names.List([.. categories])}" : "";
                throw CommandException.Usage(!text.Contains('=')
                    ? $"--reference holds '{text}', expected NAME=LEVEL with the name of a category"
                    : $"--reference names '{text[..text.IndexOf('=', StringComparison.Ordinal)]}', which is not a "
                        + $"category of {file}{among}; name one, or make it one by --categorical.");
            }

            references[column] = text[(column.Length + 1)..];
        }

        return references.Count == 0 || parsed.GetValue(_coding) is not ("helmert" or "full") ? references
            : throw CommandException.Usage("--reference is for the codings treatment and sum, and "
                + $"{parsed.GetValue(_coding)} compares with no level; leave it out.");
    }
}
