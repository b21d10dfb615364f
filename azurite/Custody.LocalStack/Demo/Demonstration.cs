using System.Numerics;
using System.Text.Json;
using Custody.Core.Reading;
using Custody.LocalStack.Parts;
using Custody.LocalStack.Terminal;

namespace Custody.LocalStack.Demo;

/// <summary>One withdrawal of ether through the whole pipeline, with the commands that an exchange and two approvers would use.</summary>
internal sealed class Demonstration(CustodyCommand custody, StackOptions options, Screen screen, TimeProvider time)
{
    private const string Client = "exchange-a";
    private static readonly string[] Approvers = ["alice", "bob"];
    private static readonly BigInteger Amount = BigInteger.Pow(10, 17) * 5;

    /// <summary>Runs it; true when the withdrawal settled and the chain says what the withdrawal says.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        screen.Heading($"A withdrawal of {Ether(Amount)}, approved by {string.Join(" and ", Approvers)}");
        var token = (await custody.RunAsync(["token", "--profile", Client], cancellation)).GetProperty("token").GetString()!;
        var begun = time.GetTimestamp();
        var submitted = await custody.RunAsync(
            ["submit", "--profile", Client, "--customer", "customer-1", "--asset", "ETH", "--amount", $"{UnitAmount.Format(Amount, 18)} ETH", "--entry", "entry-1"],
            cancellation);
        var id = submitted.GetProperty("id").GetString()!;
        screen.Note(id);
        using var follower = new StageFollower(options.ApiUrl, token, id, screen, time, begun);
        var end = await follower.FollowAsync(() => ApproveAsync(id, cancellation), cancellation);
        return await ConcludeAsync(end, cancellation);
    }

    private async Task ApproveAsync(string id, CancellationToken cancellation)
    {
        foreach (var approver in Approvers)
        {
            await custody.RunAsync(["approve", id, "--yes", "--profile", approver], cancellation);
        }
    }

    private async Task<bool> ConcludeAsync(JsonElement end, CancellationToken cancellation)
    {
        var status = end.GetProperty("status").GetString()!;
        screen.Space();
        if (status != "settled")
        {
            screen.Fact("Ended", $"{status}: {Text(end, "reason")} {Text(end, "reasonDetail")}");
            return false;
        }

        using var node = new Node(options.NodeUrl);
        var paid = await node.TransactionAsync(end.GetProperty("transactionId").GetString()!, cancellation);
        screen.Fact("Transaction", paid.Hash);
        screen.Fact("Block", $"{paid.Block} {paid.BlockHash}");
        screen.Fact("Paid", $"{Ether(paid.Value)} to {paid.To}, fee {Ether(paid.Fee)}");
        screen.Fact("From the vault", paid.From);
        return paid.Value == Amount && string.Equals(paid.To, end.GetProperty("destination").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    private static string Ether(BigInteger wei) => $"{UnitAmount.Format(wei, 18)} ETH";

    private static string Text(JsonElement document, string member) => document.TryGetProperty(member, out var value) ? value.ToString() : "";
}
