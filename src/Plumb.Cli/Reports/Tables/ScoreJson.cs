using System.Text.Json;

namespace Plumb.Cli.Reports;

/// <summary>How well a model predicts rows, for machines: schema plumb.score/1.</summary>
internal static class ScoreJson
{
    public static void Write(Utf8JsonWriter json, ScoreDocument document)
    {
        json.WriteStartObject();
        json.WriteString("schema", "plumb.score/1");
        json.WriteString("model", document.Model);
        json.WriteString("source", document.Source);
        json.WriteNumber("rows", document.Score.Rows);
        json.WriteBoolean("isWeighted", document.IsWeighted);
        if (document.LearnedFrom is { } from)
        {
            json.WriteNumber("rowsLearnedFrom", from.Rows);
        }

        json.WriteStartArray("targets");
        foreach (var (t, target) in document.Score.Targets.Index())
        {
            json.WriteStartObject();
            json.WriteString("name", target.Target);
            json.WriteFinite("rootMeanSquare", target.RootMeanSquare);
            json.WriteFinite("meanAbsolute", target.MeanAbsolute);
            json.WriteFinite("rSquared", target.RSquared);
            if (document.RSquaredThen.Count > 0)
            {
                json.WriteFinite("rSquaredLearnedFrom", document.RSquaredThen[t]);
            }

            json.WriteFinite("meanResidual", target.MeanResidual);
            json.WriteFinite("meanResidualInErrors", target.MeanInErrors);
            json.WriteFinite("mean", target.Mean);
            json.WriteFinite("standardDeviation", target.StandardDeviation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteFindings(RemedyFlags.AddTo(document.Findings), ScoreText.Verdict(document.Score));
        json.WriteEndObject();
    }
}
