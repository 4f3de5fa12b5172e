using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>
/// Writes a C# class that computes y = W x + b and needs nothing else; it sums in the order of <see cref="AffineMap"/>,
/// so it gives the same bits.
/// </summary>
internal static class CSharpWriter
{
    /// <summary>Writes a map.</summary>
    public static void Write(Stream stream, AffineMap map, string name)
    {
        using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        text.Write($$"""
            // y = W x + b, written by Plumb.

            /// <summary>
            /// An affine map with {{Count(map.InputCount, "input")}} and {{Count(map.TargetCount, "target")}}.
            /// </summary>
            public static class {{Identifier(name)}}
            {
                /// <summary>The names of the inputs, in the order of x.</summary>
                public static readonly string[] Inputs = { {{List(map.Names.Inputs, Literal)}} };

                /// <summary>The names of the targets, in the order of y.</summary>
                public static readonly string[] Targets = { {{List(map.Names.Targets, Literal)}} };

                private static readonly double[][] Weights = // targets x inputs
                {

            """.ReplaceLineEndings("\n"));
        for (var target = 0; target < map.TargetCount; target++)
        {
            text.WriteLine($"        new double[] {{ {List(map.WeightsOf(target).ToArray(), Literal)} }},");
        }

        text.Write($$"""
                };

                private static readonly double[] Bias = { {{List(map.Bias.ToArray(), Literal)}} };

                /// <summary>y = W x + b.</summary>
                /// <param name="x">One number an input.</param>
                /// <returns>One number a target.</returns>
                public static double[] Apply(params double[] x)
                {
                    if (x.Length != Inputs.Length)
                    {
                        throw new System.ArgumentException("x has " + x.Length + " numbers, expected "
                            + "{{map.InputCount}}: one an input, in the order of Inputs.", nameof(x));
                    }

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

                    return y;
                }
            }

            """.ReplaceLineEndings("\n"));
    }

    /// <summary>A name as C# has classes: house-prices becomes HousePrices.</summary>
    private static string Identifier(string name)
    {
        var identifier = new StringBuilder();
        var begins = true;
        foreach (var c in name)
        {
            var fits = char.IsLetterOrDigit(c) || c == '_';
            if (fits)
            {
                identifier.Append(begins ? char.ToUpperInvariant(c) : c);
            }

            begins = !fits;
        }

        return identifier.Length > 0 && (char.IsLetter(identifier[0]) || identifier[0] == '_') && !IsKeyword(identifier)
            ? identifier.ToString() : "Model" + identifier;
    }

    // A letter without an upper case may begin a word, but no keyword does; members must not be called like their
    // class.
    private static bool IsKeyword(StringBuilder identifier) =>
        identifier.ToString() is "Inputs" or "Targets" or "Weights" or "Bias" or "Apply";

    private static string List<T>(IEnumerable<T> items, Func<T, string> literal) =>
        string.Join(", ", items.Select(literal));

    // The shortest digits that give the same double back, and never a whole number, whose -0 would be 0.
    private static string Literal(double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(
                c is '"' or '\\' || char.IsControl(c) || char.IsSurrogate(c)
                    || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
                : c.ToString());
        }

        return literal.Append('"').ToString();
    }

    private static string Count(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
