using System.Text.Json;

namespace Plumb.Reports;

/// <summary>Whether the inputs can be told apart, as the document of a fit holds it.</summary>
internal static class CollinearityJson
{
    /// <summary>"varianceInflation", "collinearity" and "status".</summary>
    public static void Write(Utf8JsonWriter json, LinearFit fit, ReportedErrors errors)
    {
        var collinearity = fit.Collinearity;
        json.WriteRow("varianceInflation", [.. collinearity.VarianceInflation]);
        json.WriteObjects("collinearity", collinearity.Groups, group =>
        {
            json.WriteRow("inputs", group.Names);
            json.WriteRow("targets", [.. group.Targets.Select(target => fit.Names.Targets[target])]);
            json.WriteString("direction", group.Direction.Text);
            json.WriteRow("share", [.. group.Shares]);
            json.WriteStartObject("determined");
            json.WriteString("text", group.Determined.Text);
            json.WriteRow("coefficients", [.. group.Determined.Coefficients]);
            json.WriteRow("estimate", [.. group.Estimates]);
            json.WriteRow("error", [.. group.Errors]);
            json.WriteEndObject();
            json.WriteRow("pValue", [.. group.PValues]);
        });
        json.WriteStartObject("status");
        json.WriteStartArray("weights");
        for (var t = 0; t < fit.Names.Targets.Count; t++)
        {
            var target = t;
            json.WriteStartArray();
            for (var j = 0; j < fit.Names.Inputs.Count; j++)
            {
                json.WriteStringValue(Word(errors.StatusOfWeight(target, j)));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteRow("bias",
            [.. Enumerable.Range(0, fit.Names.Targets.Count).Select(t => Word(errors.StatusOfBias(t)))]);
        json.WriteEndObject();
    }

    private static string Word(ParameterStatus status) => status switch
    {
        ParameterStatus.Stands => "stands",
        ParameterStatus.SignUnknown => "sign-unknown",
        ParameterStatus.Entangled => "entangled",
        ParameterStatus.TooLarge => "too-large",
        _ => "undetermined",
    };
}
