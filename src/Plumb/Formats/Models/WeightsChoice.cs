namespace Plumb.Formats;

/// <summary>Which arrays of a file are W and b: told by their names, else by their shapes, else asked for.</summary>
/// <param name="Weights">W.</param>
/// <param name="Bias">b; null when there is none.</param>
internal sealed record WeightsChoice(StoredArray Weights, StoredArray? Bias)
{
    private const int LongestList = 12; // names that a message repeats
    private static readonly string[] s_weights =
        ["coef_", "coef", "coefficients", "weights", "weight", "w", "kernel", "slope"];
    private static readonly string[] s_biases = ["intercept_", "intercept", "bias", "biases", "b", "const", "constant"];

    /// <summary>Chooses among the arrays of a file.</summary>
    /// <exception cref="InvalidDataException">Neither names nor shapes tell, or there is no array of a name asked
    /// for.</exception>
    public static WeightsChoice Of(IReadOnlyList<StoredArray> arrays, WeightsFormat format, string file,
        ICollection<Finding> findings)
    {
        var weights = format.WeightsName is { } asked ? Named(arrays, asked, file)
            : ByName(arrays, s_weights, "weights", file, Remedies.NameWeights) ?? ByShape(arrays, file);
        var others = arrays.Where(array => array != weights).ToList();
        var bias = format.BiasName is { } name ? Named(others, name, file) : BiasBeside(weights, others, file);
        var unused = others.Where(array => array != bias).Select(array => array.Name).ToList();
        if (bias is null && format.BiasAt is null)
        {
            findings.Add(
                new Finding(Severity.Information, "no-bias",
                    $"{weights.Place}: there is no bias beside the weights; b = 0 was taken.",
                    "If the map has one, store it too, or " + Remedies.NameBias + "."));
        }

        if (unused.Count > 0)
        {
            findings.Add(
                new Finding(Severity.Information, "arrays-unused",
                    $"{file}: W is '{Escaped.Of(weights.Name)}'"
                        + $"{(bias is null ? "" : $", b is '{Escaped.Of(bias.Name)}'")}; not used: {List(unused)}.",
                    ""));
        }

        return new WeightsChoice(weights, bias);
    }

    /// <summary>Whether an array of this name is taken for weights or a bias.</summary>
    public static bool IsKnown(string name) => IsWeights(name) || s_biases.Contains(LastPart(name));

    /// <summary>Whether an array of this name is taken for weights.</summary>
    public static bool IsWeights(string name) => s_weights.Contains(LastPart(name));

    private static StoredArray Named(IReadOnlyList<StoredArray> arrays, string name, string file) =>
        arrays.FirstOrDefault(array => array.Name == name)
        ?? (arrays.Where(array => LastPart(array.Name, keepCase: true) == name).ToArray() is [var last] ? last : null)
        ?? throw new InvalidDataException(
            $"{file}: has no array '{Escaped.Of(name)}', expected one of {List(arrays.Select(array => array.Name))}; "
                + $"name one of these.");

    private static StoredArray? ByName(IReadOnlyList<StoredArray> arrays, string[] names, string what, string file,
        string remedy)
    {
        StoredArray[] found = [.. arrays.Where(array => names.Contains(LastPart(array.Name)))];
        return found.Length > 1
            ? throw new InvalidDataException(
                $"{file}: holds {found.Length} arrays that could be the {what}, "
                    + $"{List(found.Select(array => array.Name))}, expected one affine map; {remedy}.")
            : found.FirstOrDefault();
    }

    private static StoredArray ByShape(IReadOnlyList<StoredArray> arrays, string file)
    {
        StoredArray[] matrices = [.. arrays.Where(array => array.Shape.Count == 2)];
        return matrices is [var only] ? only
            : matrices.Length == 0 && arrays is [var single] && !s_biases.Contains(LastPart(single.Name)) ? single
            : throw new InvalidDataException(
                $"{file}: {Found()}, expected one named weights, weight, coef_, W or kernel; "
                    + Remedies.NameWeights + ".");

        string Found() => arrays.Count == 0 ? "holds no array"
            : $"holds {List(arrays.Select(array => array.Name))}, and neither names nor shapes tell which one is W";
    }

    private static StoredArray? BiasBeside(StoredArray weights, List<StoredArray> others, string file)
    {
        var prefix = weights.Name[..^LastPart(weights.Name, keepCase: true).Length];
        if (others.Where(array => s_biases.Contains(LastPart(array.Name))
            && array.Name[..^LastPart(array.Name, keepCase: true).Length] == prefix).ToArray() is [var beside])
        {
            return beside;
        }

        return ByName(others, s_biases, "bias", file, Remedies.NameBias)
            ?? (others is [{ Shape.Count: <= 1 } only] && !s_weights.Contains(LastPart(weights.Name)) ? only : null);
    }

    /// <summary>
    /// The name without the modules before it and TensorFlow's number after it: "dense/kernel:0" is a kernel,
    /// "0.weight" a weight.
    /// </summary>
    private static string LastPart(string name, bool keepCase = false)
    {
        var last = name[(name.AsSpan().LastIndexOfAny('.', '/') + 1)..];
        return keepCase ? last : last.Split(':')[0].ToLowerInvariant();
    }

    private static string List(IEnumerable<string> names)
    {
        var all = names.Select(name => $"'{Escaped.Of(name)}'").ToList();
        return all.Count == 0 ? "none"
            : string.Join(", ", all.Take(LongestList))
                + (all.Count > LongestList ? FormattableString.Invariant($" and {all.Count - LongestList} more") : "");
    }
}
