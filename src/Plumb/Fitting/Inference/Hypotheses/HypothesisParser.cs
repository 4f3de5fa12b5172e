using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Reads linear equations between parameters by recursive descent. At each place the longest name that stands there is
/// taken, so that names with signs in them, as log(x) or x^2, are read as names.
/// </summary>
internal sealed class HypothesisParser
{
    private const string Bias = "bias";

    private readonly string _text;
    private readonly HypothesisScanner _next;
    private readonly Design _design;
    private readonly int _width; // parameters of a target: bias, weights
    private readonly Dictionary<string, int> _places; // of parameters that a bare name stands for
    private readonly string[] _names; // of these, the longest first

    public HypothesisParser(string text, Design design)
    {
        (_text, _design, _width) = (text, design, design.Names.Inputs.Count + 1);
        _next = new HypothesisScanner(text);
        _places = new Dictionary<string, int>(StringComparer.Ordinal) { [Bias] = 0 };
        foreach (var (j, name) in design.Names.Inputs.Index())
        {
            _places[name] = j + 1;
        }

        _names = [.. _places.Keys.OrderByDescending(name => name.Length)];
    }

    /// <summary>The equations.</summary>
    public List<Restriction> Parse()
    {
        List<Restriction> restrictions = [];
        do
        {
            restrictions.AddRange(Category() ?? Chain());
        }
        while (_next.Takes(','));
        return _next.IsDone ? restrictions : throw Refusal("expected '=', ',' or the end");
    }

    /// <summary>A column of categories that is 0: each of its levels is.</summary>
    private List<Restriction>? Category()
    {
        var start = _next.At;
        _next.SkipBlanks();
        var columns = _design.Columns.Inputs.Except(_design.Names.Inputs);
        foreach (var column in columns.OrderByDescending(name => name.Length))
        {
            if (!_next.Stands(column))
            {
                continue;
            }

            _next.At += column.Length;
            int[] levels = [.. Enumerable.Range(0, _design.Terms.Count).Where(j =>
                _design.Terms[j].Factors is [{ Contrast: not null } only] && only.Column == column)];
            if (levels.Length > 0 && (_next.AtEnd(',') || (_next.Takes('=') && _next.Takes('0') && _next.AtEnd(','))))
            {
                return [.. levels.Select(j => Zero(j + 1, _design.Names.Inputs[j]))];
            }

            break;
        }

        _next.At = start;
        return null;
    }

    private Restriction Zero(int place, string name)
    {
        var coefficients = new Rational[_width];
        coefficients[place] = 1;
        return Restriction.Of($"{name} = 0", coefficients, 0, ofTargets: false);
    }

    /// <summary>a = b = c: two equations. A sum alone is said to be 0.</summary>
    private List<Restriction> Chain()
    {
        List<Restriction> restrictions = [];
        var (start, left) = (_next.At, Sum());
        if (_next.AtEnd(','))
        {
            return [Equation($"{_text[start.._next.At].Trim()} = 0", left)];
        }

        while (_next.Takes('='))
        {
            var middle = _next.At;
            var right = Sum();
            restrictions.Add(Equation(_text[start.._next.At].Trim(), left.Plus(right, -1)));
            (start, left) = (middle, right);
        }

        return restrictions.Count > 0 ? restrictions : throw Refusal("expected '='");
    }

    private Restriction Equation(string text, LinearForm form)
    {
        if (form.Coefficients.All(pair => pair.Value.IsZero))
        {
            throw new FormatException($"'{text}' says nothing of any parameter; name an input, as in x1 = 0.");
        }

        int[] places = [.. form.Coefficients.Where(pair => !pair.Value.IsZero).Select(pair => pair.Key)];
        var isOfTargets = places[0] >= _width;
        if (places.Any(place => place >= _width != isOfTargets))
        {
            throw new FormatException($"'{text}' names a target in one place and not in another; write "
                + "w[TARGET,INPUT] for every weight, or for none.");
        }

        var coefficients = new Rational[isOfTargets ? _width * _design.Names.Targets.Count : _width];
        foreach (var place in places)
        {
            coefficients[isOfTargets ? place - _width : place] = form.Coefficients[place];
        }

        return Restriction.Of(text, coefficients, -form.Constant, isOfTargets);
    }

    private LinearForm Sum()
    {
        var sum = _next.Takes('-') ? new LinearForm().Plus(Product(), -1) : Product();
        while (true)
        {
            if (_next.Takes('+'))
            {
                sum = sum.Plus(Product(), 1);
            }
            else if (_next.Takes('-'))
            {
                sum = sum.Plus(Product(), -1);
            }
            else
            {
                return sum;
            }
        }
    }

    private LinearForm Product()
    {
        var product = Factor();
        while (true)
        {
            var start = _next.At;
            if (_next.Takes('/'))
            {
                var divisor = Factor();
                product = divisor.IsConstant && !divisor.Constant.IsZero ? product.Times(1 / divisor.Constant)
                    : throw Refusal("expected a number other than 0 below '/'", start);
            }
            else if (_next.Takes('*') || (product.IsConstant && BeginsFactor()))
            {
                var factor = Factor();
                product = factor.IsConstant ? product.Times(factor.Constant)
                    : product.IsConstant ? factor.Times(product.Constant)
                    : throw Refusal("expected no product of two parameters", start);
            }
            else
            {
                return product;
            }
        }
    }

    private LinearForm Factor()
    {
        if (_next.Takes('('))
        {
            var sum = Sum();
            return _next.Takes(')') ? sum : throw Refusal("expected ')'");
        }

        return Parameter() ?? (_next.Number() is { } number ? new LinearForm { Constant = number }
            : throw Refusal("expected a number, " + Expected()));
    }

    private bool BeginsFactor()
    {
        var start = _next.At;
        _next.SkipBlanks();
        var begins = !_next.IsDone && (_text[_next.At] == '(' || Parameter() is not null);
        _next.At = start;
        return begins;
    }

    private LinearForm? Parameter()
    {
        _next.SkipBlanks();
        if (_next.Takes('`'))
        {
            var end = _text.IndexOf('`', _next.At);
            var name = end < 0 ? throw Refusal("expected a second back-tick") : _text[_next.At..end];
            _next.At = end + 1;
            return _places.TryGetValue(name, out var place) ? LinearForm.Of(place)
                : throw new FormatException($"'{name}' is no input; expected {Expected()}.");
        }

        if (_names.FirstOrDefault(_next.Stands) is { } found)
        {
            _next.At += found.Length;
            return LinearForm.Of(_places[found]);
        }

        return _next.Takes("w[") ? OfTarget(hasInput: true)
            : _next.Takes("b[") || _next.Takes("bias[") ? OfTarget(hasInput: false) : null;
    }

    private LinearForm OfTarget(bool hasInput)
    {
        var target = OneOf(_design.Names.Targets, "a target");
        var place = 0;
        if (hasInput)
        {
            _ = _next.Takes(',') ? 0 : throw Refusal("expected ',' and an input");
            place = OneOf(_design.Names.Inputs, "an input") + 1;
        }

        return _next.Takes(']') ? LinearForm.Of(_width + target * _width + place) : throw Refusal("expected ']'");
    }

    private int OneOf(IReadOnlyList<string> names, string what)
    {
        _next.SkipBlanks();
        var found = names.Where(_next.Stands).MaxBy(name => name.Length)
            ?? throw Refusal($"expected {what}: {Some(names)}");
        _next.At += found.Length;
        return names.Index().First(name => name.Item == found).Index;
    }

    private string Expected() => $"an input ({Some(_design.Names.Inputs)}), {Bias}, w[TARGET,INPUT] or b[TARGET]";

    private static string Some(IReadOnlyList<string> names)
    {
        const int Most = 8;
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? ", .." : "");
    }

    private FormatException Refusal(string expected, int? at = null)
    {
        var rest = _text[Math.Min(at ?? _next.At, _text.Length)..].Trim();
        return new FormatException($"'{_text}': {(rest.Length > 0 ? $"at '{rest}'" : "at its end")} {expected}.");
    }
}
