using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Operators;

public sealed class OperatorTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly DateTimeOffset Now = World.Now;
    private static readonly Core.Governance.Governed Governed = World.Governed;
    private static readonly StopView Frozen = StopLines.Fold([World.InForce, new StopFact(StopKind.Frozen, "vault/hot-1", "incident")]);

    private static readonly WithdrawalState Held = new WithdrawalState(
        "w1", "exchange-a", "customer-7", "request-1", "", SampleGovernance.Ether, 1, "entry-1", WithdrawalStatus.Signing, Now, Now, null).Held(RefusalCode.Frozen, "frozen");

    [Fact]
    public void FreezeRule_OneOperator_IsEnough()
    {
        var reading = FreezeRule.Verify(Sign("olga", Freeze()), Governed, Now);

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal("olga", reading.Operator!.Id);
    }

    [Fact]
    public void FreezeRule_AnythingElse_IsRefused()
    {
        Assert.Equal(RefusalCode.FieldInvalid, Code(Sign("olga", Freeze() with { Scope = "everything" })));
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Code(Sign("olga", Freeze() with { OperatorId = "omar" })));
        Assert.Equal(RefusalCode.BodyMalformed, Code(Sign("olga", Freeze() with { Version = 2 })));
        Assert.Equal(RefusalCode.StatementExpired, Code(Sign("olga", Freeze() with { ExpiresAt = Now })));
        Assert.Equal(RefusalCode.StatementExpired, Code(Sign("olga", Freeze() with { SignedAt = Now.AddMinutes(2) })));
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Code(People.Ann.Sign(DocumentType.Freeze, Freeze(), Now)));
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Code(People.Exchange.Sign(DocumentType.Freeze, Freeze(), Now)));
        Assert.Equal(RefusalCode.SignatureMalformed, Code(People.Olga.Sign(DocumentType.Thaw, Freeze(), Now)));
        Assert.Equal(RefusalCode.BodyMalformed, Code(People.Olga.SignBytes(DocumentType.Freeze, "{}"u8.ToArray(), Now)));
        Assert.Equal(RefusalCode.SignatureExpired, Code(People.Olga.Sign(DocumentType.Freeze, Freeze(), Now.AddMinutes(2))));

        static RefusalCode Code(string compact) => FreezeRule.Verify(compact, Governed, Now).Verdict.Code;
    }

    [Fact]
    public void ThawRule_TwoPeopleOnTheFreezeInForce_AndNothingLess()
    {
        var (olga, omar) = (Sign("olga", Thaw()), Sign("omar", Thaw()));

        Assert.True(ThawRule.Together([olga, omar], Frozen, Governed, Now).IsAllowed);
        Assert.Equal(RefusalCode.SecondSignatureNeeded, ThawRule.Together([olga], Frozen, Governed, Now).Code);
        Assert.Equal(RefusalCode.SecondSignatureNeeded, ThawRule.Together([olga, olga], Frozen, Governed, Now).Code);
        Assert.False(ThawRule.Together([], Frozen, Governed, Now).IsAllowed);
        Assert.False(ThawRule.Together([olga, Sign("omar", Thaw() with { FreezeSequence = 1 })], Frozen, Governed, Now).IsAllowed);
        Assert.False(ThawRule.Together([olga, Sign("omar", Thaw() with { Scope = "platform" })], Frozen, Governed, Now).IsAllowed);
        Assert.False(ThawRule.Together([olga, omar], Frozen, Governed, Now.AddHours(1)).IsAllowed);
    }

    [Fact]
    public void ThawRule_FrozenAgainSince_TheOldThawLiftsNothing()
    {
        var again = StopLines.Fold([World.InForce, Stop(StopKind.Frozen), Stop(StopKind.Thawed), Stop(StopKind.Frozen)]);

        Assert.Equal(RefusalCode.NotFrozen, ThawRule.Verify(Sign("olga", Thaw()), again, Governed, Now).Verdict.Code);
        Assert.Equal(RefusalCode.NotFrozen, ThawRule.Verify(Sign("olga", Thaw()), World.Stops, Governed, Now).Verdict.Code);

        static StopFact Stop(StopKind kind) => new(kind, "vault/hot-1", "incident");
    }

    [Fact]
    public void ThawRule_OnePersonAsTwoOperators_IsOne()
    {
        var world = World with { Governance = World.Governance with { Operators = [World.Governance.Operators[0], World.Governance.Operators[1] with { Person = "olga" }] } };

        Assert.False(ThawRule.Together([Sign("olga", Thaw()), Sign("omar", Thaw())], Frozen, world.Governed, Now).IsAllowed);
    }

    [Theory]
    [InlineData(ResolutionAction.Resume)]
    [InlineData(ResolutionAction.Reject)]
    [InlineData(ResolutionAction.NextAttempt)]
    public void ResolutionRule_TwoPeopleOfOneMind_Decide(ResolutionAction action)
    {
        Assert.Equal(action, Together(Resolve("olga", action), Resolve("omar", action)));
        Assert.Equal(ResolutionAction.Unknown, Together(Resolve("olga", action)));
        Assert.Equal(ResolutionAction.Unknown, Together(Resolve("olga", action), Resolve("olga", action)));
        Assert.Equal(ResolutionAction.Unknown, Together());
    }

    [Fact]
    public void ResolutionRule_TwoMinds_DecideNothing() =>
        Assert.Equal(ResolutionAction.Unknown, Together(Resolve("olga", ResolutionAction.Resume), Resolve("omar", ResolutionAction.Reject)));

    [Fact]
    public void ResolutionRule_AnotherHoldAttemptOrWithdrawal_IsRefused()
    {
        Assert.Equal(RefusalCode.NotHeld, Code(Resolution("olga") with { Hold = 2 }));
        Assert.Equal(RefusalCode.NotHeld, Code(Resolution("olga") with { WithdrawalId = "w2" }));
        Assert.Equal(RefusalCode.AttemptMismatch, Code(Resolution("olga") with { Attempt = 2 }));
        Assert.Equal(RefusalCode.FieldInvalid, Code(Resolution("olga") with { Action = ResolutionAction.Unknown }));
        Assert.Equal(RefusalCode.NotHeld, ResolutionRule.Verify(Resolve("olga", ResolutionAction.Resume), Held.Become(WithdrawalStatus.Signing), Governed, Now).Verdict.Code);

        static RefusalCode Code(ResolutionStatement statement) => ResolutionRule.Verify(Sign("olga", statement), Held, Governed, Now).Verdict.Code;
    }

    private static ResolutionAction Together(params string[] halves) => ResolutionRule.Together(halves, Held, Governed, Now);

    private static string Resolve(string who, ResolutionAction action) => Sign(who, Resolution(who) with { Action = action });

    private static ResolutionStatement Resolution(string who) => new(1, "w1", 1, 1, ResolutionAction.Resume, who, "checked", Now.AddMinutes(-1), Now.AddMinutes(30));

    private static FreezeStatement Freeze() => new(1, "vault/hot-1", "olga", "incident", Now.AddMinutes(-1), Now.AddMinutes(30));

    private static ThawStatement Thaw() => new(1, "vault/hot-1", 2, "olga", "it is over", Now.AddMinutes(-1), Now.AddMinutes(30));

    private static string Sign(string who, FreezeStatement statement) => People.OperatorKey(who).Sign(DocumentType.Freeze, statement, Now);

    private static string Sign(string who, ThawStatement statement) => People.OperatorKey(who).Sign(DocumentType.Thaw, statement with { OperatorId = who }, Now);

    private static string Sign(string who, ResolutionStatement statement) => People.OperatorKey(who).Sign(DocumentType.Resolution, statement, Now);
}
