using Custody.Functions.Whitelist;
using Custody.Functions.Withdrawals;
using Custody.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>
/// What orchestrations, activities and events carry lies in histories that outlive a release: each round-trips through the
/// engine's converter, and its text never changes.
/// </summary>
public sealed class PayloadTests
{
    private static readonly DataConverter Converter = new DurableEngineOptions().Converter;

    /// <summary>Each record full, and with everything left out that may be.</summary>
    public static TheoryData<object, string> Payloads => new()
    {
        {
            new StageInput(1, "w1", "what failed", "stage-failed", Steps.Sign),
            """{"Version":1,"WithdrawalId":"w1","Detail":"what failed","Code":"stage-failed","Step":"Sign"}"""
        },
        {
            new StageInput(1, "w1"),
            """{"Version":1,"WithdrawalId":"w1","Detail":null,"Code":null,"Step":null}"""
        },
        {
            new StageResult(1, Steps.Settle, "broadcast", 2, "frozen", 2, 3, new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), "0xab", true),
            """{"Version":1,"Next":"Settle","Status":"broadcast","Attempt":2,"Reason":"frozen","Approvals":2,"Needed":3,"Until":"2026-01-31T12:00:00+00:00","TransactionId":"0xab","Retry":true}"""
        },
        {
            new StageResult(1, Steps.Sign, "signing", 1, "node-unavailable", Retry: true, PatienceSeconds: 900),
            """{"Version":1,"Next":"Sign","Status":"signing","Attempt":1,"Reason":"node-unavailable","Approvals":0,"Needed":0,"Until":null,"TransactionId":null,"Retry":true,"PatienceSeconds":900}"""
        },
        {
            new StageResult(1, Steps.End, "settled", 1),
            """{"Version":1,"Next":"End","Status":"settled","Attempt":1,"Reason":null,"Approvals":0,"Needed":0,"Until":null,"TransactionId":null,"Retry":false}"""
        },
        { new Wake(1), """{"Version":1}""" },
        {
            new Story(1, "awaitingApproval", 1, "1 of 2", "frozen", "0xab"),
            """{"Version":1,"Stage":"awaitingApproval","Attempt":1,"Votes":"1 of 2","Reason":"frozen","Transaction":"0xab"}"""
        },
        {
            new Story(1, "received", 1, null, null, null),
            """{"Version":1,"Stage":"received","Attempt":1,"Votes":null,"Reason":null,"Transaction":null}"""
        },
        { new WhitelistInput(1, "e1"), """{"Version":1,"Key":"e1"}""" },
        { new WhitelistWake(1), """{"Version":1}""" },
        {
            new WhitelistStep(1, WhitelistSteps.Count, "entry-1", "awaitingApproval", "frozen", 1, 2, new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)),
            """{"Version":1,"Next":"CountEntryApprovals","EntryId":"entry-1","Status":"awaitingApproval","Reason":"frozen","Approvals":1,"Needed":2,"Until":"2026-01-31T12:00:00+00:00"}"""
        },
        {
            new WhitelistStep(1, WhitelistSteps.End, "entry-1", "active"),
            """{"Version":1,"Next":"End","EntryId":"entry-1","Status":"active","Reason":null,"Approvals":0,"Needed":0,"Until":null}"""
        },
        {
            new WhitelistStory(1, "entry-1", "awaitingApproval", "1 of 2", "frozen"),
            """{"Version":1,"EntryId":"entry-1","Stage":"awaitingApproval","Approvals":"1 of 2","Reason":"frozen"}"""
        },
        {
            new WhitelistStory(1, "entry-1", "active", null, null),
            """{"Version":1,"EntryId":"entry-1","Stage":"active","Approvals":null,"Reason":null}"""
        },
    };

    [Theory]
    [MemberData(nameof(Payloads), DisableDiscoveryEnumeration = true)]
    public void Payload_IsItsGoldenTextAndComesBack(object payload, string golden)
    {
        Assert.Equal(golden, Converter.Serialize(payload));
        Assert.Equal(payload, Converter.Deserialize(golden, payload.GetType()));
    }

    [Fact]
    public void Payloads_AreAllThatThePipelineCarries()
    {
        var carried = new[] { typeof(Activities), typeof(WhitelistActivities) }.SelectMany(t => t.GetMethods().Where(m => m.DeclaringType == t))
            .SelectMany(m => new[] { m.GetParameters()[0].ParameterType, m.ReturnType.GetGenericArguments()[0] })
            .Append(typeof(Wake)).Append(typeof(Story)).Append(typeof(WhitelistWake)).Append(typeof(WhitelistStory)).Distinct().ToHashSet();
        Assert.Equal(carried, Payloads.Select(row => row.Data.Item1.GetType()).ToHashSet());
    }

    [Fact]
    public void StepNames_LieInHistoriesAndNeverChange() => Assert.Equal(
        ["Admit", "CountVotes", "Build", "Sign", "Send", "Settle", "Resolve", "Hold", "End", "WithdrawalV1", "Vote", "Chain", "Resolution"],
        [
            Steps.Admit, Steps.CountVotes, Steps.Build, Steps.Sign, Steps.Send, Steps.Settle, Steps.Resolve, Steps.Hold, Steps.End,
            nameof(WithdrawalV1), Wake.Vote, Wake.Chain, Wake.Resolution,
        ]);

    [Fact]
    public void WhitelistStepNames_LieInHistoriesAndNeverChange() => Assert.Equal(
        ["VetEntry", "CountEntryApprovals", "MatureEntry", "End", "WhitelistV1", "EntryChanged"],
        [WhitelistSteps.Vet, WhitelistSteps.Count, WhitelistSteps.Mature, WhitelistSteps.End, nameof(WhitelistV1), WhitelistWake.Changed]);

    [Fact]
    public void Story_AtItsLongest_IsUnderTwoKilobytes()
    {
        var longest = new Story(1, "awaitingApproval", int.MaxValue, "100 of 100", new string('x', 64), "0x" + new string('f', 64));
        Assert.True(Converter.Serialize(longest)!.Length < 2048);
    }
}
