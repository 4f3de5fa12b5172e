using static Plumb.Formats.CSharpText;

namespace Plumb.Formats;

/// <summary>
/// Writes a C# class that computes y = W x + b and needs nothing else; it sums in the order of <see cref="AffineMap"/>,
/// so it gives the same bits.
/// </summary>
internal static class CSharpWriter
{
    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, AffineModel model, string name)
    {
        if (model.Design is { IsPlain: false } design)
        {
            CSharpRecipe.Write(stream, model.Map, design, name);
            return;
        }

        var map = model.Map;
        using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        text.Write($$"""
            // y = W x + b, written by Plumb.

            /// <summary>
            /// An affine map with {{Count(map.InputCount, "input")}} and {{Count(map.TargetCount, "target")}}.
            /// </summary>
            public static class {{ClassName(name)}}
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
                /// <param name="x">One number per input.</param>
                /// <returns>One number per target.</returns>
                public static double[] Apply(params double[] x)
                {
                    if (x.Length != Inputs.Length)
                    {
                        throw new System.ArgumentException("x has " + x.Length + " numbers, expected "
                            + "{{map.InputCount}}: one per input, in the order of Inputs.", nameof(x));
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
}
