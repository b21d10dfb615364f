using Custody.LocalStack.Processes;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>
/// anvil, a block a second. Its chain is written to the state folder when it stops and while it runs: a chain that began anew
/// would have another genesis than governance names, and would not know what the journals say was paid.
/// </summary>
internal static class AnvilPart
{
    public static async Task<Child> StartAsync(
        ChildLedger ledger, StateFolder state, StackOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var folder = state.Folder("anvil");
        var plan = new ChildPlan(
            "anvil",
            Repository.Anvil,
            [
                "--host", "127.0.0.1", "--port", $"{options.AnvilPort}", "--silent", "--chain-id", "31337", "--block-time", "1",
                "--state", state.Of("anvil", "chain.json"), "--state-interval", "60", "--prune-history", "1000", "--cache-path", state.Of("anvil", "cache"),
            ],
            new Dictionary<string, string> { ["HOME"] = folder },
            folder,
            state.Log("anvil"));
        using var node = new Node(options.NodeUrl);
        return await Child.StartAsync(ledger, plan, node.AnswersAsync, time, cancellation);
    }
}
