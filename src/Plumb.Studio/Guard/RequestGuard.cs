using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plumb.Studio;

/// <summary>
/// Lets through what the page asks, and nothing that another page, program or machine does: by host, origin, token,
/// method, kind and size.
/// </summary>
/// <param name="token">What the page has to show.</param>
/// <param name="port">The port that this run listens on.</param>
internal sealed class RequestGuard(SessionToken token, Func<int> port)
{
    /// <summary>The header that holds the token: a page of another origin may not send it unasked.</summary>
    public const string TokenHeader = "Plumb-Token";

    /// <summary>The most bytes of a question.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Where questions are asked; the rest is the page itself, which holds no data.</summary>
    public const string Questions = "/api/";

    /// <summary>Where files are handed in.</summary>
    public const string Uploads = "/api/upload";

    private static readonly string[] s_overrides =
        ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"];

    /// <summary>Why a request is refused; null where it is not.</summary>
    public Refusal? Refuse(HttpRequest request)
    {
        string[] hosts = [Host("127.0.0.1"), Host("localhost")];
        var host = request.Headers.Host.ToString();
        if (!hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return new(StatusCodes.Status403Forbidden, "this host is not the one that the page is at.");
        }

        var (isGet, isPost) = (HttpMethods.IsGet(request.Method), HttpMethods.IsPost(request.Method));
        if (!isGet && !isPost)
        {
            return new(StatusCodes.Status405MethodNotAllowed, "only GET and POST are answered.");
        }

        if (s_overrides.Any(request.Headers.ContainsKey))
        {
            return new(StatusCodes.Status400BadRequest, "a method or address is not to be changed by a header.");
        }

        return RefuseOrigin(request, host, isPost)
            ?? (request.Path.StartsWithSegments(Questions.TrimEnd('/')) ? RefuseQuestion(request, isPost)
                : isPost ? new(StatusCodes.Status405MethodNotAllowed, "nothing is changed here.")
                : null);
    }

    private static Refusal? RefuseOrigin(HttpRequest request, string host, bool isPost)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return origin != "http://" + host && (origin.Length > 0 || isPost)
            ? new(StatusCodes.Status403Forbidden, "this is not asked by the page itself.")
            : site is not ("" or "same-origin" or "none") || (site == "none" && isPost)
            ? new(StatusCodes.Status403Forbidden, "this is asked by another site.")
            : null;
    }

    private Refusal? RefuseQuestion(HttpRequest request, bool isPost)
    {
        if (!token.Is(request.Headers[TokenHeader]))
        {
            return new(StatusCodes.Status401Unauthorized,
                "the token is missing or of another run; open the address that 'plumb studio' printed.");
        }

        if (!isPost)
        {
            return new(StatusCodes.Status405MethodNotAllowed, "questions are asked by POST.");
        }

        var isUpload = request.Path == Uploads;
        var kind = isUpload ? "application/octet-stream" : "application/json";
        return !string.Equals(request.ContentType?.Split(';')[0].Trim(), kind, StringComparison.OrdinalIgnoreCase)
            ? new(StatusCodes.Status415UnsupportedMediaType, $"expected {kind}.")
            : request.ContentLength > (isUpload ? UploadFolder.MostBytes : MostBytes)
            ? new(StatusCodes.Status413PayloadTooLarge, "this is too large.")
            : null;
    }

    private string Host(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}:{port()}");
}
