using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Functions.Composition;

namespace Custody.Functions.Screening;

/// <summary>
/// The screening provider over HTTP. Only an answer that is complete, in time, about the very question and without
/// contradiction is clear; everything else is no answer. It is not asked again here: the stage is, durably.
/// </summary>
public sealed class HttpScreener(IHttpClientFactory clients, CustodySettings settings, TimeProvider time)
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Client = "screening";

    private const int MaxBytes = 64 * 1024;
    private const int MaxHits = 100;

    /// <summary>Asks about a subject; the time-out counts to the last byte of the answer.</summary>
    public async Task<ScreeningResult> AskAsync(ScreeningSubject subject, TimeSpan timeout, CancellationToken cancellation)
    {
        if (settings.Screening is not { } provider)
        {
            return No("No screening provider is configured (Custody__Screening__Endpoint).");
        }

        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = Compose(provider, subject);
            using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return reply.StatusCode != HttpStatusCode.OK ? No($"The screening provider answered {(int)reply.StatusCode}.")
                : await ReadAsync(reply.Content, either.Token) is { } body ? Judge(body, subject)
                : No($"The screening provider's answer is longer than {MaxBytes} bytes.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return No($"The screening provider did not answer within {timeout.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The message may name the address and nothing else of ours.
            return No($"The screening provider cannot be reached: {failure.Message}");
        }
    }

    /// <summary>What an answer's bytes say about a subject.</summary>
    public static ScreeningResult Judge(ReadOnlySpan<byte> body, ScreeningSubject subject)
    {
        ProviderAnswer answer;
        try
        {
            answer = CanonicalJson.DeserializeLoose<ProviderAnswer>(body);
        }
        catch (JsonException)
        {
            return No("The screening provider's answer cannot be read.");
        }

        return answer.Version != 1 || answer.Chain != subject.Chain.ToString() || answer.Address != subject.Address || answer.Reference != subject.Digest()
                ? No("The screening provider answered another question.")
            : (answer.Verdict, answer.Hits.Count) switch
            {
                ("clear", 0) => new ScreeningResult.Clear(),
                ("hit", > 0 and <= MaxHits) when answer.Hits.All(h => h is { List.Length: > 0, Entry.Length: > 0 }) => new ScreeningResult.Hit(answer.Hits),
                _ => No("The screening provider's answer contradicts itself."),
            };
    }

    private static HttpRequestMessage Compose(ScreeningSetting provider, ScreeningSubject subject)
    {
        var question = new ProviderQuestion(1, subject.Chain.ToString(), subject.Address, subject.Digest());
        var content = new ByteArrayContent(CanonicalJson.Serialize(question));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, provider.Endpoint) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", provider.Key);
        return request;
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static ScreeningResult.Unavailable No(string detail) => new(RefusalCode.ScreeningUnavailable, detail);
}
