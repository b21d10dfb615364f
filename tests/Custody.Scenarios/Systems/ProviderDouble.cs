using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.Scenarios.Systems;

/// <summary>A screening provider as docs/screening.md describes one, which can also fail and lie in every way that matters.</summary>
internal sealed class ProviderDouble : IAsyncDisposable
{
    /// <summary>What the app presents.</summary>
    public const string Key = "scenario-screening-key";

    public static readonly IReadOnlyList<string> Behaviours =
        ["clear", "hit", "fails", "silent", "garbage", "slowDrip", "contradicts", "hitsNothing", "answersForAnother", "redirects", "endless"];

    private readonly WebApplication _server;
    private volatile string _behaviour = "clear";

    private ProviderDouble(WebApplication server) => _server = server;

    public Uri Url => new(new Uri(_server.Urls.First()), "/screen");

    /// <summary>How it behaves until this is set again.</summary>
    public string Behaviour
    {
        get => _behaviour;
        set => _behaviour = value;
    }

    public static async Task<ProviderDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        var made = new ProviderDouble(server);
        server.Run(made.AnswerAsync);
        await server.StartAsync();
        return made;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            if (http.Request.Headers.Authorization != $"Bearer {Key}")
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            var question = (JsonObject)(await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
            await BehaveAsync(http, question);
        }
        catch (OperationCanceledException)
        {
            // The app had no more patience, or was killed.
        }
    }

    private async Task BehaveAsync(HttpContext http, JsonObject question)
    {
        var cancellation = http.RequestAborted;
        switch (_behaviour)
        {
            case "fails":
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await http.Response.WriteAsync(Answer(question, "clear"), cancellation);
                break;
            case "redirects":
                http.Response.Redirect(Url + "?again", permanent: false, preserveMethod: true);
                break;
            case "silent":
                await Task.Delay(Timeout.Infinite, cancellation);
                break;
            case "garbage":
                await http.Response.WriteAsync("<html>clear</html>", cancellation);
                break;
            case "slowDrip":
                foreach (var character in Answer(question, "clear"))
                {
                    await http.Response.WriteAsync(character.ToString(), cancellation);
                    await http.Response.Body.FlushAsync(cancellation);
                    await Task.Delay(200, cancellation);
                }

                break;
            case "endless":
                while (!cancellation.IsCancellationRequested)
                {
                    await http.Response.WriteAsync(new string(' ', 8192), cancellation);
                }

                break;
            case "contradicts":
                await http.Response.WriteAsync(Answer(question, "clear", Found()), cancellation);
                break;
            case "hitsNothing":
                await http.Response.WriteAsync(Answer(question, "hit"), cancellation);
                break;
            case "answersForAnother":
                question["address"] = "0x0000000000000000000000000000000000000001";
                await http.Response.WriteAsync(Answer(question, "clear"), cancellation);
                break;
            default:
                await http.Response.WriteAsync(_behaviour == "hit" ? Answer(question, "hit", Found()) : Answer(question, "clear"), cancellation);
                break;
        }
    }

    private static JsonObject Found() => new() { ["list"] = "kyt", ["entry"] = "case-7", ["reason"] = "A mixer, one step away." };

    private static string Answer(JsonObject question, string verdict, params JsonObject[] hits) => new JsonObject
    {
        ["version"] = 1,
        ["chain"] = question["chain"]!.DeepClone(),
        ["address"] = question["address"]!.DeepClone(),
        ["reference"] = question["reference"]!.DeepClone(),
        ["verdict"] = verdict,
        ["hits"] = new JsonArray([.. hits]),
    }.ToJsonString();
}
