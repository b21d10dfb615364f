using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class ProvidersRuleTests
{
    private static readonly ChainRegistration Chain = SampleGovernance.Document.Chains[0];

    [Theory]
    [InlineData(null, 1, true)]
    [InlineData(null, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, true)]
    [InlineData(0, 0, false)]
    public void Check_ConfiguredProviders_AreAsManyAsGoverned(int? needed, int configured, bool allowed) =>
        Assert.Equal(allowed, ProvidersRule.Check(Chain with { ProvidersNeeded = needed }, configured).IsAllowed);

    [Fact]
    public void Check_TooFew_SaysHowMany()
    {
        var verdict = ProvidersRule.Check(Chain with { ProvidersNeeded = 3 }, 1);
        Assert.Equal(RefusalCode.NodeUnavailable, verdict.Code);
        Assert.Equal($"Governance wants 3 providers of {Chain.Id}, and 1 are configured.", verdict.Detail);
    }
}
