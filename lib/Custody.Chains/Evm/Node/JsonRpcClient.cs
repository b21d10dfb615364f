using System.Net.Http.Headers;
using System.Text.Json;

namespace Custody.Chains.Evm;

/// <summary>
/// JSON-RPC 2.0 over HTTP with a limit on time and on size. Messages of its exceptions never hold the endpoint, which may
/// carry a provider's key.
/// </summary>
internal sealed class JsonRpcClient(HttpClient http, JsonRpcOptions options, TimeProvider time)
{
    // One call, one connection's answer: the id only has to be echoed.
    private const int CallId = 1;
    private const int MaxErrorText = 500;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public async Task<JsonRpcReply> CallAsync(string method, object[] parameters, CancellationToken cancellation)
    {
        var body = await PostAsync(method, parameters, cancellation);
        try
        {
            using var reply = JsonDocument.Parse(body, Strict);
            return Read(reply.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half a surrogate pair, which parses but cannot be read.
            throw new NodeAnswerException($"The node's reply to {method} is not JSON.", malformed);
        }
    }

    private static JsonRpcReply Read(JsonElement reply)
    {
        if (reply.ValueKind != JsonValueKind.Object || !reply.TryGetProperty("id", out var id)
            || id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out var echoed) || echoed != CallId)
        {
            throw new NodeAnswerException("The node's reply is not the reply to our call.");
        }

        var hasResult = reply.TryGetProperty("result", out var result);
        var hasError = reply.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null;
        return (hasResult, hasError) switch
        {
            (true, false) => new JsonRpcReply.Result(result.Clone()),
            (_, true) when !hasResult || result.ValueKind == JsonValueKind.Null => ReadError(error),
            _ => throw new NodeAnswerException("The node's reply has both a result and an error, or neither."),
        };
    }

    private static JsonRpcReply.Error ReadError(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object
            || !error.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.Number || !code.TryGetInt64(out var number)
            || !error.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
        {
            throw new NodeAnswerException("The node's error has no code or message.");
        }

        var text = message.GetString()!;
        return new JsonRpcReply.Error(number, text.Length > MaxErrorText ? text[..MaxErrorText] : text);
    }

    private async Task<byte[]> PostAsync(string method, object[] parameters, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint) { Content = Content(method, parameters) };
            request.Headers.Authorization = options.Authorization;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode
                ? await ReadBoundedAsync(response.Content, either.Token)
                : throw new NodeUnavailableException($"The node answered {method} with HTTP {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException canceled) when (!cancellation.IsCancellationRequested)
        {
            throw new NodeUnavailableException($"The node did not answer {method} in time.", canceled);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new NodeUnavailableException($"The call {method} did not come through.", fault);
        }
    }

    private static ByteArrayContent Content(string method, object[] parameters)
    {
        var call = new Dictionary<string, object> { ["jsonrpc"] = "2.0", ["id"] = CallId, ["method"] = method, ["params"] = parameters };
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<byte[]> ReadBoundedAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (kept.Length + read > options.MaxResponseBytes)
            {
                throw new NodeAnswerException($"The node's answer is longer than {options.MaxResponseBytes} bytes.");
            }

            kept.Write(chunk, 0, read);
        }

        return kept.ToArray();
    }
}
