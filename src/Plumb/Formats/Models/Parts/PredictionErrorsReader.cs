using System.Globalization;

namespace Plumb.Formats;

/// <summary>Reads what <see cref="PredictionErrorsWriter"/> writes.</summary>
internal static class PredictionErrorsReader
{
    private const string Remedy = "write it as 'plumb fit -o' does, or leave 'errors' out";

    /// <summary>How far predictions may be off; null where the file does not say.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="names">The model's inputs and targets.</param>
    public static PredictionErrors? Read(JsonPlace? place, VariableNames names)
    {
        if (place?.Object("an object that says how far predictions may be off", Remedy) is not { } found)
        {
            return null;
        }

        var inputs = ReadInputs(Required(found, "inputs", "names of inputs"), names);
        return new PredictionErrors
        {
            Method = Required(found, "method", "a text").Text(),
            Rows = Required(found, "rows", "a whole number").Whole(),
            WeightSum = found.Member("weightSum") is { } weights ? Positive(weights) : null,
            DegreesOfFreedom = found.Member("degreesOfFreedom") is { } freedom ? Positive(freedom)
                : double.PositiveInfinity,
            ResidualStandardDeviation = Numbers(Required(found, "residualStandardDeviation", "one number per target"),
                names.Targets.Count, NotNegative),
            LargestLeverage = found.Member("largestLeverage") is { } largest ? NotNegative(largest) : null,
            Doubts = found.Member("doubts") is { } doubts
                ? [.. doubts.Items("codes of findings", Remedy).Select(code => code.Text())] : [],
            Inputs = inputs,
            Means = Numbers(Required(found, "means", "one number per input of 'inputs'"), inputs.Length,
                item => item.Number()),
            Factor = ReadFactor(Required(found, "factor", "rows of a lower triangle"), inputs.Length),
        };
    }

    private static JsonPlace Required(JsonPlace place, string name, string expected) =>
        place.Required(name, expected, Remedy);

    private static int[] ReadInputs(JsonPlace place, VariableNames names)
    {
        var places = names.Inputs.Index()
            .ToDictionary(input => input.Item, input => input.Index, StringComparer.Ordinal);
        var inputs = Array.ConvertAll(place.Items("names of inputs", Remedy), item =>
            places.TryGetValue(item.Text(), out var input) ? input
                : throw item.Refusal("the name of an input of the model", Remedy));
        return inputs.Distinct().Count() == inputs.Length ? inputs
            : throw place.Refusal("a name twice", "each input once", Remedy);
    }

    private static Matrix ReadFactor(JsonPlace place, int size)
    {
        var rows = place.Items("rows of a lower triangle", Remedy);
        if (rows.Length != size)
        {
            throw place.Refusal(Count(rows.Length), Count(size), Remedy);
        }

        var factor = new Matrix(size, size);
        for (var i = 0; i < size; i++)
        {
            Numbers(rows[i], i + 1, item => item.Number()).CopyTo(factor.WritableRow(i));
            _ = factor[i, i] > 0 ? 0
                : throw rows[i].Refusal("a last number that is not above 0", "one above 0", Remedy);
        }

        return factor;
    }

    private static double[] Numbers(JsonPlace place, int count, Converter<JsonPlace, double> read)
    {
        var items = place.Items("a list of numbers", Remedy);
        return items.Length == count ? Array.ConvertAll(items, read)
            : throw place.Refusal(Count(items.Length), Count(count), Remedy);
    }

    private static double Positive(JsonPlace place) =>
        place.Number() is > 0 and var value ? value : throw place.Refusal("a number above 0", Remedy);

    private static double NotNegative(JsonPlace place) =>
        place.Number() is >= 0 and var value ? value : throw place.Refusal("0 or more", Remedy);

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} items");
}
