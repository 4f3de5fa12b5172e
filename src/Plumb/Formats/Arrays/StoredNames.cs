using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// The names of inputs and targets as files for other programs keep them beside W and b: as JSON lists in their
/// metadata, or as arrays of texts.
/// </summary>
internal static class StoredNames
{
    /// <summary>What the names of the inputs are called.</summary>
    public const string InputsKey = "inputs";

    /// <summary>What the names of the targets are called.</summary>
    public const string TargetsKey = "targets";

    /// <summary>Names as a JSON list.</summary>
    public static string Text(IReadOnlyList<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The names that metadata hold; null where there are none, or others than these.</summary>
    public static VariableNames? OfMetadata(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object && Parse(metadata, InputsKey) is { } inputs
            && Parse(metadata, TargetsKey) is { } targets ? Of(inputs, targets) : null;

    /// <summary>The names that arrays of texts hold; null where there are none.</summary>
    public static VariableNames? OfArrays(IEnumerable<StoredArray> arrays)
    {
        var texts = arrays.Where(IsNames).ToDictionary(array => array.Name, StringComparer.Ordinal);
        return texts.Count == 2 ? Of(texts[InputsKey].ReadTexts(), texts[TargetsKey].ReadTexts()) : null;
    }

    /// <summary>Whether an array holds names.</summary>
    public static bool IsNames(StoredArray array) => array.Name is InputsKey or TargetsKey
        && array is { TextLength: not null, Shape.Count: 1 };

    /// <summary>Whether no name is empty, and each the only one of its kind.</summary>
    public static bool AreProper(IReadOnlyList<string> names) =>
        !names.Contains("") && names.Distinct(StringComparer.Ordinal).Count() == names.Count;

    private static VariableNames? Of(string[] inputs, string[] targets) => AreProper(inputs) && AreProper(targets)
        ? new VariableNames(inputs, targets) : null;

    private static string[]? Parse(JsonElement metadata, string key)
    {
        if (!metadata.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            using var list = JsonDocument.Parse(value.GetString()!);
            return list.RootElement.ValueKind == JsonValueKind.Array
                && list.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. list.RootElement.EnumerateArray().Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null; // another program's metadata of that name
        }
    }
}
