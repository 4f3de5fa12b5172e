using System.Text.Json;
using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>A fit, for the page: its report, its rows, and what its spectrum says of training.</summary>
internal static class FitView
{
    public static void Write(Utf8JsonWriter json, FittedFile fitted)
    {
        var document = fitted.Document;
        json.WriteStartObject();
        json.WriteString("command", fitted.CommandLine("fit"));
        json.WriteString("report", Report(document));
        json.WriteNumber("rows", document.Fit.Rows);
        json.WriteStartArray("clouds");
        foreach (var cloud in document.Rows?.Clouds ?? [])
        {
            CloudView.Write(json, cloud);
        }

        json.WriteEndArray();
        json.WriteString("whyNoClouds", document.WhyNotSeen);
        PlanView.Write(json, fitted);
        json.WriteEndObject();
    }

    private static string Report(FitDocument document) =>
        HtmlPage.Body(RemedyFlags.AddTo(FitPage.Of(document with { ShowsEvidence = true })));
}
