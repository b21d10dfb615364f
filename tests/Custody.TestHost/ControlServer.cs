using System.Net;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Custody.TestHost;

/// <summary>What the runner tells this process: that the controls changed, and what an intruder does to the task hub.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpListener _listener = new();
    private readonly Doubles _doubles;
    private readonly DurableControl _durable;
    private readonly Task _serving;

    public ControlServer(int port, Doubles doubles, DurableControl durable)
    {
        (_doubles, _durable) = (doubles, durable);
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(call);
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var (status, text) = (200, "");
        try
        {
            var order = await JsonSerializer.DeserializeAsync<ControlOrder>(call.Request.InputStream, Json)
                ?? throw new JsonException("The order is null.");
            await ObeyAsync(order);
        }
        catch (Exception refused)
        {
            (status, text) = (409, refused.Message);
        }

        call.Response.StatusCode = status;
        await using (var body = new StreamWriter(call.Response.OutputStream))
        {
            await body.WriteAsync(text);
        }
    }

    private async Task ObeyAsync(ControlOrder order)
    {
        if (order.Action == "reload")
        {
            _doubles.Reload();
            return;
        }

        var client = await _durable.ClientAsync;
        object? input = order.Input?.ValueKind is null or JsonValueKind.Null ? null : order.Input;
        switch (order.Action)
        {
            case "raiseEvent":
                await client.RaiseEventAsync(order.InstanceId!, order.Name!, input);
                break;
            case "schedule":
                await client.ScheduleNewOrchestrationInstanceAsync(new TaskName(order.Name!), input, new StartOrchestrationOptions(order.InstanceId));
                break;
            case "terminate":
                await client.TerminateInstanceAsync(order.InstanceId!);
                await client.WaitForInstanceCompletionAsync(order.InstanceId!, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
                break;
            case "suspend":
                await client.SuspendInstanceAsync(order.InstanceId!);
                break;
            case "resume":
                await client.ResumeInstanceAsync(order.InstanceId!);
                break;
            case "purge":
                if ((await client.PurgeInstanceAsync(order.InstanceId!)).PurgedInstanceCount != 1)
                {
                    throw new InvalidOperationException($"The instance {order.InstanceId} was not purged: only one that ended can be.");
                }

                break;
            default:
                throw new InvalidOperationException($"'{order.Action}' is no order.");
        }
    }
}
