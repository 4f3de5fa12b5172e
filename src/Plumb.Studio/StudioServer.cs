using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Plumb.Studio;

/// <summary>The page's server: on this machine alone, for whoever has the address that it gives.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private const int MostConnections = 32;
    private static readonly TimeSpan s_longestHeaders = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly StudioSession _session;

    private StudioServer(WebApplication application, StudioSession session) =>
        (_application, _session) = (application, session);

    /// <summary>What a browser has to show: the token stands behind #, which it sends to nobody.</summary>
    public required Uri Address { get; init; }

    /// <summary>Starts to listen.</summary>
    /// <param name="folder">The folder below which files may be opened.</param>
    /// <param name="first">A file to open first; null for none.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StudioServer> StartAsync(string folder, string? first, int port,
        CancellationToken cancellationToken)
    {
        // Empty: no settings are taken from files of the folder or from the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Plumb.Studio" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Restrict(options, port));
        var application = builder.Build();
        var session = new StudioSession(folder, first);
        try
        {
            var (token, bound) = (new SessionToken(), 0);
            var guard = new RequestGuard(token, () => bound);
            var questions = new StudioQuestions(session);
            application.Run(context => AnswerAsync(context, guard, questions));
            await application.StartAsync(cancellationToken);
            var address = application.Services.GetRequiredService<IServer>().Features
                .Get<IServerAddressesFeature>()!.Addresses.Single();
            bound = new Uri(address).Port;
            return new StudioServer(application, session)
            {
                Address = new Uri(string.Create(CultureInfo.InvariantCulture,
                    $"http://127.0.0.1:{bound}/#token={token.Text}")),
            };
        }
        catch
        {
            session.Dispose();
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(soon.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _session.Dispose();
    }

    private static void Restrict(KestrelServerOptions options, int port)
    {
        options.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
        options.Limits.MaxRequestBodySize = RequestGuard.MostBytes;
        options.Limits.RequestHeadersTimeout = s_longestHeaders;
        options.Limits.MaxRequestLineSize = 4096;
        options.Limits.MaxRequestHeadersTotalSize = 16384;
        options.Limits.MaxRequestHeaderCount = 50;
    }

    private static Task AnswerAsync(HttpContext context, RequestGuard guard, StudioQuestions questions)
    {
        ResponseHeaders.Set(context.Response.Headers);
        return guard.Refuse(context.Request) is { } refusal ? RefuseAsync(context, refusal)
            : HttpMethods.IsPost(context.Request.Method) ? questions.AnswerAsync(context)
            : PageFiles.Find(context.Request.Path) is { } file ? file.WriteAsync(context.Response)
            : RefuseAsync(context, new(StatusCodes.Status404NotFound, "there is no such page."));
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(refusal.Reason);
    }
}
