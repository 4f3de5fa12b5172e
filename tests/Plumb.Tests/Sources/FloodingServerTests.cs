using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumb.Tests.Sources;

/// <summary>A server that lets one in, and then sends notices for ever.</summary>
public sealed class FloodingServerTests
{
    [Fact]
    public async Task Server_that_only_sends_notices_is_left()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ending = new CancellationTokenSource();
        var serving = ServeAsync(listener, ending.Token);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var address = PostgreSqlAddress.Parse($"postgres://me@127.0.0.1:{port}/db?sslmode=disable&connect_timeout=1");
        var refusal = await Assert.ThrowsAsync<IOException>(() =>
            PostgreSqlReader.OpenAsync(new PostgreSqlInput.Table(address),
                cancellationToken: TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Contains("the server sent no answer, expected one within 6 s", refusal.Message,
            StringComparison.Ordinal);
        await ending.CancelAsync();
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var client = await listener.AcceptSocketAsync(cancellationToken);
        _ = await client.ReceiveAsync(new byte[4096], cancellationToken); // what it wants to be called
        await client.SendAsync(Message('R', new byte[sizeof(int)]), cancellationToken); // welcome
        foreach (var parameter in (string[])["server_version\u000017.0\0", "client_encoding\0UTF8\0",
            "integer_datetimes\0on\0", "TimeZone\0UTC\0", "standard_conforming_strings\0on\0"])
        {
            await client.SendAsync(Message('S', Encoding.UTF8.GetBytes(parameter)), cancellationToken);
        }

        await client.SendAsync(Message('K', new byte[2 * sizeof(int)]), cancellationToken);
        await client.SendAsync(Message('Z', "I"u8), cancellationToken); // ready
        var notices = Enumerable.Repeat(Message('N', "SNOTICE\0C00000\0Mmore\0\0"u8), 1000)
            .SelectMany(notice => notice).ToArray();
        try
        {
            while (true)
            {
                await client.SendAsync(notices, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // it is over
        }
    }

    private static byte[] Message(char kind, ReadOnlySpan<byte> content)
    {
        var message = new byte[1 + sizeof(int) + content.Length];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), sizeof(int) + content.Length);
        content.CopyTo(message.AsSpan(1 + sizeof(int)));
        return message;
    }
}
