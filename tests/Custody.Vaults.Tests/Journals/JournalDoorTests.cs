using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Vaults.Journals;
using Custody.Vaults.Tests.Gate;
using Xunit;

namespace Custody.Vaults.Tests.Journals;

/// <summary>A line of another role goes to the head that it was decided at or nowhere, and never breaks the journal.</summary>
public sealed class JournalDoorTests
{
    private static readonly StopFact Freeze = new(StopKind.Frozen, FreezeScope.Platform, "a test");

    private readonly GateBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_WhatTightens_IsAppendedAtItsHeadAlone()
    {
        var head = await HeadAsync();

        var first = Assert.IsType<AppendAnswer.Appended>(await Door().AppendAsync(head, Freeze, Cancellation));
        Assert.IsType<AppendAnswer.Conflict>(await Door().AppendAsync(head, Freeze, Cancellation));
        Assert.IsType<AppendAnswer.Conflict>(await Door().AppendAsync(first.Head with { Hash = head.Hash }, Freeze, Cancellation));

        Assert.Equal(first.Head, await HeadAsync());
        Assert.Equal(head.Sequence + 1, first.Head.Sequence);
    }

    [Fact]
    public async Task Append_WhatReadersWouldStumbleOver_IsRefused()
    {
        var head = await HeadAsync();
        foreach (var fact in (StopFact[])[Freeze with { Kind = (StopKind)12345 }, Freeze with { Evidence = [null!] }, new(StopKind.GovernanceInForce, "0", "forged", Digest: "aa")])
        {
            Assert.Equal(RefusalCode.FactUnproven, Assert.IsType<AppendAnswer.Refused>(await Door().AppendAsync(head, fact, Cancellation)).Code);
        }

        Assert.Equal(head, await HeadAsync());
    }

    [Fact]
    public async Task Append_WhatNothingSpeaksFor_IsRefused()
    {
        var head = await HeadAsync();

        Assert.Equal(
            RefusalCode.FactUnproven,
            Assert.IsType<AppendAnswer.Refused>(await Door().AppendAsync(head, new StopFact(StopKind.Thawed, FreezeScope.Platform, "forged"), Cancellation)).Code);

        Assert.Equal(head, await HeadAsync());
    }

    [Fact]
    public async Task Close_WhatIsNotSigned_IsClosedAtItsHeadAlone()
    {
        var head = (await _bench.Signings.ReadAsync("hot-1", Cancellation)).Head;

        Assert.IsType<AppendAnswer.Appended>(await Door().CloseAsync("hot-1", head, "w1", 0, Cancellation));
        Assert.IsType<AppendAnswer.Conflict>(await Door().CloseAsync("hot-1", head, "w2", 0, Cancellation));

        var view = (await _bench.Signings.ReadAsync("hot-1", Cancellation)).View;
        Assert.True(view.IsClosed("w1"));
        Assert.False(view.IsClosed("w2"));
    }

    [Fact]
    public async Task Close_UpToAnAttempt_LeavesLaterOnes()
    {
        var head = (await _bench.Signings.ReadAsync("hot-1", Cancellation)).Head;

        Assert.IsType<AppendAnswer.Appended>(await Door().CloseAsync("hot-1", head, "w1", 2, Cancellation));

        var view = (await _bench.Signings.ReadAsync("hot-1", Cancellation)).View;
        Assert.True(view.IsClosed("w1", 2));
        Assert.False(view.IsClosed("w1", 3));
    }

    [Fact]
    public async Task Close_WhatMayBeSigned_IsRefused()
    {
        await _bench.SignAsync();
        var head = (await _bench.Signings.ReadAsync("hot-1", Cancellation)).Head;

        Assert.Equal(RefusalCode.TooLate, Assert.IsType<AppendAnswer.Refused>(await Door().CloseAsync("hot-1", head, _bench.Id, 0, Cancellation)).Code);
    }

    private JournalDoor Door() => new(_bench.Stops, _bench.Signings, new StopEvidence(_bench.Withdrawals, _bench.Facts, _bench, _bench.PinnedRoot, _bench.Time));

    private async Task<JournalHead> HeadAsync() => (await _bench.Stops.ReadAsync(Cancellation)).Head;
}
