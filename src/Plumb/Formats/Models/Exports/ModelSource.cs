using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// A model as source of a language with plain names and functions: what all such languages share. Where inputs are
/// columns, they come as an array; where they are made from columns, each column is a parameter.
/// </summary>
internal abstract class ModelSource
{
    private const int LongestProduct = 8; // beyond it, a power is a call

    private readonly Dictionary<(string Column, string Values), string> _tableNames = [];

    protected ModelSource(AffineMap map, Design? design, IEnumerable<string> reserved)
    {
        IsPlain = design is null or { IsPlain: true };
        (Map, Design) = (map, design ?? Design.Of(map.Names));
        Columns = IsPlain ? map.Names.Inputs : Design.Columns.Inputs;
        Parameters = PlainNames.Of(Columns, reserved);
    }

    protected AffineMap Map { get; }

    protected Design Design { get; }

    /// <summary>Whether the inputs are the columns themselves.</summary>
    protected bool IsPlain { get; }

    protected IReadOnlyList<string> Columns { get; }

    /// <summary>What each column is called in the source.</summary>
    protected IReadOnlyList<string> Parameters { get; }

    /// <summary>The numbers that levels stand for, each table with its name.</summary>
    protected List<(string Name, IReadOnlyList<double> Values)> Tables { get; } = [];

    /// <summary>The functions that are called, in the order of their names.</summary>
    protected SortedDictionary<string, ColumnFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The columns that are categories, with their parameters.</summary>
    protected IEnumerable<(string Column, string Parameter, ColumnMeaning.Category Category)> Categories =>
        Columns.Zip(Parameters).Where(pair => MeaningOf(pair.First) is ColumnMeaning.Category)
            .Select(pair => (pair.First, pair.Second, (ColumnMeaning.Category)MeaningOf(pair.First)!));

    protected ColumnMeaning? MeaningOf(string column) => IsPlain ? null : Design.Meanings.GetValueOrDefault(column);

    /// <summary>Each input, made from the parameters.</summary>
    protected string[] Inputs() =>
        [.. Design.Terms.Select(term => string.Join(" * ", term.Factors.Select(Powered)))];

    /// <summary>How a function of a target is undone; null where it is none.</summary>
    protected IEnumerable<(int Target, string Function)> Undone() => IsPlain ? []
        : Design.Targets.Index().Where(pair => pair.Item.Factors[0].Function is not null)
            .Select(pair => (pair.Index, pair.Item.Factors[0].Function!.Name));

    /// <summary>The call of a function of a column.</summary>
    protected abstract string Call(ColumnFunction function, string value, string column);

    /// <summary>A truth value as a number.</summary>
    protected abstract string Truth(string parameter);

    /// <summary>A number to a power.</summary>
    protected abstract string Power(string value, int power);

    /// <summary>What a table is called.</summary>
    protected abstract string TableName(string name);

    /// <summary>What a column holds, for a comment: a name and, for some, a unit.</summary>
    protected string Described(string column) => column + MeaningOf(column) switch
    {
        ColumnMeaning.Category => ", one of its levels",
        ColumnMeaning.Truth => ", true or false",
        ColumnMeaning.Time date => $", {date.Unit} since {date.Beginning}",
        _ => "",
    };

    /// <summary>What a function is called: log, reciprocal, reciprocal2.</summary>
    protected static string NameOf(ColumnFunction function) => function.Name switch
    {
        "1/x" => "reciprocal",
        ['x', '^', '-', .. var power] => "reciprocal" + power,
        var name => name,
    };

    private string Powered(TermFactor factor)
    {
        var value = Value(factor);
        return factor.Power == 1 ? value
            : factor.Power <= LongestProduct ? string.Join(" * ", Enumerable.Repeat(value, factor.Power))
            : Power(value, factor.Power);
    }

    private string Value(TermFactor factor)
    {
        var parameter = Parameters[Columns.ToList().IndexOf(factor.Column)];
        if (factor.Contrast is { } contrast)
        {
            return $"{TableOf(factor.Column, parameter, contrast)}[{parameter}_level]";
        }

        var value = MeaningOf(factor.Column) is ColumnMeaning.Truth ? Truth(parameter) : parameter;
        if (factor.Function is not { } function)
        {
            return value;
        }

        Functions[NameOf(function)] = function;
        return Call(function, value, factor.Column);
    }

    private string TableOf(string column, string parameter, Contrast contrast)
    {
        var key = (column, string.Join(' ', contrast.Values.Select(CSharpText.Literal)));
        if (!_tableNames.TryGetValue(key, out var name))
        {
            name = TableName(string.Create(CultureInfo.InvariantCulture, $"{parameter}_contrast_{Tables.Count}"));
            _tableNames[key] = name;
            Tables.Add((name, contrast.Values));
        }

        return name;
    }
}
