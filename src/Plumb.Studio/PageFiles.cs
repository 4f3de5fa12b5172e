using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plumb.Studio;

/// <summary>A file of the page itself, which holds no data.</summary>
/// <param name="Kind">Its media type.</param>
/// <param name="Content">What it holds.</param>
internal sealed record PageFiles(string Kind, byte[] Content)
{
    private static readonly Dictionary<string, Lazy<PageFiles>> s_files = new(StringComparer.Ordinal)
    {
        ["/"] = Of("text/html", "index.html"),
        ["/studio.css"] = new(() => new("text/css; charset=utf-8",
            [.. Encoding.UTF8.GetBytes(HtmlStyle.Sheet + FigureStyle.Sheet), .. Read("studio.css")])),
        ["/icon.svg"] = Of("image/svg+xml", "icon.svg"),
        ["/studio.js"] = Of("text/javascript", "studio.js"),
        ["/parts.js"] = Of("text/javascript", "parts.js"),
        ["/server.js"] = Of("text/javascript", "server.js"),
        ["/columns.js"] = Of("text/javascript", "columns.js"),
        ["/rows.js"] = Of("text/javascript", "rows.js"),
        ["/training.js"] = Of("text/javascript", "training.js"),
        ["/chart.js"] = Of("text/javascript", "chart.js"),
    };

    /// <summary>The file at a path; null where there is none.</summary>
    public static PageFiles? Find(string? path) => s_files.TryGetValue(path ?? "", out var file) ? file.Value : null;

    /// <summary>Sends it.</summary>
    public Task WriteAsync(HttpResponse response)
    {
        response.ContentType = Kind;
        response.ContentLength = Content.Length;
        return response.Body.WriteAsync(Content, response.HttpContext.RequestAborted).AsTask();
    }

    private static Lazy<PageFiles> Of(string kind, string name) =>
        new(() => new PageFiles(kind + "; charset=utf-8", Read(name)));

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
