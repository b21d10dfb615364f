using System.Net.Http.Headers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Core.Approvals;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Testing.App;

/// <summary>Speaks the API as an exchange, an approver or an operator does: signed, with a token of its own for each call.</summary>
public sealed class ApiClient(RunningSystem system)
{
    internal static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A well-formed request of the local plan's first client for its first customer.</summary>
    public static WithdrawalRequest Request(string requestId, BigInteger? amount = null)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        return new WithdrawalRequest(
            "exchange-a", "customer-1", requestId, Core.Assets.AssetId.Parse("eip155:31337/slip44:60"),
            amount ?? BigInteger.Pow(10, 17), "entry-1", now, now + TimeSpan.FromHours(1));
    }

    /// <summary>Submits a request as its client does.</summary>
    public async Task<ApiAnswer> SubmitAsync(WithdrawalRequest request)
    {
        var body = CanonicalJson.Serialize(request);
        return await SubmitAsync(body, await SignRequestAsync(body, request.ClientId), await TokenAsync(request.ClientId));
    }

    /// <summary>Submits exact bytes with whatever signature and token; null leaves a header out.</summary>
    public Task<ApiAnswer> SubmitAsync(byte[] body, string? signature, string? token, string? traceParent = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "api/v1/withdrawals") { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            message.Headers.Add("X-Custody-Signature", signature);
        }

        if (traceParent is not null)
        {
            message.Headers.Add("traceparent", traceParent);
        }

        return SendAsync(message, token);
    }

    /// <summary>The detached signature over a body.</summary>
    public Task<string> SignRequestAsync(byte[] body, string who = "exchange-a", string type = DocumentType.Request) =>
        Jws.SignAsync(Signer(who), type, body, TimeProvider.System.GetUtcNow(), detached: true, CancellationToken.None);

    /// <summary>Reads a withdrawal.</summary>
    public async Task<ApiAnswer> ShowAsync(string id, string who = "exchange-a") => await GetAsync($"api/v1/withdrawals/{id}", who);

    /// <summary>Reads anything.</summary>
    public async Task<ApiAnswer> GetAsync(string path, string who) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), await TokenAsync(who));

    /// <summary>Votes on the intent that the withdrawal has now.</summary>
    public async Task<ApiAnswer> VoteAsync(string id, string approver, ApprovalDecision decision = ApprovalDecision.Approve, Func<ApprovalStatement, ApprovalStatement>? change = null)
    {
        var shown = (await ShowAsync(id, approver)).Body;
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var statement = new ApprovalStatement(
            1, id, (string?)shown["intentDigest"] ?? "", (int)shown["attempt"]!, decision, approver, $"{approver}-1", 1, now, now + TimeSpan.FromHours(1));
        return await PostAsync($"api/v1/withdrawals/{id}/approvals", approver, DocumentType.Approval, (change ?? (s => s))(statement));
    }

    /// <summary>Posts a signed statement.</summary>
    public async Task<ApiAnswer> PostAsync<T>(string path, string who, string type, T statement)
    {
        var compact = await Jws.SignAsync(
            Signer(who), type, CanonicalJson.Serialize(statement), TimeProvider.System.GetUtcNow(), detached: false, CancellationToken.None);
        return await PostCompactAsync(path, who, compact);
    }

    /// <summary>Posts a compact JWS as it is.</summary>
    public async Task<ApiAnswer> PostCompactAsync(string path, string who, string compact) =>
        await PostCompactWithTokenAsync(path, await TokenAsync(who), compact);

    /// <summary>Posts a compact JWS with whatever token; null sends none.</summary>
    public Task<ApiAnswer> PostCompactWithTokenAsync(string path, string? token, string compact) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(compact, Encoding.ASCII, "application/jose") }, token);

    /// <summary>Reads anything with whatever token; null sends none.</summary>
    public Task<ApiAnswer> GetWithTokenAsync(string path, string? token) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), token);

    /// <summary>Reads anything, with a header that a proxy would have written.</summary>
    public async Task<ApiAnswer> GetAsync(string path, string who, string header, string value)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, path);
        message.Headers.Add(header, value);
        return await SendAsync(message, await TokenAsync(who));
    }

    /// <summary>A call token.</summary>
    public Task<string> TokenAsync(string who) =>
        CallTokenRule.IssueAsync(Signer(who), system.System.Plan.Api.Audience, Guid.NewGuid().ToString("N"), TimeProvider.System.GetUtcNow(), CancellationToken.None);

    /// <summary>Somebody's key: an approver's first device for an approver.</summary>
    public IDocumentSigner Signer(string who) =>
        system.System.Signer(system.System.Plan.Approvers.Any(a => a.Id == who) ? $"{who}-1" : who);

    /// <summary>Waits until a withdrawal is in a status; fails with what it is when it ends elsewhere or time runs out.</summary>
    public async Task<JsonNode> WaitForAsync(string id, WithdrawalStatus status, TimeSpan? within = null)
    {
        var wanted = JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
        var watch = global::System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var answer = await TryShowAsync(id);
            var now = (string?)answer?["status"];
            if (now == wanted)
            {
                return answer!;
            }

            if (watch.Elapsed > (within ?? TimeSpan.FromMinutes(3)) || now is "settled" or "rejected" or "expired" or "cancelled" or "failed")
            {
                throw new InvalidOperationException($"{id} is {answer} and not {wanted}.\n{string.Join('\n', (system.App?.Output ?? "").Split('\n').TakeLast(40))}");
            }

            await Task.Delay(100);
        }
    }

    private async Task<JsonNode?> TryShowAsync(string id)
    {
        try
        {
            return (await ShowAsync(id, system.System.Plan.Operators[0].Id)).Body;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage message, string? token)
    {
        message.RequestUri = new Uri(system.Url, message.RequestUri!);
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using (message)
        {
            using var reply = await Http.SendAsync(message);
            var text = await reply.Content.ReadAsStringAsync();
            return new ApiAnswer((int)reply.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, reply.Content.Headers.ContentType?.MediaType);
        }
    }
}
