using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// An ONNX model that takes the columns themselves, one input each: texts, truth values or numbers. A category's levels
/// are looked up in a table of what they add to each target; a level that is not known makes the prediction NaN.
/// </summary>
internal sealed class OnnxRecipe
{
    private readonly OnnxGraph _graph;
    private readonly AffineMap _map;
    private readonly Design _design;
    private readonly Dictionary<string, string> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Marks, string Known)> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<TermFactor, string> _factors = [];

    private OnnxRecipe(AffineMap map, Design design, bool isSingle) =>
        (_map, _design, _graph) = (map, design, new OnnxGraph(isSingle));

    /// <summary>The model.</summary>
    public static ProtobufMessage Of(AffineMap map, Design design, string name, bool isSingle)
    {
        var recipe = new OnnxRecipe(map, design, isSingle);
        var (columns, targets) = (design.Columns.Inputs, design.Columns.Targets);
        foreach (var column in columns)
        {
            recipe._columns[column] = recipe.Input(column);
        }

        var output = columns.Contains("y", StringComparer.Ordinal) ? "prediction" : "y";
        while (columns.Contains(output, StringComparer.Ordinal))
        {
            output += "_";
        }

        recipe._graph.Reserve(output);
        var sum = recipe.Parts().Aggregate((left, right) => recipe._graph.Node("Add", [left, right]));
        var linear = recipe._graph.Node("Add", [sum, recipe._graph.Constant("bias", [map.TargetCount], map.Bias)]);
        var result = recipe.Undone(linear);
        return recipe._graph.ToModel(name, recipe._graph.Named("Identity", [result], output), map.TargetCount, columns,
            targets);
    }

    private string Input(string column) => _design.Meanings.GetValueOrDefault(column) switch
    {
        ColumnMeaning.Category { OfNumbers: true } => _graph.Numbers(column, 1, "a category of numbers"),
        ColumnMeaning.Category => _graph.Texts(column, "a category"),
        ColumnMeaning.Truth => _graph.TruthValues(column, "true or false"),
        ColumnMeaning.Time date => _graph.Numbers(column, 1, $"{date.Unit} since {date.Beginning}"),
        _ => _graph.Numbers(column, 1),
    };

    /// <summary>What adds up to W x: that of inputs that are numbers, then that of each category.</summary>
    private IEnumerable<string> Parts()
    {
        var numbers = new List<int>();
        var categories = new Dictionary<string, (List<int> Terms, TermFactor[] Others, string Column)>(
            StringComparer.Ordinal);
        foreach (var (j, term) in _design.Terms.Index())
        {
            TermFactor[] contrasts = [.. term.Factors.Where(factor => factor.Contrast is not null)];
            if (contrasts is not [{ Power: 1 } only])
            {
                numbers.Add(j);
                continue;
            }

            TermFactor[] rest = [.. term.Factors.Where(factor => factor != only)];
            var key = string.Join(':', [.. rest.Select(factor => factor.Name), only.Column]);
            if (!categories.TryGetValue(key, out var group))
            {
                categories.Add(key, group = ([], rest, only.Column));
            }

            group.Terms.Add(j);
        }

        if (numbers.Count > 0)
        {
            string[] inputs = [.. numbers.Select(j => Product(_design.Terms[j].Factors))];
            var x = inputs is [var single] ? single : _graph.Node("Concat", inputs, OnnxGraph.Attribute("axis", 1));
            var weights = numbers.SelectMany(j =>
                Enumerable.Range(0, _map.TargetCount).Select(t => _map.WeightsOf(t)[j]));
            yield return _graph.Node("MatMul",
                [x, _graph.Constant("weights", [numbers.Count, _map.TargetCount], [.. weights])]);
        }

        foreach (var (terms, rest, column) in categories.Values)
        {
            var effect = Looked(column, Effects(terms, column), _map.TargetCount);
            yield return rest.Length == 0 ? effect : _graph.Node("Mul", [Product(rest), effect]);
        }
    }

    /// <summary>What each level adds to each target, levels x targets.</summary>
    private double[] Effects(List<int> terms, string column)
    {
        var targets = _map.TargetCount;
        var effects = new double[LevelsOf(column).Count * targets];
        foreach (var j in terms)
        {
            var values = _design.Terms[j].Factors.First(factor => factor.Contrast is not null).Contrast!.Values;
            for (var i = 0; i < effects.Length; i++)
            {
                effects[i] += _map.WeightsOf(i % targets)[j] * values[i / targets];
            }
        }

        return effects;
    }

    /// <summary>The rows of a table, levels x width, that a category's levels name.</summary>
    private string Looked(string column, double[] table, int width)
    {
        var levels = LevelsOf(column);
        if (_design.Meanings[column] is ColumnMeaning.Category { OfNumbers: false })
        {
            double[] withUnknown = [.. table, .. Enumerable.Repeat(double.NaN, width)]; // place -1 is the last row
            return _graph.Node("Gather",
                [_graph.Constant("levels", [levels.Count + 1, width], withUnknown), Places(column)]);
        }

        var (marks, known) = Marks(column);
        return _graph.Node("Div",
            [_graph.Node("MatMul", [marks, _graph.Constant("levels", [levels.Count, width], table)]), known]); // 0/0
    }

    private string Places(string column)
    {
        if (!_places.TryGetValue(column, out var places))
        {
            places = _graph.Node("Reshape",
                [_graph.PlacesIn(_columns[column], LevelsOf(column)), _graph.Whole(-1)]);
            _places.Add(column, places);
        }

        return places;
    }

    /// <summary>A one in the column of its level for each row, and how many there are: 1, or 0 where it is not
    /// known.</summary>
    private (string Marks, string Known) Marks(string column)
    {
        if (!_marks.TryGetValue(column, out var marks))
        {
            double[] levels = [.. LevelsOf(column).Select(level => double.Parse(level, CultureInfo.InvariantCulture))];
            var equal = _graph.Node("Equal", [_columns[column], _graph.Constant("levels", [1, levels.Length], levels)]);
            var ones = _graph.Node("Cast", [equal], OnnxGraph.Attribute("to", _graph.NumberType));
            double[] all = [.. levels.Select(_ => 1.0)];
            marks = (ones, _graph.Node("MatMul", [ones, _graph.Constant("ones", [levels.Length, 1], all)]));
            _marks.Add(column, marks);
        }

        return marks;
    }

    private IReadOnlyList<string> LevelsOf(string column) =>
        ((ColumnMeaning.Category)_design.Meanings[column]).Names;

    private string Product(IReadOnlyList<TermFactor> factors) =>
        factors.Select(Powered).Aggregate((left, right) => _graph.Node("Mul", [left, right]));

    private string Powered(TermFactor factor)
    {
        var value = Value(factor.Base);
        return Enumerable.Repeat(value, factor.Power).Aggregate((left, right) => _graph.Node("Mul", [left, right]));
    }

    private string Value(TermFactor factor)
    {
        if (!_factors.TryGetValue(factor, out var value))
        {
            value = factor.Contrast is { } contrast ? Looked(factor.Column, [.. contrast.Values], 1)
                : factor.Function is { } function ? Applied(function, _columns[factor.Column])
                : _columns[factor.Column];
            _factors.Add(factor, value);
        }

        return value;
    }

    private string Applied(ColumnFunction function, string x) => function.Name switch
    {
        "exp" => _graph.Node("Exp", [x]),
        "log" => _graph.Node("Log", [x]),
        "log10" => _graph.Node("Div", [_graph.Node("Log", [x]), _graph.Constant(Math.Log(10))]),
        "log2" => _graph.Node("Div", [_graph.Node("Log", [x]), _graph.Constant(Math.Log(2))]),
        "log1p" => LogOfOneMore(x),
        "sqrt" => _graph.Node("Sqrt", [x]),
        "abs" => _graph.Node("Abs", [x]),
        "1/x" => _graph.Node("Reciprocal", [x]),
        var other when other.StartsWith("x^-", StringComparison.Ordinal) => _graph.Node("Reciprocal",
            [Enumerable.Repeat(x, int.Parse(other.AsSpan(3), CultureInfo.InvariantCulture))
                .Aggregate((left, right) => _graph.Node("Mul", [left, right]))]),
        var other => throw new NotSupportedException($"ONNX has no {other}."),
    };

    // Kahan's: x log(u) / (u - 1) with u = 1 + x as it is rounded.
    private string LogOfOneMore(string x)
    {
        var one = _graph.Constant(1);
        var u = _graph.Node("Add", [x, one]);
        var product = _graph.Node("Mul", [_graph.Node("Log", [u]), x]);
        var ratio = _graph.Node("Div", [product, _graph.Node("Sub", [u, one])]);
        return _graph.Node("Where", [_graph.Node("Equal", [u, one]), x, ratio]);
    }

    /// <summary>The targets in their own units, where they are functions of columns.</summary>
    private string Undone(string y)
    {
        string?[] functions = [.. _design.Targets.Select(term => term.Factors[0].Function?.Name)];
        if (Array.TrueForAll(functions, function => function == functions[0]))
        {
            return Inverted(functions[0], y);
        }

        string[] columns = [.. functions.Select((function, t) => Inverted(function,
            _graph.Node("Gather", [y, _graph.Whole(t)], OnnxGraph.Attribute("axis", 1))))];
        return _graph.Node("Concat", columns, OnnxGraph.Attribute("axis", 1));
    }

    private string Inverted(string? function, string y) => function switch
    {
        null => y,
        "exp" => _graph.Node("Log", [y]),
        "log" => _graph.Node("Exp", [y]),
        "log10" => _graph.Node("Pow", [_graph.Constant(10), y]),
        "log2" => _graph.Node("Pow", [_graph.Constant(2), y]),
        "log1p" => ExpLessOne(y),
        "sqrt" => _graph.Node("Mul", [y, y]),
        "1/x" => _graph.Node("Reciprocal", [y]),
        _ => throw new NotSupportedException($"ONNX cannot undo {function}."),
    };

    // Kahan's: (u - 1) y / log(u) with u = exp(y) as it is rounded.
    private string ExpLessOne(string y)
    {
        var one = _graph.Constant(1);
        var u = _graph.Node("Exp", [y]);
        var less = _graph.Node("Sub", [u, one]);
        var ratio = _graph.Node("Div", [_graph.Node("Mul", [less, y]), _graph.Node("Log", [u])]);
        var isTiny = _graph.Node("Equal", [u, one]);
        var isLost = _graph.Node("Equal", [less, _graph.Constant(-1)]);
        return _graph.Node("Where", [isTiny, y, _graph.Node("Where", [isLost, less, ratio])]);
    }
}
