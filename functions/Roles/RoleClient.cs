using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Roles;

/// <summary>
/// Calls another role over TLS: it shows this role's certificate, and speaks only to whoever shows the other's. It tries nothing
/// again; whoever calls decides that, by id. The trace goes along in the call's headers (W3C Trace Context).
/// </summary>
public sealed partial class RoleClient : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly CustodyRole _role;
    private readonly ILogger<RoleClient> _log;

    /// <summary>A client of the role at an address.</summary>
    public RoleClient(CustodyRole role, Uri address, RoleCertificates certificates, TimeSpan timeout, ILogger<RoleClient> log)
    {
        (_role, _log) = (role, log);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateContext = SslStreamCertificateContext.Create(certificates.Own, null, offline: true),
                RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTheRole(certificate as X509Certificate2, certificates),
            },
        };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = timeout, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Makes a call. Throws <see cref="RoleUnavailableException"/> for anything but an answer.</summary>
    public async Task<AnswerMessage> CallAsync<T>(string path, T message, CancellationToken cancellation)
    {
        using var span = Traces.Call(path);
        try
        {
            using var content = new ByteArrayContent(CanonicalJson.Serialize(message));
            content.Headers.ContentType = Json;
            using var reply = await _http.PostAsync(path, content, cancellation);
            var body = await reply.Content.ReadAsByteArrayAsync(cancellation);
            return reply.StatusCode != HttpStatusCode.OK
                ? throw Away($"answered {(int)reply.StatusCode}", null)
                : CanonicalJson.Deserialize<AnswerMessage>(body) is { Version: 1 } answer ? answer : throw Away("answered in a version that is not known", null);
        }
        catch (JsonException malformed)
        {
            throw Away("gave a malformed answer", malformed);
        }
        catch (Exception silence) when (silence is HttpRequestException or IOException || (silence is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Away("does not answer", silence);
        }
    }

    /// <summary>Makes a call and reads its answer with <paramref name="read"/>, which throws <see cref="JsonException"/> for what is none.</summary>
    public async Task<TAnswer> CallAsync<T, TAnswer>(string path, T message, Func<AnswerMessage, TAnswer> read, CancellationToken cancellation)
    {
        var answer = await CallAsync(path, message, cancellation);
        try
        {
            return read(answer);
        }
        catch (JsonException malformed)
        {
            throw Away("gave a malformed answer", malformed);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private bool IsTheRole(X509Certificate2? certificate, RoleCertificates certificates)
    {
        var (role, reason) = certificates.RoleOf(certificate);
        if (role == _role)
        {
            return true;
        }

        Stranger(_log, RoleCertificates.Text(_role), reason ?? $"it names the {RoleCertificates.Text(role)}");
        return false;
    }

    private RoleUnavailableException Away(string what, Exception? why)
    {
        Silent(_log, RoleCertificates.Text(_role), what, why?.Message ?? "");
        return new RoleUnavailableException($"The {RoleCertificates.Text(_role)} {what}.", why);
    }

    [LoggerMessage(9000, LogLevel.Error, "What answers as the {Role} does not show its certificate: {Reason}")]
    private static partial void Stranger(ILogger log, string role, string reason);

    [LoggerMessage(9001, LogLevel.Warning, "The {Role} {What}: {Reason}")]
    private static partial void Silent(ILogger log, string role, string what, string reason);
}
