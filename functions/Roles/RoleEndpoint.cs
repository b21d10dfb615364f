using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Roles;

/// <summary>Reads a role's call and writes its answer, both canonical JSON.</summary>
internal static class RoleEndpoint
{
    private static readonly object Caller = new();

    /// <summary>The role that the connection's certificate proved.</summary>
    public static CustodyRole CallerOf(HttpContext http) => http.Items[Caller] is CustodyRole role ? role : CustodyRole.Unknown;

    /// <summary>Remembers it for the call.</summary>
    public static void SetCaller(HttpContext http, CustodyRole role) => http.Items[Caller] = role;

    /// <summary>Answers a call; one that is malformed is a problem, and not acted on.</summary>
    public static async Task AnswerAsync<T>(HttpContext http, Func<T, CancellationToken, Task<AnswerMessage>> answer)
    {
        T message;
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            message = CanonicalJson.Deserialize<T>(body.ToArray());
        }
        catch (JsonException malformed)
        {
            await Problems.Of(RefusalCode.BodyMalformed, malformed.Message).ExecuteAsync(http);
            return;
        }

        var reply = CanonicalJson.Serialize(await answer(message, http.RequestAborted));
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = reply.Length;
        await http.Response.Body.WriteAsync(reply, http.RequestAborted);
    }

    /// <summary>The same for a call that has no answer but that it was done.</summary>
    public static Task DoAsync<T>(HttpContext http, Func<T, CancellationToken, Task> act) => AnswerAsync<T>(
        http,
        async (message, cancellation) =>
        {
            await act(message, cancellation);
            return new AnswerMessage(1, "done");
        });
}
