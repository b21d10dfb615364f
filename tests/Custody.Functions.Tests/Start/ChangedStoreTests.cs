using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Start;

/// <summary>Storage is not trusted: what was changed or taken away beside the app keeps it from starting.</summary>
public sealed class ChangedStoreTests
{
    private static readonly Dictionary<string, string?> NoChange = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<string> RefusedAsync(RunningSystem system)
    {
        var ended = await system.StartToEndAsync(NoChange, Cancellation);
        Assert.True(ended.ExitCode == 1, $"exit code {ended.ExitCode}\n{ended.Output}");
        Assert.Contains("The custody app does not start:", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output, StringComparison.Ordinal);
        return ended.Output;
    }

    [Fact]
    public async Task when_the_store_was_changed_the_start_is_refused_with_the_reason()
    {
        await using var system = await RunningSystem.StartAsync(cancellation: Cancellation);
        system.App!.Kill();

        var governance = new BlobClient(system.Azurite.PipelineConnection, "facts", "governance/00000001.json");
        var original = (await governance.DownloadContentAsync(Cancellation)).Value.Content;
        var payload = JsonNode.Parse(system.System.SignedGovernance.PayloadBytes())!;
        payload["rules"]![0]!["approvals"]!["min"] = 1;
        var changed = JsonNode.Parse(original)!;
        changed["payload"] = Core.Signatures.StrictBase64Url.Encode(Core.Encoding.CanonicalJson.Canonicalize(payload));
        await governance.UploadAsync(new BinaryData(Core.Encoding.CanonicalJson.Canonicalize(changed)), overwrite: true, Cancellation);
        Assert.Contains("governance-", await RefusedAsync(system), StringComparison.Ordinal);

        await governance.DeleteAsync(cancellationToken: Cancellation);
        Assert.Contains("governance-invalid: ", await RefusedAsync(system), StringComparison.Ordinal);
        await governance.UploadAsync(original, overwrite: true, Cancellation);

        var journals = new BlobContainerClient(system.Azurite.JournalConnection, "journals");
        await journals.DeleteBlobAsync("signing/hot-eth/000000", cancellationToken: Cancellation);
        Assert.Contains("journal-broken: ", await RefusedAsync(system), StringComparison.Ordinal);

        await journals.DeleteBlobAsync("stop/000000", cancellationToken: Cancellation);
        Assert.Contains("journal-broken: ", await RefusedAsync(system), StringComparison.Ordinal);
    }

    [Fact]
    public async Task when_the_account_has_spent_a_nonce_that_the_journal_does_not_know_the_start_is_refused()
    {
        await using var system = await RunningSystem.StartAsync(cancellation: Cancellation);
        system.App!.Kill();
        await system.Chain.CallAsync("anvil_impersonateAccount", system.VaultAddress);
        await system.Chain.CallAsync("eth_sendTransaction", new Dictionary<string, string> { ["from"] = system.VaultAddress, ["to"] = system.VaultAddress, ["value"] = "0x1" });
        await system.Chain.MineAsync();
        Assert.Contains("has spent nonce 0, and the signing journal of 'hot-eth' does not know it", await RefusedAsync(system), StringComparison.Ordinal);
    }
}
