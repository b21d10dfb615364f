using Custody.Core.Encoding;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>POST /withdrawals/{id}/resolutions.</summary>
public sealed class ResolutionTests(SharedSystem shared) : ApiTest(shared)
{
    private const string Client = "exchange-hold";

    /// <summary>A withdrawal that its client's freeze holds at the door.</summary>
    private async Task<WithdrawalState> HeldAsync()
    {
        Assert.Equal(200, (await System.FreezeAsync($"client/{Client}")).Status);
        var id = (await Api.SubmitAsync(People.Request(Client, NewRequestId()))).Id;
        await WaitHeldAsync(id);
        return (await FileAsync(id)).State;
    }

    private async Task WaitHeldAsync(string id)
    {
        while ((string?)(await Api.ShowAsync(id, "olivia")).Body["status"] != "held")
        {
            await Task.Delay(50, Cancellation);
        }
    }

    [Fact]
    public async Task Resolve_TwoPeopleReject_EndsIt()
    {
        var held = await HeldAsync();
        Assert.Equal((WithdrawalStatus.Received, 1), (held.HeldAt, held.Hold));
        var first = await System.ResolveAsync(held, ResolutionAction.Reject, "olivia");
        Assert.Equal((202, 1, 1, 2), (first.Status, (int?)first.Body["hold"], (int?)first.Body["signatures"], (int?)first.Body["needed"]));
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Reject, "olivia"), 409, "duplicate-signature");
        var second = await System.ResolveAsync(held, ResolutionAction.Reject, "oscar");
        Assert.Equal((200, "reject"), (second.Status, (string?)second.Body["action"]));
        var ended = await Api.WaitForAsync(held.Id, WithdrawalStatus.Rejected);
        Assert.Equal("rejected-by-operators", (string?)ended["reason"]);
        Assert.Empty(await LedgerRows.OpenAsync(System, held.Id));
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olga"), 409, "not-held");
    }

    [Fact]
    public async Task Resolve_OnePersonWithTwoKeys_DoesNotCountTwice()
    {
        var held = await HeldAsync();
        Assert.Equal(202, (await System.ResolveAsync(held, ResolutionAction.Reject, "olivia")).Status);
        Assert.Equal(202, (await System.ResolveAsync(held, ResolutionAction.Reject, "olga")).Status);
        Assert.Equal(WithdrawalStatus.Held, (await FileAsync(held.Id)).State.Status);
    }

    [Fact]
    public async Task Resolve_TwoPeopleDisagree_StaysHeld()
    {
        var held = await HeldAsync();
        Assert.Equal(202, (await System.ResolveAsync(held, ResolutionAction.Reject, "olivia")).Status);
        Assert.Equal(202, (await System.ResolveAsync(held, ResolutionAction.Resume, "oscar")).Status);
        Assert.Equal(WithdrawalStatus.Held, (await FileAsync(held.Id)).State.Status);
    }

    [Fact]
    public async Task Resolve_WrongHoldAttemptWithdrawalOrExpired_IsRefused()
    {
        var held = await HeldAsync();
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olivia", s => s with { Hold = 2 }), 409, "not-held");
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olivia", s => s with { Attempt = 2 }), 409, "attempt-mismatch");
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olivia", s => s with { WithdrawalId = "w0000" }), 409, "not-held");
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Unknown, "olivia"), 422, "field-invalid");
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olivia", s => s with { ExpiresAt = Journeys.Now - TimeSpan.FromSeconds(1) }), 401, "statement-expired");
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olivia", s => s with { OperatorId = "oscar" }), 401, "signature-key-unknown");
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Resume, "olivia", s => s with { Version = 2 }), 400, "body-malformed");
    }

    [Fact]
    public async Task Resolve_SignedAgainAfterTheFirstHalfExpired_Counts()
    {
        var held = await HeldAsync();
        var expiry = Journeys.Now + TimeSpan.FromSeconds(4);
        Assert.Equal(202, (await System.ResolveAsync(held, ResolutionAction.Reject, "olivia", s => s with { ExpiresAt = expiry })).Status);
        while (TimeProvider.System.GetUtcNow() <= expiry)
        {
            await Task.Delay(100, Cancellation);
        }

        Assert.Equal(202, (await System.ResolveAsync(held, ResolutionAction.Reject, "olivia")).Status);
        Refusal.Is(await System.ResolveAsync(held, ResolutionAction.Reject, "olivia"), 409, "duplicate-signature");
        Assert.Equal(200, (await System.ResolveAsync(held, ResolutionAction.Reject, "oscar")).Status);
    }

    [Fact]
    public async Task Resolve_MalformedOrOfAnotherTyp_IsRefused()
    {
        var held = await HeldAsync();
        var path = $"api/v1/withdrawals/{held.Id}/resolutions";
        Refusal.Is(await Api.PostCompactAsync(path, "olivia", ""), 400, "body-malformed");
        Refusal.Is(await Api.PostCompactAsync(path, "olivia", "a.b.c"), 401, "signature-malformed");
        var statement = new ResolutionStatement(1, held.Id, 1, held.Hold, ResolutionAction.Reject, "olivia", "a test", Journeys.Now, Journeys.Now + TimeSpan.FromMinutes(1));
        Refusal.Is(await Api.PostAsync(path, "olivia", DocumentType.Thaw, statement), 401, "signature-malformed");
        var byApprover = await Jws.SignAsync(Api.Signer("alice"), DocumentType.Resolution, CanonicalJson.Serialize(statement), Journeys.Now, detached: false, Cancellation);
        Refusal.Is(await Api.PostCompactAsync(path, "olivia", byApprover), 401, "signature-key-unknown");
    }

    [Fact]
    public async Task Resolve_NotHeld_Is409()
    {
        var id = await AwaitingApprovalAsync();
        Refusal.Is(await System.ResolveAsync((await FileAsync(id)).State, ResolutionAction.Reject, "olivia"), 409, "not-held");
    }

    [Fact]
    public async Task Resolve_ByAnyoneButAnOperator_Is403()
    {
        var id = await AwaitingApprovalAsync();
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/resolutions", "exchange-a", "a.b.c"), 403, "caller-not-allowed");
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/resolutions", "alice", "a.b.c"), 403, "caller-not-allowed");
    }

    [Fact]
    public async Task Resolve_UnknownWithdrawal_Is404() =>
        Refusal.Is(await Api.PostCompactAsync("api/v1/withdrawals/w0000/resolutions", "olivia", "a.b.c"), 404, "not-found");
}
