using System.Text.Json;

namespace Plumb.Native;

/// <summary>Settings as a JSON object; NULL and an empty text are {}.</summary>
internal sealed unsafe class JsonSettings : IDisposable
{
    private readonly JsonDocument _document;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Reads settings.</summary>
    /// <exception cref="ArgumentException">They are no JSON object.</exception>
    public JsonSettings(byte* text)
    {
        var given = text is null ? "" : NativeText.Of(text, "the settings");
        try
        {
            _document = JsonDocument.Parse(given.Length == 0 ? "{}" : given);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"the settings are no JSON: {error.Message}");
        }

        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("the settings are no JSON object, expected { \"name\": value, ... }.");
        }
    }

    /// <summary>A setting that is true or false.</summary>
    public bool Flag(string name, bool otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Refusal(name, value, "true or false");

    /// <summary>A setting that is a number.</summary>
    public double? Number(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Refusal(name, value, "a number");

    /// <summary>A setting that is a whole number.</summary>
    public long? Whole(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) ? whole
        : throw Refusal(name, value, "a whole number");

    /// <summary>A setting that is a text.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Refusal(name, value, "a text");

    /// <summary>Refuses settings that nobody asked for.</summary>
    public void RequireKnown()
    {
        foreach (var property in _document.RootElement.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                throw new ArgumentException($"there is no setting '{property.Name}', expected some of "
                    + $"{string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value : null;
    }

    private static ArgumentException Refusal(string name, JsonElement value, string expected) =>
        new($"the setting '{name}' is {value.GetRawText()}, expected {expected}.");
}
