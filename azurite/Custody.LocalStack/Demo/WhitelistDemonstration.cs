using System.Text.Json;
using Custody.Core.Reading;
using Custody.LocalStack.Parts;
using Custody.LocalStack.Terminal;

namespace Custody.LocalStack.Demo;

/// <summary>A new destination: proposed by the exchange, signed by two approvers after their devices verified it, and active.</summary>
internal sealed class WhitelistDemonstration(CustodyCommand custody, Screen screen, TimeProvider time)
{
    // One of anvil's well-known accounts, written as a person would paste it: custody adds the checksum before it is signed.
    private const string Destination = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc";
    private const string Chain = "eip155:31337";

    private static readonly string[] Approvers = ["alice", "bob"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it; true when the entry is active, or cools off as governance says.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        screen.Heading($"A new whitelist entry, signed by {string.Join(" and ", Approvers)}");
        var begun = time.GetTimestamp();
        var proposed = await custody.RunAsync(
            ["whitelist", "propose", "--profile", "exchange-a", "--customer", "customer-1", "--chain", Chain, "--address", Destination, "--label", "Customer 1, second wallet"],
            cancellation);
        var id = proposed.GetProperty("id").GetString()!;
        screen.Note(id);
        screen.Event("proposed", AddressText.Grouped(proposed.GetProperty("address").GetString()!), time.GetElapsedTime(begun));
        foreach (var approver in Approvers)
        {
            var signed = await custody.RunAsync(["whitelist", "approve", id, "--yes", "--profile", approver], cancellation);
            screen.Event("approved", $"by {approver}, {signed.GetProperty("approvals")} of {signed.GetProperty("needed")}", time.GetElapsedTime(begun));
        }

        while (time.GetElapsedTime(begun) < Patience)
        {
            var entry = await custody.RunAsync(["whitelist", "show", id, "--profile", "exchange-a"], cancellation);
            var status = entry.GetProperty("status").GetString()!;
            if (status is "active" or "coolingOff")
            {
                screen.Event(status, $"usable from {Text(entry, "usableFrom")}", time.GetElapsedTime(begun));
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellation);
        }

        screen.Fact("Ended", "The entry did not become active in time.");
        return false;
    }

    private static string Text(JsonElement document, string member) => document.TryGetProperty(member, out var value) ? value.ToString() : "";
}
