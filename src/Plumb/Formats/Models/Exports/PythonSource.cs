using System.Globalization;
using System.Text;
using static Plumb.Formats.CSharpText;

namespace Plumb.Formats;

/// <summary>
/// Writes a Python module that needs nothing but Python 3 itself. It sums in the order of <see cref="AffineMap"/>, so
/// it
/// gives the same bits where inputs are columns.
/// </summary>
internal sealed class PythonSource(AffineMap map, Design? design) : ModelSource(map, design, s_reserved)
{
    private static readonly string[] s_reserved =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
        "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "math", "x", "y", "apply", "zip",
        "float", "tuple", "len", "COLUMNS", "TARGETS", "ValueError", "value", "name", "total", "weights", "bias",
    ];

    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, AffineModel model)
    {
        using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        text.Write(new PythonSource(model.Map, model.Design).Text());
    }

    /// <inheritdoc/>
    protected override string Call(ColumnFunction function, string value, string column) =>
        $"_{NameOf(function)}({value}, {Quoted(function.Of(column))})";

    /// <inheritdoc/>
    protected override string Truth(string parameter) => $"(1.0 if {parameter} else 0.0)";

    /// <inheritdoc/>
    protected override string TableName(string name) => "_" + name;

    /// <inheritdoc/>
    protected override string Power(string value, int power) =>
        string.Create(CultureInfo.InvariantCulture, $"math.pow({value}, {power}.0)");

    private string Text()
    {
        string[] inputs = IsPlain ? [] : Inputs(); // first what is computed, which tells what it needs
        var made = IsPlain ? "" : $", made from {Count(Columns.Count, "column")}";
        var text = new StringBuilder();
        text.Append($"\"\"\"y = W x + b, written by Plumb: {Count(Map.InputCount, "input")}{made}, to "
            + $"{Count(Map.TargetCount, "target")}.\"\"\"\n\n");
        if (!IsPlain)
        {
            text.Append("import math\n\n");
        }

        text.Append($"COLUMNS = {Tuple(Columns, Quoted)}  # in the order of {(IsPlain ? "x" : "the parameters")}\n");
        text.Append($"TARGETS = {Tuple(Design.Columns.Targets, Quoted)}  # in the order of y\n\n");
        text.Append("_WEIGHTS = (  # targets x inputs\n");
        for (var t = 0; t < Map.TargetCount; t++)
        {
            text.Append($"    {Tuple([.. Map.WeightsOf(t)], Literal)},\n");
        }

        text.Append($")\n_BIAS = {Tuple([.. Map.Bias], Literal)}\n");
        foreach (var (name, values) in Tables)
        {
            text.Append($"{name} = {Tuple(values, Literal)}\n");
        }

        text.Append(Levels()).Append(Helpers());
        text.Append(IsPlain ? OfArray() : OfColumns(inputs));
        return text.ToString();
    }

    private static string OfArray() => """"


        def apply(x):
            """The targets of a row x: one number for every name in COLUMNS, in that order."""
            if len(x) != len(COLUMNS):
                raise ValueError(f"x has {len(x)} numbers, expected {len(COLUMNS)}")
            y = []
            for weights, bias in zip(_WEIGHTS, _BIAS):
                total = bias
                for weight, value in zip(weights, x):
                    total += weight * value
                y.append(total)
            return y

        """".ReplaceLineEndings("\n");

    private string OfColumns(string[] inputs)
    {
        var text = new StringBuilder($"\n\ndef apply({string.Join(", ", Parameters)}):\n");
        text.Append("    \"\"\"The targets of a row, in their own units.\n\n");
        foreach (var (column, parameter) in Columns.Zip(Parameters))
        {
            text.Append($"    {parameter}: {Quoted(Described(column))[1..^1]}\n");
        }

        text.Append("    \"\"\"\n");
        foreach (var (column, parameter, _) in Categories)
        {
            text.Append($"    {parameter}_level = _level(_{parameter}_levels, {parameter}, {Quoted(column)})\n");
        }

        text.Append("    x = (\n").Append(string.Concat(inputs.Select(input => $"        {input},\n")));
        text.Append("    )\n    y = []\n    for weights, bias in zip(_WEIGHTS, _BIAS):\n        total = bias\n");
        text.Append("        for weight, value in zip(weights, x):\n            total += weight * value\n");
        text.Append("        y.append(total)\n");
        foreach (var (target, function) in Undone())
        {
            text.Append(CultureInfo.InvariantCulture, $"    y[{target}] = {Inverse(function, target)}\n");
        }

        return text.Append("    return y\n").ToString();
    }

    private string Levels()
    {
        if (!Categories.Any())
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (_, parameter, category) in Categories)
        {
            text.Append($"_{parameter}_levels = {Tuple(category.Names, name => category.OfNumbers
                ? Literal(double.Parse(name, CultureInfo.InvariantCulture)) : Quoted(name))}\n");
        }

        return text + """


            def _level(levels, value, name):
                if value not in levels:
                    raise ValueError(f"{name} holds {value!r}, which is no level that the model knows")
                return levels.index(value)

            """.ReplaceLineEndings("\n");
    }

    private string Helpers() => string.Concat(Functions.Select(pair => $"""


        def _{pair.Key}(value, name):
            if not ({Condition(pair.Value)} or value != value):
                raise ValueError(f"{"{name}"} was asked of {"{value}"}, expected {pair.Value.Domain}")
            return {Formula(pair.Value)}

        """.ReplaceLineEndings("\n")));

    private static string Condition(ColumnFunction function) => function.Name switch
    {
        "log" or "log10" or "log2" => "value > 0",
        "log1p" => "value > -1",
        "sqrt" => "value >= 0",
        "exp" or "abs" => "True",
        _ => "value != 0",
    };

    private static string Formula(ColumnFunction function) => function.Name switch
    {
        "abs" => "abs(value)",
        "1/x" => "1.0 / value",
        ['x', '^', .. var power] => $"math.pow(value, {power}.0)",
        var name => $"math.{name}(value)",
    };

    private static string Inverse(string function, int target)
    {
        var y = string.Create(CultureInfo.InvariantCulture, $"y[{target}]");
        return function switch
        {
            "exp" => $"math.log({y}) if {y} > 0 else math.nan",
            "log" => $"math.exp({y})",
            "log10" => $"math.pow(10.0, {y})",
            "log2" => $"math.pow(2.0, {y})",
            "log1p" => $"math.expm1({y})",
            "sqrt" => $"{y} * {y}",
            "1/x" => $"1.0 / {y} if {y} != 0 else math.inf",
            _ => throw new NotSupportedException($"Python cannot undo {function}."),
        };
    }

    private static string Tuple<T>(IReadOnlyList<T> items, Func<T, string> literal) =>
        $"({string.Join(", ", items.Select(literal))}{(items.Count == 1 ? "," : "")})";

    private static string Quoted(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value is '"' or '\\' ? "\\" + rune
                : rune.Value is >= ' ' and < 127 || Rune.IsLetter(rune) ? rune.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"));
        }

        return literal.Append('"').ToString();
    }
}
