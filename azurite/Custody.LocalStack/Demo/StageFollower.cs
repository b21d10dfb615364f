using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Custody.LocalStack.Terminal;

namespace Custody.LocalStack.Demo;

/// <summary>Follows a withdrawal through its audit trail, which misses no stage however short it was.</summary>
internal sealed class StageFollower : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Ends = ["settled", "rejected", "expired", "cancelled", "failed", "held"];
    private readonly HttpClient _http;
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private int _told;

    public StageFollower(string apiUrl, string token, string id, Screen screen, TimeProvider time, long begun)
    {
        _http = new HttpClient { BaseAddress = new Uri($"{apiUrl}/api/v1/withdrawals/{id}/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (_screen, _time, _begun) = (screen, time, begun);
    }

    /// <summary>Tells every stage until the withdrawal ends or waits for people; approves once it awaits that.</summary>
    public async Task<JsonElement> FollowAsync(Func<Task> approve, CancellationToken cancellation)
    {
        Task? approval = null;
        var status = "";
        while (_time.GetElapsedTime(_begun) < Patience)
        {
            var withdrawal = await GetAsync("", cancellation);
            await TellAsync(cancellation);
            status = withdrawal.GetProperty("status").GetString()!;
            if (status == "awaitingApproval")
            {
                approval ??= approve();
            }

            if (approval is { IsFaulted: true } || Ends.Contains(status))
            {
                await (approval ?? Task.CompletedTask);
                return withdrawal;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellation);
        }

        throw new StackFailure($"The withdrawal is still {status} after {Patience.TotalMinutes:0} minutes.");
    }

    public void Dispose() => _http.Dispose();

    private async Task TellAsync(CancellationToken cancellation)
    {
        var records = (await GetAsync("audit", cancellation)).GetProperty("records");
        for (; _told < records.GetArrayLength(); _told++)
        {
            var happened = records[_told].GetProperty("event");
            _screen.Event(Text(happened, "stage")!, Said(happened), _time.GetElapsedTime(_begun));
        }
    }

    // What happened; then who did it, when that was not the system itself; then the detail, or which document it was about.
    private static string Said(JsonElement happened)
    {
        var actor = Text(happened, "actor");
        string?[] about =
        [
            actor is "pipeline" or "signer" or "sender" ? null : actor,
            Text(happened, "code"),
            Text(happened, "detail") ?? Shortened(Text(happened, "digest")),
        ];
        return $"{Text(happened, "action"),-10} {string.Join("  ", about.OfType<string>())}";
    }

    private static string? Shortened(string? digest) => digest is null ? null : $"digest {digest[..16]}…";

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)
            : throw new StackFailure($"The API answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    private static string? Text(JsonElement document, string member) =>
        document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
