using System.Text.Json;
using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>Members of what the page asks; whatever is missing or of another kind is refused.</summary>
internal static class JsonRequest
{
    /// <summary>A text.</summary>
    public static string Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Refused(name);

    /// <summary>A list of names.</summary>
    public static IReadOnlyList<string> Names(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } list
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : throw Refused(name);

    /// <summary>Yes or no; no where it is not said.</summary>
    public static bool Flag(this JsonElement json, string name) => json.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        null or JsonValueKind.False => false,
        _ => throw Refused(name),
    };

    /// <summary>A number between two others.</summary>
    public static double Number(this JsonElement json, string name, double least, double most) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number)
            && number >= least && number <= most ? number : throw Refused(name);

    private static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    private static CommandException Refused(string name) =>
        CommandException.Usage($"the question's '{name}' is not what was expected.");
}
