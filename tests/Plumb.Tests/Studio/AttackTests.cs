using System.Net;
using System.Net.Sockets;
using System.Text;
using Plumb.Studio;

namespace Plumb.Tests.Studio;

/// <summary>What other pages, programs and files may try, and do not get.</summary>
public sealed class AttackTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    // What is changed of a question that the page itself would ask, and the answer that it then gets.
    private static readonly Dictionary<string, (Action<HttpRequestMessage, StudioPage> Change, int Status)> s_requests =
        new()
        {
            ["another host, as DNS rebinding has it"] =
                ((request, page) => request.Headers.Host = $"evil.example:{page.Root.Port}", 403),
            ["this host at another port"] = ((request, _) => request.Headers.Host = "127.0.0.1:1", 403),
            ["another origin"] = ((request, _) => Set(request, "Origin", "https://evil.example"), 403),
            ["another program of this machine"] = ((request, _) => Set(request, "Origin", "http://127.0.0.1:1"), 403),
            ["an origin that is hidden"] = ((request, _) => Set(request, "Origin", "null"), 403),
            ["no origin"] = ((request, _) => request.Headers.Remove("Origin"), 403),
            ["a cross-site fetch"] = ((request, _) => Set(request, "Sec-Fetch-Site", "cross-site"), 403),
            ["a same-site fetch"] = ((request, _) => Set(request, "Sec-Fetch-Site", "same-site"), 403),
            ["no token"] = ((request, _) => request.Headers.Remove(RequestGuard.TokenHeader), 401),
            ["a wrong token"] = ((request, page) => Set(request, RequestGuard.TokenHeader,
                (page.Token[0] == 'A' ? 'B' : 'A') + page.Token[1..]), 401),
            ["half a token"] = ((request, page) => Set(request, RequestGuard.TokenHeader, page.Token[..20]), 401),
            ["the token in the address"] = ((request, page) =>
            {
                request.Headers.Remove(RequestGuard.TokenHeader);
                request.RequestUri = new Uri(page.Root, "/api/open?token=" + page.Token);
            }, 401),
            ["a change by GET"] = ((request, _) => (request.Method, request.Content) = (HttpMethod.Get, null), 405),
            ["PUT"] = ((request, _) => request.Method = HttpMethod.Put, 405),
            ["DELETE"] = ((request, _) => request.Method = HttpMethod.Delete, 405),
            ["the preflight of another origin"] = ((request, _) => request.Method = HttpMethod.Options, 405),
            ["a method override"] = ((request, _) => Set(request, "X-HTTP-Method-Override", "GET"), 400),
            ["a form"] = ((request, _) => request.Content = new FormUrlEncodedContent([new("file", "data.csv")]), 415),
            ["plain text, which needs no preflight"] =
                ((request, _) => request.Content = new StringContent("{}", Encoding.UTF8, "text/plain"), 415),
            ["an oversized body"] = ((request, _) =>
            {
                request.Content = Json(new string(' ', 2 * RequestGuard.MostBytes));
                request.Headers.ExpectContinue = true; // or the connection may be closed while the body is being sent
            }, 413),
            ["an oversized body of untold length"] = ((request, _) =>
            {
                request.Content = Json(new string(' ', 2 * RequestGuard.MostBytes));
                request.Headers.TransferEncodingChunked = true;
            }, 413),
            ["no JSON"] = ((request, _) => request.Content = Json("file=data.csv"), 422),
            ["JSON that is nested deeply"] = ((request, _) => request.Content = Json(new string('[', 10_000)), 422),
            ["a question that there is not"] =
                ((request, page) => request.RequestUri = new Uri(page.Root, "/api/quit"), 404),
            ["a POST to the page"] = ((request, page) => request.RequestUri = page.Root, 405),
        };

    public static TheoryData<string> Requests() => [.. s_requests.Keys];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Requests_that_the_page_would_not_send_are_refused(string attack)
    {
        await using var page = await StudioPage.StartAsync();
        var (change, status) = s_requests[attack];
        var request = page.Question("/api/open", """{"file": "data.csv"}""");
        change(request, page);
        try
        {
            using var response = await page.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
            RequireHeaders(response);
        }
        catch (HttpRequestException) when (status == 413)
        {
            // The connection was closed while the rest of the body was still being sent.
        }

        // And it goes on to answer the page.
        Assert.Equal("data.csv", (await page.AskAsync("/api/open", """{"file": "data.csv"}""")).GetProperty("file")
            .GetString());
    }

    [Theory]
    [InlineData("../secret.csv")]
    [InlineData("..\\secret.csv")]
    [InlineData("deep/../../secret.csv")]
    [InlineData("./data.csv")]
    [InlineData("link.csv")]
    [InlineData("folder/secret.csv")]
    [InlineData("ring.csv")]
    [InlineData(".hidden.csv")]
    [InlineData("*.csv")]
    [InlineData("-")]
    [InlineData("postgres://localhost/test")]
    [InlineData("data.csv\0.txt")]
    [InlineData("/dev/stdin")]
    [InlineData("")]
    public async Task Files_elsewhere_are_refused(string name)
    {
        await using var page = await StudioPage.StartAsync(inside =>
        {
            File.WriteAllText(Path.Combine(inside, ".hidden.csv"), "a,b\n1,2\n");
            File.CreateSymbolicLink(Path.Combine(inside, "link.csv"), "../secret.csv");
            Directory.CreateSymbolicLink(Path.Combine(inside, "folder"), "..");
            File.CreateSymbolicLink(Path.Combine(inside, "ring.csv"), "ring.csv");
        });
        await RequireRefusedAsync(page, name);
    }

    [Fact]
    public async Task Absolute_paths_outside_are_refused()
    {
        var outside = "";
        await using var page = await StudioPage.StartAsync(inside =>
            outside = Path.Combine(Path.GetDirectoryName(inside)!, "secret.csv"));
        Assert.True(File.Exists(outside));
        await RequireRefusedAsync(page, outside);
        await RequireRefusedAsync(page, "/etc/passwd");
    }

    [Fact]
    public async Task Links_that_stay_inside_and_the_file_of_the_start_are_opened()
    {
        await using var page = await StudioPage.StartAsync(
            inside => File.CreateSymbolicLink(Path.Combine(inside, "link.csv"), "data.csv"), "../secret.csv");
        var files = await page.AskAsync("/api/files");
        Assert.Equal(["data.csv"], files.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal("../secret.csv", files.GetProperty("first").GetString());
        await page.AskAsync("/api/open", """{"file": "link.csv"}""");
        await page.AskAsync("/api/open", """{"file": "../secret.csv"}""");
    }

    [Fact]
    public async Task A_name_that_is_an_option_is_a_name()
    {
        const string Name = "--sql=select 1 as a, 2 as b";
        await using var page = await StudioPage.StartAsync(
            inside => File.WriteAllText(Path.Combine(inside, Name), "-o,y\n1,2\n2,3\n3,5\n4,4\n"));
        var opened = await page.AskAsync("/api/open", $$"""{"file": "{{Name}}"}""");
        Assert.Equal($"plumb look \"./{Name}\"", opened.GetProperty("command").GetString());
        var fitted = await page.AskAsync("/api/fit", """{"targets": ["y"], "inputs": ["-o"]}""");
        Assert.Equal(4, fitted.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Script_in_the_name_of_a_column_or_file_stays_text()
    {
        await using var page = await StudioPage.StartAsync();
        var content = Encoding.UTF8.GetBytes($"{Hostile},<script>alert(1)</script>\n1,2\n2,4\n3,5\n4,9\n5,9\n6,13\n");
        using var response = await page.SendAsync(page.Upload("../../" + Hostile + ".csv", content));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var fitted = await page.AskAsync("/api/fit",
            $$"""{"targets": ["<script>alert(1)</script>"], "inputs": ["{{Hostile}}"]}""");
        var report = fitted.GetProperty("report").GetString()!;
        Assert.DoesNotContain("<script", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", report, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_lets_a_browser_run_keep_or_frame_anything()
    {
        await using var page = await StudioPage.StartAsync();
        foreach (var path in (string[])["/", "/studio.js", "/studio.css", "/nothing", "/../secret.csv", "/data.csv"])
        {
            using var response = await page.Client.GetAsync(new Uri(page.Root, path),
                TestContext.Current.CancellationToken);
            RequireHeaders(response);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(page.Token, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_many_streams_are_refused_and_stopped_ones_make_room()
    {
        await using var page = await StudioPage.StartAsync();
        await page.FitAsync();
        var running = new List<HttpResponseMessage>();
        HttpStatusCode status;
        do
        {
            var response = await page.SendAsync(page.Question("/api/train", """{"rate": 1e-9, "steps": 10000000}"""));
            status = response.StatusCode;
            running.Add(response);
        }
        while (status == HttpStatusCode.OK && running.Count < 20);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        running.ForEach(response => response.Dispose());
        for (var attempt = 0; attempt < 100 && status != HttpStatusCode.OK; attempt++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            using var response = await page.SendAsync(page.Question("/api/train", """{"rate": 0.1, "steps": 10}"""));
            status = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Connections_beyond_a_few_are_closed()
    {
        await using var page = await StudioPage.StartAsync();
        var clients = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 40; i++)
            {
                clients.Add(new TcpClient());
                await clients[^1].ConnectAsync("127.0.0.1", page.Root.Port, TestContext.Current.CancellationToken);
            }

            var read = clients[^1].GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
            Assert.Equal(0, await read.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task It_is_not_to_be_had_from_other_machines()
    {
        await using var page = await StudioPage.StartAsync();
        foreach (var address in (await Dns.GetHostAddressesAsync(Dns.GetHostName(),
            TestContext.Current.CancellationToken)).Where(address => !IPAddress.IsLoopback(address)))
        {
            using var client = new TcpClient(address.AddressFamily);
            await Assert.ThrowsAnyAsync<SocketException>(() =>
                client.ConnectAsync(address, page.Root.Port, TestContext.Current.CancellationToken).AsTask());
        }
    }

    private static async Task RequireRefusedAsync(StudioPage page, string name)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["file"] = name });
        using var response = await page.SendAsync(page.Question("/api/open", json));
        Assert.Equal(422, (int)response.StatusCode);
        Assert.Contains("there is no such file below the folder",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static void RequireHeaders(HttpResponseMessage response)
    {
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.False(response.Headers.Contains("Server"));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.Add(name, value);
    }
}
