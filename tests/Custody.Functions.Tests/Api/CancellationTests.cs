using Custody.Core.Encoding;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>POST /withdrawals/{id}/cancellation.</summary>
public sealed class CancellationTests(SharedSystem shared) : ApiTest(shared)
{
    [Fact]
    public async Task Cancel_WaitingForApproval_Is200AndGivesBackWhatWasReserved()
    {
        var id = await AwaitingApprovalAsync();
        Assert.Equal(5, (await LedgerRows.OpenAsync(System, id)).Count);
        var answer = await Cancellations.PostAsync(System, id, "exchange-a");
        Assert.Equal((200, "cancelled", "cancelled-by-client"), (answer.Status, (string?)answer.Body["status"], (string?)answer.Body["reason"]));
        Assert.Empty(await LedgerRows.OpenAsync(System, id));

        Refusal.Is(await Cancellations.PostAsync(System, id, "exchange-a"), 409, "too-late");
        Refusal.Is(await Api.VoteAsync(id, "alice"), 409, "not-awaiting-approval");
    }

    [Fact]
    public async Task Cancel_AnotherClients_Is404() =>
        Refusal.Is(await Cancellations.PostAsync(System, await AwaitingApprovalAsync(), "exchange-b"), 404, "not-found");

    [Fact]
    public async Task Cancel_StatementOfAnotherWithdrawalOrClient_Is422()
    {
        var id = await AwaitingApprovalAsync();
        var other = await AwaitingApprovalAsync();
        Refusal.Is(await Cancellations.PostAsync(System, id, "exchange-a", s => s with { WithdrawalId = other }), 422, "field-invalid");
        Refusal.Is(await Cancellations.PostAsync(System, id, "exchange-a", s => s with { ClientId = "exchange-b" }), 422, "field-invalid");
    }

    [Fact]
    public async Task Cancel_SignedByAnotherClient_IsRefused()
    {
        var id = await AwaitingApprovalAsync();
        var statement = CanonicalJson.Serialize(new CancellationStatement(1, id, "exchange-a", "a test", Journeys.Now));
        var compact = await Jws.SignAsync(Api.Signer("exchange-b"), DocumentType.Cancellation, statement, Journeys.Now, detached: false, Cancellation);
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/cancellation", "exchange-a", compact), 422, "field-invalid");
        var byApprover = await Jws.SignAsync(Api.Signer("alice"), DocumentType.Cancellation, statement, Journeys.Now, detached: false, Cancellation);
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/cancellation", "exchange-a", byApprover), 401, "signature-key-unknown");
    }

    [Fact]
    public async Task Cancel_MalformedOrOfAnotherTyp_IsRefused()
    {
        var id = await AwaitingApprovalAsync();
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/cancellation", "exchange-a", ""), 400, "body-malformed");
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/cancellation", "exchange-a", "a.b.c"), 401, "signature-malformed");
        Refusal.Is(await Cancellations.PostAsync(System, id, "exchange-a", type: DocumentType.Request), 401, "signature-malformed");
        Assert.Equal(WithdrawalStatus.AwaitingApproval, (await FileAsync(id)).State.Status);
    }

    [Fact]
    public async Task Cancel_ByAnApprover_Is403() =>
        Refusal.Is(await Cancellations.PostAsync(System, await AwaitingApprovalAsync(), "alice"), 403, "caller-not-allowed");

    [Fact]
    public async Task Cancel_Settled_Is409() =>
        Refusal.Is(await Cancellations.PostAsync(System, await System.SettledAsync(), "exchange-a"), 409, "too-late");
}
