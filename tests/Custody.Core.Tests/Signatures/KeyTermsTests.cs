using System.Net;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Signatures;

public sealed class KeyTermsTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;

    [Fact]
    public void Request_UnderAKeyWithinItsTerms_IsAllowed() =>
        Assert.True(Request(new KeyTerms([KeyScope.Withdraw], null, Now.AddDays(-1), Now.AddDays(1))).IsAllowed);

    [Fact]
    public void Request_OutsideTheKeysTime_IsRefused()
    {
        Assert.Equal(RefusalCode.KeyNotValid, Request(new KeyTerms(NotBefore: Now.AddSeconds(1))).Code);
        Assert.Equal(RefusalCode.KeyNotValid, Request(new KeyTerms(NotAfter: Now)).Code);
    }

    [Fact]
    public void Request_WithoutTheScope_IsRefused()
    {
        Assert.Equal(RefusalCode.KeyScopeMissing, Request(new KeyTerms([KeyScope.Cancel, KeyScope.Customer, KeyScope.Whitelist])).Code);
        Assert.Equal(RefusalCode.KeyScopeMissing, Request(new KeyTerms([])).Code);
    }

    [Fact]
    public void Request_OfASuspendedClient_IsRefused() => Assert.Equal(RefusalCode.ClientSuspended, Request(null, suspended: true).Code);

    [Theory]
    [InlineData("203.0.113.9", true)]
    [InlineData("::ffff:203.0.113.9", true)]
    [InlineData("203.0.114.9", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void Permits_OnlyTheRanges(string address, bool permitted) =>
        Assert.Equal(permitted, KeyTermsRule.Permits(Key(new KeyTerms(IpRanges: ["203.0.113.0/24", "2001:db8::/32"])), IPAddress.Parse(address)));

    [Fact]
    public void Permits_AnUnknownAddress_OnlyWithoutRanges()
    {
        Assert.False(KeyTermsRule.Permits(Key(new KeyTerms(IpRanges: ["0.0.0.0/0"])), null));
        Assert.False(KeyTermsRule.Permits(Key(new KeyTerms(IpRanges: [])), IPAddress.Loopback));
        Assert.True(KeyTermsRule.Permits(Key(null), null));
    }

    [Fact]
    public void Problem_TermsThatMeanNothing_AreSaid()
    {
        Assert.Contains("'sell'", KeyTermsRule.Problem(Key(new KeyTerms(["sell"])))!, StringComparison.Ordinal);
        Assert.Contains("'here'", KeyTermsRule.Problem(Key(new KeyTerms(IpRanges: ["here"])))!, StringComparison.Ordinal);
        Assert.Contains("never", KeyTermsRule.Problem(Key(new KeyTerms(NotBefore: Now, NotAfter: Now)))!, StringComparison.Ordinal);
        Assert.Null(KeyTermsRule.Problem(Key(new KeyTerms([KeyScope.Cancel], ["10.0.0.0/8"], Now, Now.AddDays(1)))));
        Assert.Null(KeyTermsRule.Problem(Key(null)));
    }

    // The gate freezes a vault for an unknown customer, and must not for a key that merely ran out.
    [Fact]
    public void CustomerRecord_OfAKeyThatRanOut_IsLateAndNotUnknown()
    {
        var first = SampleGovernance.Document;
        var world = CustodyWorld.Default with { Governance = first with { Clients = [first.Clients[0] with { Keys = [Key(new KeyTerms(NotAfter: Now))] }, first.Clients[1]] } };

        Assert.Equal(
            RefusalCode.KeyNotValid,
            Customers.CustomerRule.Verify(world.CustomerDocument, world.Customer.ClientId, world.Customer.CustomerId, world.Governed, Now).Verdict.Code);
    }

    private static RegisteredKey Key(KeyTerms? terms) => People.Exchange.Registered with { Terms = terms };

    private static Verdict Request(KeyTerms? terms, bool? suspended = null)
    {
        var first = SampleGovernance.Document;
        var world = CustodyWorld.Default with { Governance = first with { Clients = [first.Clients[0] with { Keys = [Key(terms)], Suspended = suspended }, first.Clients[1]] } };
        return RequestSignature.Verify(world.Body, world.BodySignature, "exchange-a", world.Governed, Now, out _);
    }
}
