using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class ApprovalDeadlineTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly PolicyRule Rule = World.Governance.Rules[0];
    private static readonly PolicyRule Automatic = Rule with { Approvals = new Quorum(0, 0, null, Automatic: true) };

    [Fact]
    public void Of_OneRule_CountsFromTheIntentsTime() => Assert.Equal(World.Intent.CreatedAt.AddSeconds(3600), ApprovalDeadline.Of(World.Intent, Rule));

    [Fact]
    public void Of_LongerThanTheRequestLives_EndsWithIt() => Assert.Equal(World.Request.ExpiresAt, ApprovalDeadline.Of(World.Intent, Rule with { ApprovalSeconds = 1_000_000 }));

    [Fact]
    public void Of_SeveralVersions_IsTheEarliest()
    {
        Assert.Equal(World.Intent.CreatedAt.AddSeconds(60), ApprovalDeadline.Of(World.Intent, Terms(Rule, Rule with { ApprovalSeconds = 60 })));
        Assert.Equal(World.Intent.CreatedAt.AddSeconds(60), ApprovalDeadline.Of(World.Intent, Terms(Rule with { ApprovalSeconds = 60 }, Rule)));
    }

    [Fact]
    public void Of_NobodyIsAsked_IsNone()
    {
        Assert.Null(ApprovalDeadline.Of(World.Intent, Terms(Automatic, Automatic)));
        Assert.Equal(World.Intent.CreatedAt.AddSeconds(3600), ApprovalDeadline.Of(World.Intent, Terms(Automatic, Rule)));
        Assert.Null(ApprovalDeadline.Of(World.Intent, []));
    }

    private static IReadOnlyList<GovernedRule> Terms(params PolicyRule[] rules) => [.. rules.Select(r => new GovernedRule(World.Governed, r))];
}
