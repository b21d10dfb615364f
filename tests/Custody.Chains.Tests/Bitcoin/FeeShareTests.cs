using System.Numerics;
using Custody.Chains.Bitcoin;
using Custody.Core.Intents;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class FeeShareTests
{
    [Property(MaxTest = 1000)]
    public Property Of_AnyBatch_AddsUpAndStaysWithinEachCap() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var envelopes = Enumerable.Range(0, random.Next(1, 20)).Select(_ => new FeeEnvelope(random.Next(5) == 0 ? 0 : random.Next(100_000), 1)).ToList();
        var fee = new BigInteger(random.NextInt64(envelopes.Sum(e => (long)e.MaxTotal) + 1));
        var shares = FeeShare.Of(envelopes, fee);
        return shares.Aggregate(BigInteger.Zero, (sum, s) => sum + s) == fee && shares.Zip(envelopes).All(p => p.First.Sign >= 0 && p.First <= p.Second.MaxTotal);
    });

    [Fact]
    public void Of_FeeBeyondAllEnvelopes_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => FeeShare.Of([new(10, 1), new(5, 1)], 16));

    [Fact]
    public void Of_Alone_IsTheWholeFee() => Assert.Equal([1_410], FeeShare.Of([new(2_000, 10)], 1_410));
}
