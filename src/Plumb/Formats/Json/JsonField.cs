namespace Plumb.Formats;

/// <summary>A key and its value in one object, as places in the bytes that were scanned.</summary>
/// <param name="Key">The key, without its quotes.</param>
/// <param name="Value">The value; a text without its quotes.</param>
/// <param name="Kind">What the value is.</param>
internal readonly record struct JsonField(JsonPart Key, JsonPart Value, JsonKind Kind);
