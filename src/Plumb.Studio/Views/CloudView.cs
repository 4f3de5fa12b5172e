using System.Text.Json;

namespace Plumb.Studio;

/// <summary>The rows of a target, for the page's pictures.</summary>
internal static class CloudView
{
    public static void Write(Utf8JsonWriter json, RowCloud cloud)
    {
        json.WriteStartObject();
        json.WriteString("target", cloud.Target);
        json.WriteNumber("rows", cloud.Rows);
        json.WriteFinite("deviation", cloud.ResidualStandardDeviation);
        json.WriteFinite("meanLeverage", cloud.MeanLeverage);
        Write(json, "points", cloud.Points);
        Write(json, "largestResiduals", cloud.LargestResiduals);
        Write(json, "largestLeverages", cloud.LargestLeverages);
        Write(json, "largestDistances", cloud.LargestDistances);
        Write(json, "fittedAndResidual", cloud.FittedAndResidual);
        Write(json, "fittedAndMeasured", cloud.FittedAndMeasured);
        Write(json, "leverageAndStandardized", cloud.LeverageAndStandardized);
        json.WriteEndObject();
    }

    /// <summary>A list a row: number, fitted, measured, residual, leverage, standardized, Cook's distance.</summary>
    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<RowPoint> points)
    {
        json.WriteStartArray(name);
        foreach (var point in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Row);
            foreach (var value in (double[])[point.Fitted, point.Measured, point.Residual, point.Leverage,
                point.Standardized, point.CooksDistance])
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumberValue(value);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>The cells that hold rows: place, place, count, one after the other.</summary>
    private static void Write(Utf8JsonWriter json, string name, CloudGrid? grid)
    {
        if (grid is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Write(json, "x", grid.X);
        Write(json, "y", grid.Y);
        json.WriteStartArray("cells");
        for (var i = 0; i < grid.X.Cells; i++)
        {
            for (var j = 0; j < grid.Y.Cells; j++)
            {
                if (grid[i, j] > 0)
                {
                    json.WriteNumberValue(i);
                    json.WriteNumberValue(j);
                    json.WriteNumberValue(grid[i, j]);
                }
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, CloudAxis axis)
    {
        json.WriteStartObject(name);
        json.WriteFinite("from", axis.From);
        json.WriteFinite("to", axis.To);
        json.WriteNumber("cells", axis.Cells);
        json.WriteEndObject();
    }
}
