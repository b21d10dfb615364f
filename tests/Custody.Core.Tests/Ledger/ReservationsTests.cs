using Custody.Core.Admission;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Ledger;

/// <summary>What an admitted request reserves: two ether, worth 5,000.00, of a retail customer.</summary>
public sealed class ReservationsTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly CustodyWorld Limited = World with { Governance = World.Governance with { PlatformValue = new PlatformValueTerms(3_600, 1_000_000) } };

    [Fact]
    public void For_Retail_ReservesNarrowToWide() => Assert.Equal(
        ["CustomerValue exchange-a/customer-7 500000", "Destination 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 ", "Client exchange-a ", "Vault hot-1 ", "Platform platform "],
        Windows(World));

    [Fact]
    public void For_PlatformLimitedInValue_ReservesItsValueLast()
    {
        Assert.Equal("PlatformValue platform 500000", Windows(Limited)[^1]);
        Assert.Equal((3_600, 1_000_000), For(Limited).Windows.Where(w => w.Limit.Scope == LimitScope.PlatformValue).Select(w => (w.Limit.WindowSeconds, (int)w.Limit.MaxAmount)).Single());
    }

    // What was reserved before the limit was governed counts in it from the next attempt on.
    [Fact]
    public void Covers_LimitedInValueSince_AsksForMore()
    {
        Assert.True(Reservations.Covers(For(World), Admitted(World), World.Governed));
        Assert.False(Reservations.Covers(For(World), Admitted(Limited), Limited.Governed));
        Assert.True(Reservations.Covers(For(Limited), Admitted(World), World.Governed));
    }

    private static Admitted Admitted(CustodyWorld world) => AdmissionRule.Evaluate(world.AdmissionFacts).Admitted!;

    private static Reservation For(CustodyWorld world) => Reservations.For(Admitted(world), "hot-1", world.Governed);

    private static List<string> Windows(CustodyWorld world) => [.. For(world).Windows.Select(w => $"{w.Limit.Scope} {w.Subject} {w.Amount}")];
}
