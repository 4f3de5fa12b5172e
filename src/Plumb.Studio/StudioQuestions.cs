using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>Answers what the page asks.</summary>
internal sealed class StudioQuestions(StudioSession session)
{
    private const int MostStreams = 4;
    private const int LongestName = 255;
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 4 };

    // What was said is escaped again by the page, and so need not be here.
    private static readonly JsonWriterOptions s_writing = new() { SkipValidation = false };
    private int _streams; // that run now

    /// <summary>Answers a question that was let through.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        try
        {
            switch (context.Request.Path.Value)
            {
                case "/api/files":
                    await ReadAsync(context);
                    await WriteAsync(context, WriteFiles);
                    break;
                case "/api/open":
                    var opened = await session.OpenAsync((await ReadAsync(context)).Text("file"), stop);
                    await WriteAsync(context, json => LookView.Write(json, opened));
                    break;
                case RequestGuard.Uploads:
                    var uploaded = await UploadAsync(context);
                    await WriteAsync(context, json => LookView.Write(json, uploaded));
                    break;
                case "/api/fit":
                    var asked = await ReadAsync(context);
                    var fitted = await session.FitAsync(columns => FitRequest.Read(asked, columns), stop);
                    await WriteAsync(context, json => FitView.Write(json, fitted));
                    break;
                case "/api/row":
                    var number = (long)(await ReadAsync(context)).Number("row", 1, 1e15);
                    var removed = await session.WithoutAsync(number, stop);
                    var command = await session.Fitted.CommandWithoutAsync(number);
                    await WriteAsync(context, json => RowView.Write(json, removed, command));
                    break;
                case "/api/train":
                    await TrainAsync(context, await ReadAsync(context));
                    break;
                default:
                    await WriteErrorAsync(context, StatusCodes.Status404NotFound, "there is no such question.");
                    break;
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Nobody listens any longer.
        }
        catch (Exception exception) // the outermost boundary: the page gets one line, never a stack trace
        {
            var failure = Failure.Of(exception);
            await WriteErrorAsync(context, StatusOf(exception, failure), session.Shown(failure.Message));
        }
    }

    private void WriteFiles(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("first", session.First);
        json.WriteStartArray("files");
        foreach (var file in session.Files())
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Task<OpenedFile> UploadAsync(HttpContext context)
    {
        var name = context.Request.Query["name"].ToString();
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = UploadFolder.MostBytes;
        return name.Length is 0 or > LongestName ? throw CommandException.Usage("the file has no name.")
            : session.UploadAsync(name, context.Request.Body, context.RequestAborted);
    }

    private async Task TrainAsync(HttpContext context, JsonElement asked)
    {
        var (question, fitted) = (TrainingQuestion.Read(asked), session.Fitted);
        try
        {
            if (Interlocked.Increment(ref _streams) > MostStreams)
            {
                await WriteErrorAsync(context, StatusCodes.Status429TooManyRequests,
                    "too many runs at a time; stop one.");
                return;
            }

            await new TrainingEvents(context.Response).WriteAsync(fitted, question, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        try
        {
            using var document =
                await JsonDocument.ParseAsync(context.Request.Body, s_reading, context.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw CommandException.Usage("the question is not JSON.");
        }
    }

    private static int StatusOf(Exception exception, Failure failure) => exception is BadHttpRequestException bad
        ? bad.StatusCode
        : failure.ExitCode == ExitCode.Bug ? StatusCodes.Status500InternalServerError
        : StatusCodes.Status422UnprocessableEntity;

    private static Task WriteErrorAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        return WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteEndObject();
        });
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, s_writing))
        {
            write(json);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
