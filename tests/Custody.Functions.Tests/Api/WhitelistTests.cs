using Custody.Core.Encoding;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>The whitelist over HTTP, from the proposal to the tombstone.</summary>
public sealed class WhitelistTests(SharedSystem shared) : ApiTest(shared)
{
    [Fact]
    public async Task Entry_ProposedAndSignedByTwo_PaysAndTellsEachChange()
    {
        var entry = await System.ActiveAsync();

        var request = ApiClient.Request(NewRequestId()) with { WhitelistEntryId = entry.EntryId };
        var answer = await Api.SubmitAsync(request);
        var shown = await Api.WaitForAsync(answer.Id, WithdrawalStatus.AwaitingApproval);
        Assert.Equal(entry.Address, (string?)shown["destination"]);

        var trail = (await Api.GetAsync($"api/v1/whitelist/{entry.EntryId}/audit", "exchange-a")).Body["records"]!.AsArray();
        List<string?> actions = [.. trail.Select(r => (string?)r!["event"]!["action"])];
        Assert.Equal(["proposed", "approved", "approved", "activated", "active"], actions.Where(a => a != "screened"));
        // Approvals may come in while the address is screened, and the activation only after both.
        Assert.InRange(actions.IndexOf("screened"), 1, actions.IndexOf("activated") - 1);
        Assert.Equal(6, await System.AlertsAsync("whitelist-changed", entry.EntryId));
        Assert.Contains((await Api.GetAsync("api/v1/whitelist", "exchange-a")).Body["items"]!.AsArray(), i => (string?)i!["id"] == entry.EntryId);
        Assert.DoesNotContain((await Api.GetAsync("api/v1/whitelist", "exchange-b")).Body["items"]!.AsArray(), i => (string?)i!["id"] == entry.EntryId);
    }

    [Fact]
    public async Task Entry_OfAnotherClient_DoesNotExist()
    {
        var entry = Entries.New();
        await System.ProposeAsync(entry);

        Refusal.Is(await Api.GetAsync($"api/v1/whitelist/{entry.EntryId}", "exchange-b"), 404, "not-found");
        Refusal.Is(await System.SayAsync(entry, "suspend", WhitelistAction.Suspend, "exchange-b"), 404, "not-found");
        Refusal.Is(await Api.GetAsync($"api/v1/whitelist/{entry.EntryId}/bundle", "exchange-a"), 403, "caller-not-allowed");
    }

    [Fact]
    public async Task Propose_WhatIsWrong_IsRefused()
    {
        Refusal.Is(await System.ProposeAsync(Entries.New(CustodyAddress.WrongChecksum)), 422, "address-checksum-wrong");
        Refusal.Is(await System.ProposeAsync(Entries.New(Entries.NewAddress().ToLowerInvariant())), 422, "address-invalid");
        Refusal.Is(await System.ProposeAsync(Entries.New("0x000000000000000000000000000000000000dEaD")), 422, "destination-forbidden");
        Refusal.Is(await System.ProposeAsync(Entries.New(System.VaultAddress)), 422, "destination-forbidden");
        Refusal.Is(await System.ProposeAsync(Entries.New(client: "exchange-b"), "exchange-a"), 401, "signature-key-unknown");
        Refusal.Is(await Api.PostCompactAsync("api/v1/whitelist", "exchange-a", "a.b.c"), 401, "signature-malformed");
    }

    [Fact]
    public async Task Propose_Again_IsTheSameEntry_AndAnotherUnderItsIdIsNone()
    {
        var entry = Entries.New();
        Assert.Equal(202, (await System.ProposeAsync(entry)).Status);
        Assert.Equal(200, (await System.ProposeAsync(entry)).Status);
        Refusal.Is(await System.ProposeAsync(entry with { Address = Entries.NewAddress() }), 409, "whitelist-entry-exists");
        Refusal.Is(await System.ProposeAsync(Entries.New() with { EntryId = "entry-of-exchange-b" }), 409, "whitelist-entry-exists");
    }

    [Fact]
    public async Task Approve_TwiceForeignOrByTheProposersPerson_DoesNotCount()
    {
        var entry = Entries.New(client: "exchange-b");
        await System.ProposeAsync(entry);
        await System.WaitForEntryAsync(entry, "awaitingApproval");

        Assert.Equal(1, (int?)(await System.SignEntryAsync(entry, "alice")).Body["approvals"]);
        Refusal.Is(await System.SignEntryAsync(entry, "alice"), 409, "duplicate-vote");
        Refusal.Is(await System.SignEntryAsync(entry, "insider"), 403, "self-approval");
        var stolen = await Api.SignRequestAsync(CanonicalJson.Serialize(entry), "bob", DocumentType.WhitelistEntry);
        Refusal.Is(await Api.PostCompactAsync($"api/v1/whitelist/{entry.EntryId}/approvals", "carol", stolen), 403, "caller-not-allowed");
        var other = await Api.SignRequestAsync(CanonicalJson.Serialize(entry with { Address = Entries.NewAddress() }), "bob", DocumentType.WhitelistEntry);
        Refusal.Is(await Api.PostCompactAsync($"api/v1/whitelist/{entry.EntryId}/approvals", "bob", other), 401, "signature-invalid");
        Assert.Equal("awaitingApproval", (string?)(await System.WaitForEntryAsync(entry, "awaitingApproval"))["status"]);
    }

    [Fact]
    public async Task LookAlike_NeedsAThirdApprover_AndIsAlerted()
    {
        var known = await System.ActiveAsync();
        var near = Core.Assets.EvmAddress.Parse($"{known.Address[..6]}{Guid.NewGuid():N}{known.Address[^4..]}".ToLowerInvariant()).ToString();
        var entry = Entries.New(near);
        await System.ProposeAsync(entry);
        await System.WaitForEntryAsync(entry, "awaitingApproval");
        var told = (await Api.GetAsync($"api/v1/whitelist/{entry.EntryId}/bundle", "alice")).Body["lookAlikes"]!.AsArray();

        Assert.Equal(known.Address, (string?)Assert.Single(told)!["address"]);
        Assert.Equal(1, await System.AlertsAsync("look-alike-address", entry.EntryId));
        await System.SignEntryAsync(entry, "alice");
        Assert.Equal((2, 3), Counts(await System.SignEntryAsync(entry, "bob")));
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        Assert.Equal("awaitingApproval", (string?)(await Api.GetAsync($"api/v1/whitelist/{entry.EntryId}", "alice")).Body["status"]);
        Assert.Equal(200, (await System.SignEntryAsync(entry, "carol")).Status);
        await System.WaitForEntryAsync(entry, "active");
    }

    [Fact]
    public async Task Suspended_ByOneOperator_IsReinstatedOnlyByTheQuorum()
    {
        var entry = await System.ActiveAsync();
        var suspended = await System.SayAsync(entry, "suspend", WhitelistAction.Suspend, "olivia");
        var line = (long)suspended.Body["suspensionSequence"]!;
        Assert.Equal((200, "suspended"), (suspended.Status, (string?)suspended.Body["status"]));
        var refused = await Api.SubmitAsync(ApiClient.Request(NewRequestId()) with { WhitelistEntryId = entry.EntryId });
        Assert.Equal("whitelist-entry-suspended", (string?)(await Api.WaitForAsync(refused.Id, WithdrawalStatus.Rejected))["reason"]);

        Refusal.Is(await System.SayAsync(entry, "reinstate", WhitelistAction.Reinstate, "alice", line - 1), 409, "whitelist-statement-mismatch");
        Refusal.Is(await System.SayAsync(entry, "reinstate", WhitelistAction.Suspend, "alice", line), 403, "caller-not-allowed");
        Assert.Equal(202, (await System.SayAsync(entry, "reinstate", WhitelistAction.Reinstate, "alice", line)).Status);
        Assert.Equal(202, (await System.SayAsync(entry, "reinstate", WhitelistAction.Reinstate, "alice", line)).Status);
        Assert.Equal(200, (await System.SayAsync(entry, "reinstate", WhitelistAction.Reinstate, "bob", line)).Status);
        await System.WaitForEntryAsync(entry, "active");
        var paid = await Api.SubmitAsync(ApiClient.Request(NewRequestId()) with { WhitelistEntryId = entry.EntryId });
        await Api.WaitForAsync(paid.Id, WithdrawalStatus.AwaitingApproval);
    }

    [Fact]
    public async Task Tombstoned_ByItsClient_NeverComesBack()
    {
        var entry = await System.ActiveAsync();
        Assert.Equal("tombstoned", (string?)(await System.SayAsync(entry, "tombstone", WhitelistAction.Tombstone, "exchange-a")).Body["status"]);

        Refusal.Is(await System.SayAsync(entry, "suspend", WhitelistAction.Suspend, "olivia"), 409, "whitelist-status-mismatch");
        Refusal.Is(await System.SayAsync(entry, "tombstone", WhitelistAction.Tombstone, "olivia"), 409, "whitelist-entry-ended");
        Refusal.Is(await System.SignEntryAsync(entry, "carol"), 409, "whitelist-status-mismatch");
        var refused = await Api.SubmitAsync(ApiClient.Request(NewRequestId()) with { WhitelistEntryId = entry.EntryId });
        Assert.Equal("whitelist-entry-inactive", (string?)(await Api.WaitForAsync(refused.Id, WithdrawalStatus.Rejected))["reason"]);
        await System.ActiveAsync(Entries.New(entry.Address));
    }

    [Fact]
    public async Task Rejected_ByOneApprover_Ends()
    {
        var entry = Entries.New();
        await System.ProposeAsync(entry);
        Assert.Equal("rejected", (string?)(await System.SayAsync(entry, "reject", WhitelistAction.Reject, "carol")).Body["status"]);
        Refusal.Is(await System.SignEntryAsync(entry, "alice"), 409, "whitelist-status-mismatch");
        Refusal.Is(await System.SayAsync(await System.ActiveAsync(), "reject", WhitelistAction.Reject, "carol"), 409, "whitelist-status-mismatch");
    }

    [Fact]
    public async Task Entry_OfTheSetup_IsListedAndCanBeSuspended()
    {
        var shown = (await Api.GetAsync("api/v1/whitelist/entry-of-exchange-end", "exchange-end")).Body;
        Assert.Equal(("active", LocalDestination), ((string?)shown["status"], (string?)shown["address"]));
    }

    private const string LocalDestination = Custody.Cli.Initialisation.Plan.LocalPlan.Destination;

    private static (int? Approvals, int? Needed) Counts(ApiAnswer answer) => ((int?)answer.Body["approvals"], (int?)answer.Body["needed"]);

    private static class CustodyAddress
    {
        public const string WrongChecksum = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed";
    }
}
