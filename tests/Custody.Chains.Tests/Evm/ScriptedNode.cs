using System.Net;
using System.Text;
using System.Text.Json;
using Custody.Chains.Evm;
using Custody.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Custody.Chains.Tests.Evm;

/// <summary>A real HTTP server that answers JSON-RPC as a dishonest or broken node would.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _http = new();
    private readonly Func<HttpListenerContext, JsonElement, Task> _answer;
    private readonly Task _serving;

    private ScriptedNode(Func<HttpListenerContext, JsonElement, Task> answer)
    {
        _answer = answer;
        Url = new Uri($"http://127.0.0.1:{FreePort.Take(1)[0]}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>The client under test, with answers of at most 4 KB.</summary>
    public IEvmNode Client => new EvmNode(_http, new EvmNodeOptions(Url, TimeSpan.FromSeconds(10), 4096), Time);

    /// <summary>Answers every call with this body.</summary>
    public static ScriptedNode Saying(string body, int status = 200) => new((context, _) => WriteAsync(context, body, status));

    /// <summary>Answers each method with this result, as JSON.</summary>
    public static ScriptedNode Results(params (string Method, string Json)[] results) => new((context, call) => WriteAsync(
        context, Result(results.Single(r => r.Method == call.GetProperty("method").GetString()).Json), 200));

    /// <summary>Answers every block number with this block, as JSON.</summary>
    public static ScriptedNode Blocks(Func<string, string> block) => new((context, call) => WriteAsync(
        context, Result(block(call.GetProperty("params")[0].GetString()!)), 200));

    /// <summary>Answers each call with what this makes of it, as JSON.</summary>
    public static ScriptedNode Answering(Func<JsonElement, string> result) => new((context, call) => WriteAsync(context, Result(result(call)), 200));

    /// <summary>Calls <paramref name="received"/> with the bytes in hand and then does whatever it does.</summary>
    public static ScriptedNode Doing(Func<HttpListenerContext, Task> received) => new((context, _) => received(context));

    /// <summary>Answers a call with these bytes; the length in front spares each answer a delayed acknowledgement.</summary>
    public static async Task WriteAsync(HttpListenerContext context, byte[] body)
    {
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _http.Dispose();
    }

    private static string Result(string json) => $$"""{"jsonrpc":"2.0","id":1,"result":{{json}}}""";

    private static async Task WriteAsync(HttpListenerContext context, string body, int status)
    {
        context.Response.StatusCode = status;
        await WriteAsync(context, Encoding.UTF8.GetBytes(body));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var call = await JsonDocument.ParseAsync(context.Request.InputStream);
                _ = _answer(context, call.RootElement);
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
