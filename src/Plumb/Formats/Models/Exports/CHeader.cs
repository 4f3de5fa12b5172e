using System.Globalization;
using System.Text;
using static Plumb.Formats.CSharpText;

namespace Plumb.Formats;

/// <summary>
/// Writes a header of C99 (and C++) that needs the standard library alone. It sums in the order of
/// <see cref="AffineMap"/>, so it gives the same bits where inputs are columns, unless a compiler joins products and
/// sums.
/// </summary>
internal sealed class CHeader(AffineMap map, Design? design, string name) : ModelSource(map, design, s_reserved)
{
    private static readonly string[] s_reserved =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
        "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
        "sizeof", "static", "struct", "switch", "typedef", "union", "unsig" + "ned", "void", "volatile", "while",
        "bool", "true", "false", "class", "new", "delete", "this", "template", "operator", "private", "public",
        "protected", "namespace", "using", "virtual", "friend", "try", "catch", "throw", "and", "or", "not", "xor",
        "asm", "typename", "explicit", "export", "mutable", "NULL", "NAN", "INFINITY", "exp", "log",
        "log10", "log2", "log1p", "expm1", "sqrt", "fabs", "pow", "strcmp", "x", "y", "i", "j", "k", "sum",
        "value", "linux", "unix", "signbit",
    ];

    private readonly string _name = PlainNames.Of(name, "model");

    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, AffineModel model, string name)
    {
        using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        text.Write(new CHeader(model.Map, model.Design, name).Text());
    }

    /// <inheritdoc/>
    protected override string Call(ColumnFunction function, string value, string column) => function.Name switch
    {
        "abs" => $"fabs({value})",
        "1/x" => $"(1.0 / {value})",
        ['x', '^', .. var power] => $"pow({value}, {power}.0)",
        var own => $"{own}({value})",
    };

    /// <inheritdoc/>
    protected override string Truth(string parameter) => $"({parameter} ? 1.0 : 0.0)";

    /// <inheritdoc/>
    protected override string Power(string value, int power) =>
        string.Create(CultureInfo.InvariantCulture, $"pow({value}, {power}.0)");

    /// <inheritdoc/>
    protected override string TableName(string own) => own;

    private string Text()
    {
        string[] inputs = IsPlain ? [] : Inputs(); // first what is computed, which tells what it needs
        var guard = _name.ToUpperInvariant() + "_H";
        var made = IsPlain ? "" : $", made from {Count(Columns.Count, "column")}";
        var text = new StringBuilder();
        text.Append($"/* y = W x + b, written by Plumb: {Count(Map.InputCount, "input")}{made}, to "
            + $"{Count(Map.TargetCount, "target")}. */\n#ifndef {guard}\n#define {guard}\n\n");
        text.Append(IsPlain ? "" : "#include <math.h>\n#include <string.h>\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"enum {{ {_name}_columns = {Columns.Count}, {_name}_targets = {Map.TargetCount} }};\n\n");
        text.Append(NameFunction("column", Columns)).Append(NameFunction("target", Design.Columns.Targets));
        foreach (var (_, parameter, category) in Categories)
        {
            text.Append(Level(parameter, category));
        }

        return text.Append(IsPlain ? OfArray() : OfColumns(inputs)).Append($"#endif /* {guard} */\n").ToString();
    }

    // The name of column i, or of target i.
    private string NameFunction(string what, IReadOnlyList<string> names) => $$"""
        static inline const char *{{_name}}_{{what}}(int i)
        {
            static const char *const names[] = { {{List(names, Quoted)}} };
            return names[i];
        }


        """.ReplaceLineEndings("\n");

    private string OfArray() => $$"""
        /* The targets of a row: x holds one number for every column, y receives one for every target. */
        static inline void {{_name}}_apply(const double *x, double *y)
        {
        {{Numbers()}}    for (int i = 0; i < {{_name}}_targets; i++) {
                double sum = b[i];
                for (int j = 0; j < {{_name}}_columns; j++)
                    sum += w[i][j] * x[j];
                y[i] = sum;
            }
        }


        """.ReplaceLineEndings("\n");

    private string OfColumns(string[] inputs)
    {
        var text = new StringBuilder("/* The targets of a row, in their own units: y receives one number for every "
            + "target.\n");
        foreach (var (column, parameter) in Columns.Zip(Parameters))
        {
            text.Append($"   {parameter}: {Commented(column)}\n");
        }

        text.Append("   Returns 0; or, where a column holds what the model does not take, its number from 1: y is not "
            + "written. */\n");
        var parameters = Columns.Zip(Parameters).Select(pair => TypeOf(pair.First) + pair.Second);
        text.Append($"static inline int {_name}_apply({string.Join(", ", parameters.Append("double *y"))})\n{{\n");
        text.Append(Numbers());
        foreach (var (table, values) in Tables)
        {
            text.Append($"    static const double {table}[] = {{ {List(values, Literal)} }};\n");
        }

        foreach (var (column, parameter, _) in Categories)
        {
            text.Append($"    const int {parameter}_level = {_name}_level_{parameter}({parameter});\n");
            text.Append(CultureInfo.InvariantCulture,
                $"    if ({parameter}_level < 0)\n        return {Place(column)};\n");
        }

        foreach (var (condition, place) in Conditions())
        {
            text.Append(CultureInfo.InvariantCulture, $"    if (!({condition}))\n        return {place};\n");
        }

        text.Append("    const double x[] = {\n");
        text.Append(string.Join(",\n", inputs.Select(input => "        " + input)));
        text.Append(CultureInfo.InvariantCulture, $"\n    }};\n    for (int i = 0; i < {_name}_targets; i++) {{\n");
        text.Append(CultureInfo.InvariantCulture,
            $"        double sum = b[i];\n        for (int j = 0; j < {Map.InputCount}; j++)\n");
        text.Append("            sum += w[i][j] * x[j];\n        y[i] = sum;\n    }\n");
        foreach (var (target, function) in Undone())
        {
            text.Append(CultureInfo.InvariantCulture, $"    y[{target}] = {Inverse(function, target)};\n");
        }

        return text.Append("    return 0;\n}\n\n").ToString();
    }

    private string Commented(string column) => Escaped.InFull(Described(column))
        .Replace("*/", "* /", StringComparison.Ordinal).Replace("/*", "/ *", StringComparison.Ordinal);

    private string Numbers()
    {
        var rows = Enumerable.Range(0, Map.TargetCount).Select(t => $"        "
            + $"{{ {List(Map.WeightsOf(t).ToArray(), Literal)} }}");
        return string.Create(CultureInfo.InvariantCulture,
            $"    static const double w[{Map.TargetCount}][{Map.InputCount}] = {{\n{string.Join(",\n", rows)}\n")
                + $"    }};\n    static const double b[] = {{ {List(Map.Bias.ToArray(), Literal)} }};\n";
    }

    private int Place(string column) => Columns.ToList().IndexOf(column) + 1;

    // What each function takes; a number that is none goes through.
    private IEnumerable<(string Condition, int Place)> Conditions()
    {
        foreach (var (column, function) in Design.Terms.SelectMany(term => term.Factors)
            .Where(factor => factor.Function is not null).Select(factor => (factor.Column, factor.Function!))
            .Distinct())
        {
            var value = MeaningOf(column) is ColumnMeaning.Truth ? Truth(Parameters[Place(column) - 1])
                : Parameters[Place(column) - 1];
            var condition = function.Name switch
            {
                "log" or "log10" or "log2" => $"{value} > 0",
                "log1p" => $"{value} > -1",
                "sqrt" => $"{value} >= 0",
                "exp" or "abs" => "",
                _ => $"{value} != 0",
            };
            if (condition.Length > 0)
            {
                yield return ($"{condition} || {value} != {value}", Place(column));
            }
        }
    }

    private string TypeOf(string column) => MeaningOf(column) switch
    {
        ColumnMeaning.Category { OfNumbers: false } => "const char *",
        ColumnMeaning.Truth => "int ",
        _ => "double ",
    };

    // Its place among the levels; -1 where it is none.
    private string Level(string parameter, ColumnMeaning.Category category)
    {
        var (type, condition) = category.OfNumbers ? ("double value", "value == levels[k]")
            : ("const char *value", "strcmp(value, levels[k]) == 0");
        var of = category.OfNumbers ? "double levels[]" : "char *const levels[]";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            static inline int {{_name}}_level_{{parameter}}({{type}})
            {
                static const {{of}} = { {{List(category.Names, level => category.OfNumbers
                    ? Literal(double.Parse(level, CultureInfo.InvariantCulture)) : Quoted(level))}} };
                for (int k = 0; k < {{category.Names.Count}}; k++)
                    if ({{condition}})
                        return k;
                return -1;
            }


            """).ReplaceLineEndings("\n");
    }

    private static string Inverse(string function, int target)
    {
        var y = string.Create(CultureInfo.InvariantCulture, $"y[{target}]");
        return function switch
        {
            "exp" => $"log({y})",
            "log" => $"exp({y})",
            "log10" => $"pow(10.0, {y})",
            "log2" => $"pow(2.0, {y})",
            "log1p" => $"expm1({y})",
            "sqrt" => $"{y} * {y}",
            "1/x" => $"1.0 / {y}",
            _ => throw new NotSupportedException($"C cannot undo {function}."),
        };
    }

    // UTF-8; octal digits end after three of them, and no trigraph arises.
    private static string Quoted(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            literal.Append(octet is (byte)'"' or (byte)'\\' or (byte)'?' ? "\\" + (char)octet
                : octet is >= (byte)' ' and < 127 ? ((char)octet).ToString()
                : "\\" + Convert.ToString(octet, 8).PadLeft(3, '0'));
        }

        return literal.Append('"').ToString();
    }
}
