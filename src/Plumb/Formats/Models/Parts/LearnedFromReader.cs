using System.Globalization;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>Reads the part of a model file that says which rows it was learned from.</summary>
internal static class LearnedFromReader
{
    /// <summary>What the part is called.</summary>
    public const string Key = "learnedFrom";

    private const string Remedy = "write it as 'plumb fit -o' does, or leave '" + Key + "' out";

    /// <summary>The rows; null where the file does not say.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="targets">How many targets the model has.</param>
    public static LearnedFrom? Read(JsonPlace? place, int targets) =>
        place?.Object("an object that says which rows the model was learned from", Remedy) is not { } found ? null
            : new LearnedFrom(found.Required("rows", "a whole number", Remedy).Whole())
            {
                RSquared = found.Member("rSquared") is { } shares ? SharesOf(shares, targets) : [],
                MissingValues = found.Member("missingValues") is { } texts
                    ? [.. texts.Items("a list of texts", Remedy).Select(text => text.Text())] : [],
                Signs = found.Member("signs") is { } signs ? SignsOf(signs)
                    : new Dictionary<string, string>(StringComparer.Ordinal),
            };

    private static double[] SharesOf(JsonPlace place, int targets)
    {
        var items = place.Items("one number or null per target", Remedy);
        return items.Length == targets
            ? Array.ConvertAll(items, item => item.Value.ValueKind == JsonValueKind.Null ? double.NaN : item.Number())
            : throw place.Refusal(string.Create(CultureInfo.InvariantCulture, $"{items.Length} items"),
                string.Create(CultureInfo.InvariantCulture, $"{targets} items"), Remedy);
    }

    private static Dictionary<string, string> SignsOf(JsonPlace place) =>
        place.Object("signs by the names of columns", Remedy).Value.EnumerateObject().ToDictionary(
            member => member.Name, member => place.Member(member.Name)?.Text()
                ?? throw place.Refusal("signs by the names of columns", Remedy), StringComparer.Ordinal);
}
