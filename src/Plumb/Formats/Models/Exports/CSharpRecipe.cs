using System.Globalization;
using System.Text;
using static Plumb.Formats.CSharpText;

namespace Plumb.Formats;

/// <summary>
/// Writes a C# class that takes the columns themselves, one parameter each: numbers, texts or truth values. It makes
/// the inputs from them, and refuses levels that are not known and numbers that a function does not take.
/// </summary>
internal sealed class CSharpRecipe
{
    private const int LongestProduct = 8; // beyond it, a power is a call

    private readonly AffineMap _map;
    private readonly Design _design;
    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<string> _parameters;
    private readonly List<(string Name, IReadOnlyList<double> Values)> _tables = [];
    private readonly Dictionary<string, string> _helpers = new(StringComparer.Ordinal);

    private CSharpRecipe(AffineMap map, Design design)
    {
        (_map, _design, _columns) = (map, design, design.Columns.Inputs);
        _parameters = ParameterNames(_columns, ["x", "y", "i", "j", "sum"]);
    }

    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, AffineMap map, Design design, string name)
    {
        using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        text.Write(new CSharpRecipe(map, design).Text(name).ReplaceLineEndings("\n"));
    }

    private string Text(string name)
    {
        // First what is computed, which tells what it needs.
        string[] inputs = [.. _design.Terms.Select(term => string.Join(" * ", term.Factors.Select(Powered)))];
        var targets = string.Concat(_design.Targets.Index().Select(pair =>
            Undone(pair.Item.Factors[0].Function?.Name, pair.Index)));
        var weights = string.Concat(Enumerable.Range(0, _map.TargetCount).Select(t =>
            $"        new double[] {{ {List(_map.WeightsOf(t).ToArray(), Literal)} }},\n"));
        return $$"""
            // Written by Plumb.

            /// <summary>
            /// An affine map of {{Count(_map.InputCount, "input")}}, made from {{Count(_columns.Count, "column")}}, to {{Count(_map.TargetCount, "target")}}.
            /// </summary>
            public static class {{ClassName(name)}}
            {
                /// <summary>The names of the columns, in the order of the parameters.</summary>
                public static readonly string[] Columns = { {{List(_columns, Literal)}} };

                /// <summary>The names of the targets, in the order of y.</summary>
                public static readonly string[] Targets = { {{List(_design.Columns.Targets, Literal)}} };

                private static readonly double[][] Weights = // targets x inputs
                {
            {{weights.TrimEnd('\n')}}
                };

                private static readonly double[] Bias = { {{List(_map.Bias.ToArray(), Literal)}} };
            {{Tables()}}
                /// <summary>The targets of a row, in their own units.</summary>
            {{Documents()}}    /// <returns>One number per target.</returns>
                public static double[] Apply({{List(Enumerable.Range(0, _columns.Count), k => $"{TypeOf(_columns[k])} {_parameters[k]}")}})
                {
            {{Places()}}        return Map(
                        {{string.Join(",\n            ", inputs)}});
                }

                private static double[] Map(params double[] x)
                {
                    var y = new double[Targets.Length];
                    for (var i = 0; i < y.Length; i++)
                    {
                        var sum = Bias[i];
                        for (var j = 0; j < x.Length; j++)
                        {
                            sum += Weights[i][j] * x[j];
                        }

                        y[i] = sum;
                    }

            {{targets}}        return y;
                }
            {{Helpers()}}}

            """;
    }

    private ColumnMeaning? MeaningOf(string column) => _design.Meanings.GetValueOrDefault(column);

    private string TypeOf(string column) => MeaningOf(column) switch
    {
        ColumnMeaning.Category { OfNumbers: false } => "string",
        ColumnMeaning.Truth => "bool",
        _ => "double",
    };

    private string ParameterOf(string column) => _parameters[_columns.ToList().IndexOf(column)];

    private string Documents() => string.Concat(_columns.Select((column, k) =>
        $"    /// <param name=\"{_parameters[k]}\">{Comment(column)}{MeaningOf(column) switch
        {
            ColumnMeaning.Category => ", one of its levels",
            ColumnMeaning.Time date => $", {date.Unit} since {date.Beginning}",
            _ => "",
        }}.</param>\n"));

    // The place of each category's level, found once.
    private string Places() => string.Concat(_columns.Where(column => MeaningOf(column) is ColumnMeaning.Category)
        .Select(column => $"        var {PlaceOf(column)} = {LevelOf(column)}({ParameterOf(column)});\n"));

    private string PlaceOf(string column) => $"{ParameterOf(column)}_level";

    private string LevelOf(string column) => $"LevelOf_{ParameterOf(column)}";

    private string Tables() => _tables.Count == 0 ? "" : "\n" + string.Concat(_tables.Select(table =>
        $"    private static readonly double[] {table.Name} = {{ {List(table.Values, Literal)} }};\n"));

    private string Powered(TermFactor factor)
    {
        var value = Value(factor);
        return factor.Power == 1 ? value
            : factor.Power <= LongestProduct ? string.Join(" * ", Enumerable.Repeat(value, factor.Power))
            : string.Create(CultureInfo.InvariantCulture, $"System.Math.Pow({value}, {factor.Power}.0)");
    }

    private string Value(TermFactor factor)
    {
        var parameter = ParameterOf(factor.Column);
        if (factor.Contrast is { } contrast)
        {
            return $"{TableOf(factor.Column, contrast)}[{PlaceOf(factor.Column)}]";
        }

        var value = MeaningOf(factor.Column) is ColumnMeaning.Truth ? $"({parameter} ? 1.0 : 0.0)" : parameter;
        return factor.Function is { } function
            ? $"{Called(function)}({value}, {Literal(function.Of(factor.Column))})" : value;
    }

    private string TableOf(string column, Contrast contrast)
    {
        var prefix = $"Contrast_{ParameterOf(column)}_";
        var known = _tables.FindIndex(table => table.Name.StartsWith(prefix, StringComparison.Ordinal)
            && table.Values.SequenceEqual(contrast.Values));
        if (known < 0)
        {
            known = _tables.Count;
            _tables.Add((string.Create(CultureInfo.InvariantCulture, $"{prefix}{known}"), contrast.Values));
        }

        return _tables[known].Name;
    }

    private string Called(ColumnFunction function)
    {
        var (name, condition, value) = function.Name switch
        {
            "exp" => ("Exp", "true", "System.Math.Exp(x)"),
            "log" => ("Log", "x > 0", "System.Math.Log(x)"),
            "log10" => ("Log10", "x > 0", "System.Math.Log10(x)"),
            "log2" => ("Log2", "x > 0", "System.Math.Log(x) / System.Math.Log(2.0)"),
            "log1p" => ("Log1P", "x > -1", "1.0 + x == 1.0 ? x : System.Math.Log(1.0 + x) * x / ((1.0 + x) - 1.0)"),
            "sqrt" => ("Sqrt", "x >= 0", "System.Math.Sqrt(x)"),
            "abs" => ("Abs", "true", "System.Math.Abs(x)"),
            "1/x" => ("Reciprocal", "x != 0", "1.0 / x"),
            var other => ("Reciprocal" + other[3..], "x != 0", $"System.Math.Pow(x, {other[2..]}.0)"),
        };
        _helpers[name] = $$"""

                private static double {{name}}(double x, string name)
                {
                    if (!({{condition}} || double.IsNaN(x)))
                    {
                        throw new System.ArgumentException(name + " was asked of " + x.ToString(System.Globalization.CultureInfo.InvariantCulture) + ", expected {{function.Domain}}.");
                    }

                    return {{value}};
                }

            """;
        return name;
    }

    private string Undone(string? function, int target)
    {
        var y = string.Create(CultureInfo.InvariantCulture, $"y[{target}]");
        var value = function switch
        {
            null => "",
            "exp" => $"System.Math.Log({y})",
            "log" => $"System.Math.Exp({y})",
            "log10" => $"System.Math.Pow(10.0, {y})",
            "log2" => $"System.Math.Pow(2.0, {y})",
            "log1p" => $"ExpLessOne({y})",
            "sqrt" => $"{y} * {y}",
            "1/x" => $"1.0 / {y}",
            _ => throw new NotSupportedException($"C# cannot undo {function}."),
        };
        if (function == "log1p")
        {
            _helpers["ExpLessOne"] = """

                    private static double ExpLessOne(double x)
                    {
                        var u = System.Math.Exp(x);
                        return u == 1.0 ? x : u - 1.0 == -1.0 ? -1.0 : (u - 1.0) * x / System.Math.Log(u);
                    }

                """;
        }

        return value.Length == 0 ? "" : $"        {y} = {value};\n";
    }

    private string Helpers()
    {
        var text = new StringBuilder(string.Concat(_helpers.OrderBy(helper => helper.Key, StringComparer.Ordinal)
            .Select(helper => helper.Value)));
        foreach (var column in _columns)
        {
            if (MeaningOf(column) is ColumnMeaning.Category category)
            {
                text.Append(LevelHelper(column, category));
            }
        }

        return text.ToString();
    }

    private string LevelHelper(string column, ColumnMeaning.Category category)
    {
        var cases = category.Names.Index().Select(pair => string.Create(CultureInfo.InvariantCulture,
            $"            case {LiteralOf(pair.Item, category)}: return {pair.Index};\n"));
        var value = category.OfNumbers ? "value.ToString(System.Globalization.CultureInfo.InvariantCulture)" : "value";
        return $$"""

                private static int {{LevelOf(column)}}({{TypeOf(column)}} value)
                {
                    switch (value)
                    {
            {{string.Concat(cases)}}            default: throw new System.ArgumentException({{Literal(column)}} + " holds '" + {{value}} + "', which is no level that the model knows.");
                    }
                }

            """;
    }

    private static string LiteralOf(string level, ColumnMeaning.Category category) => category.OfNumbers
        ? Literal(double.Parse(level, CultureInfo.InvariantCulture)) : Literal(level);
}
