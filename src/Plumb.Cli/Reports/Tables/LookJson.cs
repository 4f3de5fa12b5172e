using System.Text.Json;

namespace Plumb.Cli.Reports;

/// <summary>What rows hold, for machines: schema plumb.look/1.</summary>
internal static class LookJson
{
    public static void Write(Utf8JsonWriter json, LookDocument document)
    {
        var look = document.Look;
        json.WriteStartObject();
        json.WriteString("schema", "plumb.look/1");
        json.WriteString("source", look.Name);
        json.WriteString("form", document.Form);
        json.WriteNumber("rows", look.Rows);
        json.WriteBoolean("isAll", look.IsAll);
        json.WriteFinite("allRows", look.AllRows is { } all ? Math.Round(all) : double.NaN);
        json.WriteStartArray("columns");
        foreach (var column in look.Columns)
        {
            Write(json, column);
        }

        json.WriteEndArray();
        json.WriteStartArray("firstRows");
        foreach (var row in look.FirstRows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                json.WriteStringValue(cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteRow("targets", look.Suggestion.Targets);
        json.WriteRow("inputs", look.Suggestion.Inputs);
        json.WriteRow("excluded", look.Suggestion.Excluded);
        json.WriteBoolean("dropsMissing", look.Suggestion.DropsMissing);
        json.WriteString("command", document.Command);
        json.WriteFindings(RemedyFlags.AddTo(look.Findings));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnLook column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("kind", column.Kind switch
        {
            ColumnKind.Number => "number",
            ColumnKind.Text => "text",
            ColumnKind.TruthValue => "truth-value",
            ColumnKind.Date => "date",
            ColumnKind.Amount => "amount",
            _ => "other",
        });
        json.WriteNumber("values", column.Values);
        json.WriteNumber("missing", column.Missing);
        json.WriteFinite("different", column.Different ?? double.NaN);
        json.WriteFinite("smallest", column.Smallest);
        json.WriteFinite("largest", column.Largest);
        json.WriteFinite("mean", column.Mean);
        json.WriteString("sign", column.Sign);
        json.WriteString("firstDate", column.Dates?.First);
        json.WriteString("lastDate", column.Dates?.Last);
        json.WriteObjects("levels", column.Levels, level =>
        {
            json.WriteString("name", level.Name);
            json.WriteNumber("rows", level.Rows);
        });
        json.WriteNumber("notNumbers", column.NotNumbers);
        json.WriteEndObject();
    }
}
