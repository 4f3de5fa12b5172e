using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Plumb.Studio;

/// <summary>A training run, told step by step as server-sent events: "step" for some of them, then "end".</summary>
internal sealed class TrainingEvents(HttpResponse response)
{
    /// <summary>Trains, and tells of it.</summary>
    public async Task WriteAsync(FittedFile fitted, TrainingQuestion question, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        Epoch? last = null;
        var ground = fitted.Ground(question.IsStandardized);
        foreach (var epoch in TrainingStream.Told(ground, question, cancellationToken))
        {
            last = epoch;
            await WriteAsync("step", json =>
            {
                json.WriteNumber("step", epoch.Steps);
                json.WriteFinite("loss", epoch.Loss);
            }, cancellationToken);
        }

        await WriteAsync("end", json =>
        {
            json.WriteNumber("steps", last!.Steps);
            json.WriteFinite("loss", last.Loss);
            json.WriteBoolean("diverged", last.Diverged);
            json.WriteFinite("distance", (ground.InUnits(last.Map) - ground.InUnits(ground.Limit)).Norm);
            json.WriteString("command", fitted.CommandLine("train", question.Words));
            json.WriteMap("map", ground.InUnits(last.Map));
        }, cancellationToken);
    }

    private async Task WriteAsync(string name, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: "));
        await using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        stream.Write("\n\n"u8);
        await response.Body.WriteAsync(stream.GetBuffer().AsMemory(0, (int)stream.Length), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
