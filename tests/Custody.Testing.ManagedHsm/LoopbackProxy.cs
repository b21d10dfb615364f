using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Custody.Testing.ManagedHsm;

/// <summary>
/// An HTTP proxy that tunnels (RFC 9110, CONNECT) to one name on loopback and to nothing else: how a program that knows of no test
/// reaches a double whose name no resolver knows.
/// </summary>
public sealed class LoopbackProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private readonly string _host;

    private LoopbackProxy(string host)
    {
        _host = host;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What HTTPS_PROXY is to be.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Starts one for a name.</summary>
    public static LoopbackProxy Start(string host) => new(host);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TunnelAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using var from = client;
        try
        {
            var stream = from.GetStream();
            var target = (await HeadAsync(stream)).Split(' ') is ["CONNECT", var asked, ..] && asked.Split(':') is [var host, var port] && host == _host ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : 0;
            if (target == 0)
            {
                await stream.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _end.Token);
                return;
            }

            using var to = new TcpClient();
            await to.ConnectAsync(IPAddress.Loopback, target, _end.Token);
            await stream.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), _end.Token);
            await Task.WhenAny(stream.CopyToAsync(to.GetStream(), _end.Token), to.GetStream().CopyToAsync(stream, _end.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or SocketException)
        {
            // One side hung up.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 8192 && !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _end.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
