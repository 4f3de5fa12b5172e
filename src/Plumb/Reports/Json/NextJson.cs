using System.Text.Json;

namespace Plumb.Reports;

/// <summary>Points to measure next, for machines: schema plumb.next/1.</summary>
internal static class NextJson
{
    public static void Write(Utf8JsonWriter json, NextDocument document)
    {
        var (proposal, design, fit) = document;
        json.WriteStartObject();
        json.WriteString("schema", "plumb.next/1");
        json.WriteNumber("rows", fit.Rows);
        json.WriteRow("columns", design.Columns.Inputs);
        json.WriteRow("inputs", fit.Names.Inputs);
        json.WriteRow("targets", fit.Names.Targets);
        json.WriteNumber("rank", proposal.Rank);
        json.WriteNumber("parametersPerTarget", proposal.ParametersPerTarget);
        WriteErrors(json, fit, proposal.UnitErrors);
        json.WriteObjects("points", proposal.Points, point =>
        {
            WritePoint(json, design, point);
            if (point.Candidate is { } candidate)
            {
                json.WriteNumber("candidate", candidate + 1);
            }
            else
            {
                json.WriteNull("candidate");
            }

            json.WriteNumber("rank", point.Rank);
            json.WriteFinite("gain", point.Gain);
            WriteErrors(json, fit, point.UnitErrors);
        });
        json.WriteFindings(document.Findings, ProposalText.Of(proposal));
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, Design design, ProposedPoint point)
    {
        json.WriteStartArray("point");
        foreach (var (column, value) in point.Point.Index())
        {
            if (PointText.Of(design, column, value) is { } text)
            {
                json.WriteStringValue(text);
            }
            else
            {
                json.WriteNumberValue(value);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteErrors(Utf8JsonWriter json, LinearFit fit, IReadOnlyList<double> unitErrors)
    {
        double[] units = [.. unitErrors];
        json.WriteStartObject("unitErrors");
        json.WriteRow("weights", units.AsSpan(..^1));
        json.WriteFinite("bias", units[^1]);
        json.WriteEndObject();
        var noise = fit.ResidualStandardDeviation;
        json.WriteParameters("standardErrors",
            Matrix.Create(noise.Count, units.Length - 1, (t, j) => noise[t] * units[j]),
            [.. noise.Select(value => value * units[^1])]);
    }
}
