using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.TestHost;

/// <summary>The app's own durable client, for an intruder who can reach the task hub.</summary>
public sealed class DurableControl
{
    private readonly TaskCompletionSource<DurableTaskClient> _client = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<DurableTaskClient> ClientAsync => _client.Task;

    public void Take(DurableTaskClient client) => _client.TrySetResult(client);
}
