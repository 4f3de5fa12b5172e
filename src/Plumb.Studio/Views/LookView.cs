using System.Text.Json;
using Plumb.Cli.Reports;

namespace Plumb.Studio;

/// <summary>A file's columns, for the page.</summary>
internal static class LookView
{
    public static void Write(Utf8JsonWriter json, OpenedFile file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Path.Shown);
        json.WriteString("command", CommandWord.Line("look", file.Path, []));
        json.WritePropertyName("look");
        LookJson.Write(json, file.Look);
        json.WriteEndObject();
    }
}
