using Custody.Core.Audit;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly AuditRecord[] Chain =
    [
        .. AuditChain.Extend("w1", 0, "", CustodyWorld.Start.AddMilliseconds(700), Enumerable.Range(1, 8).Select(i => new AuditEvent("stage", "did", "actor", Detail: $"{i}"))),
    ];

    private static string Head => Chain[^1].Hash();

    [Fact]
    public void Problem_WholeChain_IsNone() => Assert.Null(AuditChain.Problem("w1", Chain, Head));

    [Fact]
    public void Extend_InTwoSteps_IsTheSameChain()
    {
        var first = AuditChain.Extend("w1", 0, "", CustodyWorld.Start, Chain.Take(3).Select(r => r.Event));
        var rest = AuditChain.Extend("w1", 3, first[^1].Hash(), CustodyWorld.Start, Chain.Skip(3).Select(r => r.Event));

        Assert.Equal(Chain, first.Concat(rest));
    }

    [Fact]
    public void Problem_CutEmptyOrForeign_IsFound()
    {
        Assert.NotNull(AuditChain.Problem("w1", Chain[..^1], Head));
        Assert.NotNull(AuditChain.Problem("w1", [], null));
        Assert.NotNull(AuditChain.Problem("w2", Chain, Head));
        Assert.NotNull(AuditChain.Problem("w1", Chain, new string('0', 64)));
    }

    [Property]
    public Property Problem_AnyRecordChanged_IsFound() => Prop.ForAll(Gen.Choose(0, 7).ToArbitrary(), Gen.Choose(0, 8).ToArbitrary(), (i, what) =>
    {
        var record = Chain[i];
        var changed = what switch
        {
            0 => record with { Version = 2 },
            1 => record with { Subject = "w2" },
            2 => record with { Sequence = record.Sequence + 1 },
            3 => record with { Previous = new string('0', 64) },
            4 => record with { At = record.At.AddSeconds(1) },
            5 => record with { Event = record.Event with { Action = "other" } },
            6 => record with { Event = record.Event with { Actor = "other" } },
            7 => record with { Event = record.Event with { Detail = null } },
            _ => record with { Event = record.Event with { Code = "frozen" } },
        };
        return AuditChain.Problem("w1", [.. Chain[..i], changed, .. Chain[(i + 1)..]], Head) is not null;
    });

    [Property]
    public Property Problem_AnyRecordDroppedSwappedOrRepeated_IsFound() => Prop.ForAll(Gen.Choose(0, 7).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (i, j) =>
    {
        var swapped = (AuditRecord[])Chain.Clone();
        (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
        return AuditChain.Problem("w1", [.. Chain[..i], .. Chain[(i + 1)..]], Head) is not null
            && AuditChain.Problem("w1", [.. Chain[..i], Chain[i], .. Chain[i..]], Head) is not null
            && AuditChain.Problem("w1", swapped, Head) is null == (i == j);
    });
}
