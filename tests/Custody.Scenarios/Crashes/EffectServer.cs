using System.Text;
using System.Text.RegularExpressions;
using Custody.Scenarios.Systems;
using Custody.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Custody.Scenarios.Crashes;

/// <summary>Stands between the app and its storage, byte for byte, and is asked before each signature of a vault; the tap says what passes.</summary>
internal sealed partial class EffectServer : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private readonly AzuriteServer _azurite;
    private readonly EffectTap _tap;
    private readonly WebApplication _server;
    private readonly int _blobPort;
    private readonly int _tablePort;

    private EffectServer(AzuriteServer azurite, EffectTap tap, WebApplication server, int blobPort, int tablePort) =>
        (_azurite, _tap, _server, _blobPort, _tablePort) = (azurite, tap, server, blobPort, tablePort);

    /// <summary>Where the test host asks before and tells after a signature.</summary>
    public string VaultUrl => $"http://127.0.0.1:{_blobPort}/vault";

    public static async Task<EffectServer> StartAsync(AzuriteServer azurite, EffectTap tap)
    {
        var ports = FreePort.Take(2);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{ports[0]}", $"http://127.0.0.1:{ports[1]}");
        var server = builder.Build();
        var made = new EffectServer(azurite, tap, server, ports[0], ports[1]);
        server.Run(made.AnswerAsync);
        await server.StartAsync();
        return made;
    }

    /// <summary>An account's connection string, by way of this server.</summary>
    public string Through(string connection) => connection
        .Replace($"127.0.0.1:{_azurite.BlobPort}/", $"127.0.0.1:{_blobPort}/", StringComparison.Ordinal)
        .Replace($"127.0.0.1:{_azurite.TablePort}/", $"127.0.0.1:{_tablePort}/", StringComparison.Ordinal);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            await (http.Request.Path.StartsWithSegments("/vault", StringComparison.Ordinal) ? VaultAsync(http, body) : StorageAsync(http, body.ToArray()));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // The app was killed while it asked, or storage is being stopped.
            http.Abort();
        }
    }

    private async Task VaultAsync(HttpContext http, MemoryStream body)
    {
        if (http.Request.Path == "/vault/signed")
        {
            _tap.KillApp();
            return;
        }

        await http.Response.WriteAsync(_tap.Vault(Encoding.ASCII.GetString(body.ToArray())).ToString(), http.RequestAborted);
    }

    private async Task StorageAsync(HttpContext http, byte[] body)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            using var read = await ForwardAsync(http, target, body);
            await ReplyAsync(http, read);
            return;
        }

        HttpResponseMessage? answer = null;
        try
        {
            var text = $"{target} {Encoding.UTF8.GetString(body)}";
            var passage = await _tap.StorageAsync(
                Effect(http.Request.Method, target, text), text, http.Request.Headers["x-ms-client-request-id"], async () => answer = await ForwardAsync(http, target, body));
            switch (passage)
            {
                case Passage.Answer:
                    await ReplyAsync(http, answer!);
                    break;
                case Passage.Refusal:
                    http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    break;
                default:
                    http.Abort();
                    break;
            }
        }
        finally
        {
            answer?.Dispose();
        }
    }

    // Whatever becomes of the caller, what was let through happens.
    private Task<HttpResponseMessage> ForwardAsync(HttpContext http, string target, byte[] body)
    {
        var port = http.Connection.LocalPort == _blobPort ? _azurite.BlobPort : _azurite.TablePort;
        var message = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri($"http://127.0.0.1:{port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body.Length > 0 || http.Request.ContentLength is not null)
        {
            message.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in http.Request.Headers.Where(h => h.Key is not ("Connection" or "Transfer-Encoding")))
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return Http.SendAsync(message, CancellationToken.None);
    }

    private static async Task ReplyAsync(HttpContext http, HttpResponseMessage answer)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Connection" or "Transfer-Encoding" or "Keep-Alive")))
        {
            http.Response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(http.Request.Method) && answer.StatusCode is not (System.Net.HttpStatusCode.NoContent or System.Net.HttpStatusCode.NotModified))
        {
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }

    // For people: which table or blob, without what differs from payment to payment.
    private static string Effect(string method, string target, string text)
    {
        var comp = Comp().Match(target) is { Success: true } found ? $" {found.Groups[1].Value}" : "";
        var place = target.Contains("/$batch", StringComparison.Ordinal) && Table().Match(text) is { Success: true } table
            ? table.Groups[1].Value
            : string.Join('/', target.Split('?', '(')[0].Split('/').Skip(2).Where(s => !Id().IsMatch(s)));
        return $"{method} {place}{comp}";
    }

    [GeneratedRegex(@"[?&]comp=(\w+)")]
    private static partial Regex Comp();

    [GeneratedRegex(@"http://[^/]+/\w+/(\w+)[(\s?]")]
    private static partial Regex Table();

    [GeneratedRegex(@"[0-9a-f]{32}")]
    private static partial Regex Id();
}
