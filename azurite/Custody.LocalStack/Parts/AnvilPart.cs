using Custody.LocalStack.Processes;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>
/// anvil, a block a second. Its chain is kept in the state folder: one that began anew would have another genesis than
/// governance names, and would not know what the journals say was paid.
/// </summary>
internal static class AnvilPart
{
    public static async Task<Child> StartAsync(
        ChildLedger ledger, StateFolder state, StackOptions options, long genesisTime, TimeProvider time, CancellationToken cancellation)
    {
        var folder = state.Folder("anvil");
        var plan = new ChildPlan(
            "anvil",
            Repository.Anvil,
            [
                "--host", "127.0.0.1", "--port", $"{options.AnvilPort}", "--silent", "--chain-id", "31337", "--block-time", "1",
                "--timestamp", $"{genesisTime}", "--state", state.Of("anvil", "chain.json"), "--state-interval", "10",
                "--prune-history", "1000", "--cache-path", state.Of("anvil", "cache"),
            ],
            new Dictionary<string, string> { ["HOME"] = folder },
            folder,
            state.Log("anvil"));
        using var node = new Node(options.NodeUrl);
        // Its clock begins at the genesis time again, and would stay behind by as long as the stack was down.
        return await Child.StartAsync(
            ledger, plan, async stop => await node.AnswersAsync(stop) && await node.SetTimeAsync(time.GetUtcNow(), stop), time, cancellation);
    }
}
