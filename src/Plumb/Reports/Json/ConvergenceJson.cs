using System.Text.Json;

namespace Plumb.Reports;

/// <summary>How close a map has come to the best fit, for machines.</summary>
internal static class ConvergenceJson
{
    /// <summary>"convergence": one object per target.</summary>
    public static void WriteConvergence(this Utf8JsonWriter json, Convergence convergence)
    {
        json.WriteObjects("convergence", convergence.Targets, target =>
        {
            json.WriteString("target", target.Target);
            json.WriteString("status", target.Status switch
            {
                ConvergenceStatus.ToRounding => "toRounding",
                ConvergenceStatus.WithinTolerance => "withinTolerance",
                ConvergenceStatus.WithinNoise => "withinNoise",
                _ => "notConverged",
            });
            json.WriteFinite("excess", target.Excess);
            json.WriteFinite("allowed", target.Allowed);
            json.WriteString("parameter", target.Parameter);
            json.WriteFinite("distance", target.Distance);
            json.WriteFinite("scale", target.Scale);
            json.WriteString("scaleOf", target.HasNoise ? "noise" : "rounding");
        });
    }
}
