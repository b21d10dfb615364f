using System.Numerics;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Functions.Roles;
using Custody.Functions.Tests.Support;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>Whoever holds the pipeline, or the sender, can have the signer journal what stops payments, and nothing that lets one go.</summary>
public sealed class ForgedFactTests(SplitSystem split) : IClassFixture<SplitSystem>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RoleCaller Caller => new(split.System.Roles!);

    public static TheoryData<StopKind> Loosening => [.. Enum.GetValues<StopKind>().Where(k => !StopKinds.OnlyTightens(k))];

    [Theory]
    [MemberData(nameof(Loosening))]
    public async Task Append_LooseningThatNobodySigned_IsRefusedAndAlerted(StopKind kind)
    {
        var id = await split.System.AwaitingApprovalAsync();
        var file = (await split.System.Storage.Withdrawals.LoadAsync(id, Cancellation))!;
        await split.System.FreezeAsync("client/forged");
        var before = (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).Head;
        var subject = kind switch
        {
            StopKind.Thawed => "client/forged",
            StopKind.GovernanceProposed or StopKind.GovernanceInForce => "2",
            StopKind.SanctionsListInForce => "ofac-sdn",
            StopKind.EntryActivated or StopKind.EntryReinstated => "entry-9",
            StopKind.DeviceReinstated => "alice/alice-1",
            // This one is the word of whoever asked the provider; it must at least be about an attempt that there is.
            StopKind.ScreenedClear => "w" + new string('0', 32),
            _ => id,
        };

        var answer = await Caller.AskAsync(
            "pipeline", "signer", RoleCalls.Append, new AppendMessage(1, before, new StopFact(kind, subject, "forged", 1, file.State.IntentDigest, ["a.b.c"])));

        Assert.Equal(("refused", "fact-unproven"), (answer.Outcome, answer.Code));
        Assert.Equal(before, (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).Head);
        Assert.True(await split.System.AlertsAsync("fact-unproven", $"pipeline {kind}") > 0);
    }

    [Fact]
    public async Task Append_ThawThatOneOperatorSigned_IsRefused()
    {
        var scope = $"client/{Guid.NewGuid():N}";
        await split.System.FreezeAsync(scope);
        var sequence = await split.System.FreezeSequenceAsync(scope);
        var statement = new ThawStatement(1, scope, sequence, "olivia", "a test", Journeys.Now, Journeys.Now.AddMinutes(10));
        var half = await Jws.SignAsync(split.System.Api.Signer("olivia"), DocumentType.Thaw, Core.Encoding.CanonicalJson.Serialize(statement), Journeys.Now, detached: false, Cancellation);
        var head = (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).Head;

        var answer = await Caller.AskAsync(
            "pipeline", "signer", RoleCalls.Append, new AppendMessage(1, head, new StopFact(StopKind.Thawed, scope, "forged", Evidence: [half, half])));

        Assert.Equal(("refused", "fact-unproven"), (answer.Outcome, answer.Code));
        await split.System.ThawAsync(scope);
        Assert.DoesNotContain(scope, (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).View.FreezesInForce.Keys);
    }

    [Fact]
    public async Task Append_AtAnotherHead_IsAConflict()
    {
        var head = (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).Head;
        var fact = new StopFact(StopKind.Frozen, $"client/{Guid.NewGuid():N}", "a test");

        var first = await Caller.AskAsync("sender", "signer", RoleCalls.Append, new AppendMessage(1, head, fact));
        var second = await Caller.AskAsync("pipeline", "signer", RoleCalls.Append, new AppendMessage(1, head, fact));

        Assert.Equal(("appended", head.Sequence + 1), (first.Outcome, first.Head!.Sequence));
        Assert.Equal("conflict", second.Outcome);
        Assert.Equal(first.Head, (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).Head);
    }

    [Fact]
    public async Task Append_SenderSaysWhatIsNotItsToSay_IsRefused()
    {
        var head = (await split.System.Storage.StopJournal.ReadAsync(Cancellation)).Head;
        foreach (var kind in Enum.GetValues<StopKind>().Where(k => k is not (StopKind.Frozen or StopKind.AttemptBurnt)))
        {
            var answer = await Caller.AskAsync("sender", "signer", RoleCalls.Append, new AppendMessage(1, head, new StopFact(kind, "w1", "forged")));

            Assert.Equal(("refused", "role-not-allowed"), (answer.Outcome, answer.Code));
        }
    }

    [Fact]
    public async Task Close_WhatMayBeSigned_IsRefused()
    {
        var id = await split.System.SettledAsync(amount: BigInteger.Pow(10, 16));
        var journal = await split.System.Storage.SigningJournals.ReadAsync("hot-eth", Cancellation);

        var answer = await Caller.AskAsync("pipeline", "signer", RoleCalls.Close, new CloseMessage(1, "hot-eth", journal.Head, id));
        var stale = await Caller.AskAsync("pipeline", "signer", RoleCalls.Close, new CloseMessage(1, "hot-eth", new JournalHead(0, journal.Head.Hash), "w1"));

        Assert.Equal(("refused", "too-late"), (answer.Outcome, answer.Code));
        Assert.Equal("conflict", stale.Outcome);
        Assert.Equal(journal.Head, (await split.System.Storage.SigningJournals.ReadAsync("hot-eth", Cancellation)).Head);
    }
}
