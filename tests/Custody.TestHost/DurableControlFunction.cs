using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.TestHost;

/// <summary>Runs once when the host starts and hands the durable client on: the client comes only as a function's binding.</summary>
public sealed class DurableControlFunction(DurableControl control)
{
    [Function("TestHostTakeDurableClient")]
    public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client) =>
        control.Take(client);
}
