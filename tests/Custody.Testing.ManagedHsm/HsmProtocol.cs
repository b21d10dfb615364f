using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Custody.Testing.ManagedHsm;

/// <summary>The part of the Key Vault REST API that the double speaks, as its reference pages describe it.</summary>
internal sealed class HsmProtocol(ManagedHsmServer server)
{
    internal static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var operation = context.Request.Method switch { "GET" when path is [.., "attestation"] => "attest", "GET" => "get", "PATCH" => "update", "POST" when path is [.., "sign"] => "sign", _ => "other" };
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var token = context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var bearer] ? bearer : "";
        var permissions = HsmPermissions.Read | HsmPermissions.Sign;
        var authorized = !server.AsksForToken || server.Tokens.TryGetValue(token, out permissions);
        server.Requests.Enqueue(new HsmRequest(operation, context.Request.Path.Value!, authorized, token.Length > 0, body));
        context.Response.Headers["x-ms-keyvault-service-version"] = "2.0.0";
        if (!authorized)
        {
            context.Response.Headers.WWWAuthenticate = server.Challenge;
            await ErrorAsync(context, 401, "Unauthorized");
            return;
        }

        if (operation == "other" || path is not ["keys", var name, ..])
        {
            await ErrorAsync(context, 400, "BadParameter");
            return;
        }

        var trick = server.Tricks.TryGetValue(operation, out var tricks) && tricks.TryDequeue(out var next) ? next : null;
        if (await IsPlayedInsteadAsync(context, trick))
        {
            return;
        }

        if (context.Request.Query["api-version"] != ManagedHsmServer.ApiVersion)
        {
            await ErrorAsync(context, 400, "BadParameter");
            return;
        }

        var needed = operation switch { "get" or "attest" => HsmPermissions.Read, "sign" => HsmPermissions.Sign, _ => HsmPermissions.Write };
        if (!permissions.HasFlag(needed))
        {
            await ErrorAsync(context, 403, "Forbidden");
            return;
        }

        var version = path is [_, _, var third, ..] && third is not ("sign" or "attestation") ? third : null;
        var key = server.Keys.GetValueOrDefault(name)?.LastOrDefault(k => version is null || k.Version == version);
        if (key is null)
        {
            await ErrorAsync(context, 404, "KeyNotFound");
            return;
        }

        switch (operation)
        {
            case "get":
                await AnswerAsync(context, key.Bundle(key.Id), trick);
                break;
            case "attest":
                await AnswerAsync(context, key.Bundle(key.Id, attested: true), trick);
                break;
            case "update":
                Update(key, body);
                await AnswerAsync(context, key.Bundle(key.Id), trick);
                break;
            default:
                await SignAsync(context, key, body, trick);
                break;
        }
    }

    private async Task SignAsync(HttpContext context, HsmKey key, string body, HsmTrick? trick)
    {
        var asked = JsonSerializer.Deserialize<Dictionary<string, string>>(body)!;
        var now = server.Now();
        if (key.Enabled != true || now < key.NotBefore || now >= key.Expires)
        {
            await ErrorAsync(context, 403, "Forbidden", key.Enabled != true ? "KeyDisabled" : now < key.NotBefore ? "KeyNotYetValid" : "KeyExpired");
        }
        else if (!key.Operations.Contains("sign"))
        {
            await ErrorAsync(context, 403, "Forbidden", "KeyOperationForbidden");
        }
        else if (asked["alg"] != key.Algorithm || !Base64Url.IsValid(asked["value"]) || Base64Url.DecodeFromChars(asked["value"]) is not { Length: 32 } digest)
        {
            await ErrorAsync(context, 400, "BadParameter");
        }
        else
        {
            var signature = trick is HsmTrick.SignWith other ? other.Sign(key, digest) : key.Sign(digest);
            await AnswerAsync(context, new { kid = key.Id, value = Base64Url.EncodeToString(signature) }, trick);
        }
    }

    private static void Update(HsmKey key, string body)
    {
        using var asked = JsonDocument.Parse(body);
        if (asked.RootElement.TryGetProperty("tags", out var tags))
        {
            key.Tags = tags.Deserialize<Dictionary<string, string>>()!;
        }

        if (asked.RootElement.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty("enabled", out var enabled))
        {
            key.Enabled = enabled.GetBoolean();
        }
    }

    private async Task<bool> IsPlayedInsteadAsync(HttpContext context, HsmTrick? trick)
    {
        switch (trick)
        {
            case HsmTrick.Error error:
                if (error.RetryAfter is not null)
                {
                    context.Response.Headers.RetryAfter = error.RetryAfter;
                }

                await ErrorAsync(context, error.Status, error.Code);
                return true;
            case HsmTrick.Answer answer:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(answer.Body);
                return true;
            case HsmTrick.Challenge challenge:
                context.Response.Headers.WWWAuthenticate = challenge.Header;
                await ErrorAsync(context, 401, "Unauthorized");
                return true;
            case HsmTrick.CutBefore:
                context.Abort();
                return true;
            case HsmTrick.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return true;
            default:
                return false;
        }
    }

    private static async Task AnswerAsync(HttpContext context, object answer, HsmTrick? trick)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, Json);
        switch (trick)
        {
            case HsmTrick.CutAfter:
                context.Abort();
                return;
            case HsmTrick.GatewayTimeout:
                await ErrorAsync(context, 504, "GatewayTimeout");
                return;
            case HsmTrick.CutWithin:
                context.Response.ContentLength = bytes.Length;
                await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            default:
                context.Response.ContentType = "application/json; charset=utf-8";
                await context.Response.Body.WriteAsync(bytes);
                return;
        }
    }

    private static async Task ErrorAsync(HttpContext context, int status, string code, string? inner = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var error = new { error = new { code, message = $"The double says {code}.", innererror = inner is null ? null : new { code = inner } } };
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(error, Json));
    }
}
