using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;

namespace Custody.Scenarios.Systems;

/// <summary>Calls the app's API as anybody, well or badly signed.</summary>
internal sealed class Api(World world)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Whether the app answers.</summary>
    public Task<Answer> HealthAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "health", "exchange-a", new TokenOptions { Omit = true }, null, null, null, cancellation);

    /// <summary>Posts a compact JWS.</summary>
    public Task<Answer> PostSignedAsync(string path, string compact, string who, TokenOptions? token, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, who, token, System.Text.Encoding.UTF8.GetBytes(compact), "application/jose", null, cancellation);

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string who, TokenOptions? token, byte[]? body, string? contentType, string? requestSignature, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(method, new Uri(world.App.Url, $"api/v1/{path}"));
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType!);
        }

        if (requestSignature is not null)
        {
            message.Headers.TryAddWithoutValidation("X-Custody-Signature", requestSignature);
        }

        if (token is not { Omit: true })
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await TokenAsync(who, token ?? new TokenOptions(), cancellation)}");
        }

        try
        {
            using var reply = await Http.SendAsync(message, cancellation);
            var text = await reply.Content.ReadAsStringAsync(cancellation);
            return new Answer((int)reply.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) as JsonObject : null, text);
        }
        catch (HttpRequestException failure)
        {
            return new Answer(0, null, $"no answer: {failure.Message}");
        }
    }

    private Task<string> TokenAsync(string who, TokenOptions options, CancellationToken cancellation)
    {
        var now = world.Now.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = options.Audience ?? world.People.Audience,
            ["exp"] = now + (long)(options.ExpiresIn is { } length ? Durations.Parse(length) : TimeSpan.FromMinutes(4)).TotalSeconds,
            ["iat"] = now,
            ["jti"] = options.Id ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        return JwsMaker.MakeAsync(
            world.People.Signer(who), "custody-call+jwt", JsonSerializer.SerializeToUtf8Bytes(claims), issuedAt: null, detached: false, options.Sign, cancellation);
    }
}
