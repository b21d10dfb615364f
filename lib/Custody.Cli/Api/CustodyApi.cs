using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Homes;
using Custody.Core.Callers;
using Custody.Core.Signatures;

namespace Custody.Cli.Api;

/// <summary>The HTTP API as one caller sees it (docs/api.md). Each call carries a token of its own.</summary>
internal sealed class CustodyApi(Profile profile, Uri baseUrl, IDocumentSigner signer, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A call token: what the header Authorization carries after <c>Bearer</c>.</summary>
    public Task<string> TokenAsync(CancellationToken cancellation) =>
        CallTokenRule.IssueAsync(signer, profile.Audience, RandomNumberGenerator.GetHexString(32, lowercase: true), time.GetUtcNow(), cancellation);

    public Task<ApiReply> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Url(path)), cancellation);

    /// <summary>Posts a signed document, a compact JWS.</summary>
    public Task<ApiReply> PostSignedAsync(string path, string compact, CancellationToken cancellation) =>
        SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, Url(path)) { Content = new StringContent(compact, Encoding.ASCII, new MediaTypeHeaderValue("application/jose")) },
            cancellation);

    /// <summary>Posts a document that carries its own signatures.</summary>
    public Task<ApiReply> PostDocumentAsync(string path, SignedDocument document, CancellationToken cancellation) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, Url(path))
        {
            Content = new ByteArrayContent(document.ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        },
        cancellation);

    /// <summary>Posts JSON that needs no signature of its own, since it changes nothing.</summary>
    public Task<ApiReply> PostJsonAsync(string path, byte[] body, CancellationToken cancellation) => SendAsync(
        () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return new HttpRequestMessage(HttpMethod.Post, Url(path)) { Content = content };
        },
        cancellation);

    /// <summary>Posts a request's exact bytes with its detached signature.</summary>
    public Task<ApiReply> PostRequestAsync(byte[] body, string signature, CancellationToken cancellation) => SendAsync(
        () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var message = new HttpRequestMessage(HttpMethod.Post, Url("withdrawals")) { Content = content };
            message.Headers.Add("X-Custody-Signature", signature);
            return message;
        },
        cancellation);

    public void Dispose() => _http.Dispose();

    private Uri Url(string path) => new($"{baseUrl.ToString().TrimEnd('/')}/api/v1/{path}");

    private async Task<ApiReply> SendAsync(Func<HttpRequestMessage> compose, CancellationToken cancellation)
    {
        using var message = compose();
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellation));
        try
        {
            using var reply = await _http.SendAsync(message, cancellation);
            var body = await reply.Content.ReadAsByteArrayAsync(cancellation);
            return Read(reply, body);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new ApiReply.Unreachable($"The API at {baseUrl} cannot be reached: {failure.Message}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return new ApiReply.Unknown($"The API at {baseUrl} gave no answer: {failure.Message}");
        }
    }

    private ApiReply Read(HttpResponseMessage reply, byte[] body)
    {
        try
        {
            if (reply.IsSuccessStatusCode)
            {
                using var document = JsonDocument.Parse(body);
                return new ApiReply.Answered((int)reply.StatusCode, document.RootElement.Clone());
            }

            if (JsonNode.Parse(body) is JsonObject problem && problem["code"] is not null)
            {
                return new ApiReply.Problem(problem);
            }
        }
        catch (JsonException)
        {
            // Whatever stands between us and the API answered in its place.
        }

        return new ApiReply.Unknown($"{baseUrl} answered {(int)reply.StatusCode} without a body that this command knows; is it the API?");
    }
}
