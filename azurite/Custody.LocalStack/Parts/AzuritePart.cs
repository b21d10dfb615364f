using Custody.LocalStack.Processes;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>Azurite with both accounts.</summary>
internal static class AzuritePart
{
    public static async Task<Child> StartAsync(
        ChildLedger ledger, StateFolder state, StackOptions options, Accounts accounts, TimeProvider time, CancellationToken cancellation)
    {
        var folder = state.Folder("azurite");
        var plan = new ChildPlan(
            "Azurite",
            "node",
            [
                Repository.Azurite, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", folder,
                "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
                "--blobPort", $"{options.AzuritePort}", "--queuePort", $"{options.AzuritePort + 1}", "--tablePort", $"{options.AzuritePort + 2}",
            ],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = accounts.ForAzurite },
            folder,
            state.Log("azurite"));
        return await Child.StartAsync(ledger, plan, stop => AnswersAsync(options.AzuritePort, stop), time, cancellation);
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellation) =>
        await Ports.AcceptsAsync(port, cancellation) && await Ports.AcceptsAsync(port + 1, cancellation) && await Ports.AcceptsAsync(port + 2, cancellation);
}
