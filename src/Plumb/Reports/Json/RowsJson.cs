using System.Text.Json;

namespace Plumb.Reports;

/// <summary>What the rows say of a fit, as the documents of fit and explain hold it.</summary>
internal static class RowsJson
{
    /// <summary>"rowTests": null where the rows were not seen a second time.</summary>
    public static void WriteRowTests(this Utf8JsonWriter json, RowReport? rows)
    {
        if (rows is null)
        {
            json.WriteNull("rowTests");
            return;
        }

        json.WriteStartObject("rowTests");
        json.WriteStartArray("tests");
        foreach (var test in rows.Tests)
        {
            json.WriteTest(test);
        }

        json.WriteEndArray();
        WriteRows(json, "influential", rows.Influential);
        WriteRows(json, "outliers", rows.Outliers);
        json.WriteNumber("outlierCount", rows.OutlierCount);
        json.WriteObjects("deciding", rows.Deciding, row =>
        {
            json.WriteNumber("row", row.Row);
            json.WriteFinite("leverage", row.Leverage);
            json.WriteFinite("pValue", row.PValue);
            json.WriteStartArray("inputs");
            foreach (var input in row.Inputs)
            {
                json.WriteStringValue(input);
            }

            json.WriteEndArray();
        });
        json.WriteNumber("rowsWithoutWeight", rows.RowsWithoutWeight);
        json.WriteStartObject("largestLeverage");
        json.WriteNumber("row", rows.LargestLeverageRow);
        json.WriteFinite("leverage", rows.LargestLeverage);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One test.</summary>
    public static void WriteTest(this Utf8JsonWriter json, HypothesisTest test)
    {
        json.WriteStartObject();
        json.WriteString("code", test.Code);
        json.WriteString("name", test.Name);
        json.WriteString("target", test.Target);
        if (test.Input is not null)
        {
            json.WriteString("input", test.Input);
        }

        json.WriteFinite("statistic", test.Statistic);
        json.WriteRow("degreesOfFreedom", [.. test.Freedom.Select(value => (double)value)]);
        json.WriteFinite("pValue", test.PValue);
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, string name, IReadOnlyList<RowInfluence> rows)
    {
        json.WriteObjects(name, rows, row =>
        {
            json.WriteNumber("row", row.Row);
            json.WriteString("target", row.Target);
            json.WriteFinite("leverage", row.Leverage);
            json.WriteFinite("cooksDistance", row.CooksDistance);
            json.WriteFinite("studentizedResidual", row.StudentizedResidual);
            json.WriteFinite("pValue", row.PValue);
        });
    }
}
