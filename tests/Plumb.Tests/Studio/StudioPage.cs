using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plumb.Studio;

namespace Plumb.Tests.Studio;

/// <summary>A studio that listens in a folder of its own, and what a page asks it.</summary>
internal sealed class StudioPage : IAsyncDisposable
{
    private readonly StudioServer _server;
    private readonly TemporaryFolder _folder;

    private StudioPage(StudioServer server, TemporaryFolder folder)
    {
        (_server, _folder) = (server, folder);
        Root = new Uri(server.Address.GetLeftPart(UriPartial.Authority));
        Token = server.Address.Fragment["#token=".Length..];
    }

    public Uri Root { get; }

    public string Token { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <summary>The folder that it was started in, which holds data.csv, and the one around it.</summary>
    public static async Task<StudioPage> StartAsync(Action<string>? prepare = null, string? first = null)
    {
        var folder = new TemporaryFolder();
        var inside = Directory.CreateDirectory(folder["inside"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(inside, "data.csv"), Data(60));
        await File.WriteAllTextAsync(folder["secret.csv"], "a,b\n1,2\n2,4\n3,5\n");
        prepare?.Invoke(inside);
        return new StudioPage(
            await StudioServer.StartAsync(inside, first, port: 0, TestContext.Current.CancellationToken), folder);
    }

    /// <summary>Rows of y = 1 + 2 u - 3 v and noise.</summary>
    public static string Data(int rows)
    {
        var random = new RandomSource(5);
        var text = new StringBuilder("u,v,y\n");
        for (var i = 0; i < rows; i++)
        {
            var (u, v) = (random.NextNormal(), random.NextNormal());
            var y = 1 + 2 * u - 3 * v + 0.1 * random.NextNormal();
            text.Append(FormattableString.Invariant($"{u:R},{v:R},{y:R}\n"));
        }

        return text.ToString();
    }

    /// <summary>A question as the page itself would ask it.</summary>
    public HttpRequestMessage Question(string path, string json = "{}")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Root, path))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(RequestGuard.TokenHeader, Token);
        request.Headers.Add("Origin", Root.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken);

    /// <summary>Asks, and expects an answer.</summary>
    public async Task<JsonElement> AskAsync(string path, string json = "{}")
    {
        using var response = await SendAsync(Question(path, json));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Opens and fits data.csv.</summary>
    public async Task<JsonElement> FitAsync(string columns = """{"targets": ["y"], "inputs": ["u", "v"]}""")
    {
        await AskAsync("/api/open", """{"file": "data.csv"}""");
        return await AskAsync("/api/fit", columns);
    }

    /// <summary>Hands in a file.</summary>
    public HttpRequestMessage Upload(string name, byte[] content)
    {
        var request = Question("/api/upload?name=" + Uri.EscapeDataString(name));
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
