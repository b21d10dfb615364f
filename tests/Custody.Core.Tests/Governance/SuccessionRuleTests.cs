using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class SuccessionRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly GovernanceDocument First = SampleGovernance.Document;
    private static readonly GovernanceDocument Tighter = Succession.Next(First, d => d with { Operators = [d.Operators[0]] });
    private static readonly GovernanceDocument Weaker = Succession.Weaker(First, d => d with { Operators = [.. d.Operators, new Operator("otto", "otto", [People.Stranger.Registered])] });

    private static readonly Dictionary<string, (RefusalCode Code, Func<SignedDocument> Document)> Refusals = new(StringComparer.Ordinal)
    {
        ["one signature too few"] = (RefusalCode.GovernanceUnsigned, () => Sign(Tighter, People.Gina)),
        ["one signature twice"] = (RefusalCode.GovernanceUnsigned, () => Sign(Tighter, People.Gina, People.Gina)),
        ["signed by the new quorum instead of the old"] = (RefusalCode.GovernanceUnsigned, () => Sign(Usurped, People.Stranger, People.Ann)),
        ["signed by operators"] = (RefusalCode.GovernanceUnsigned, () => Sign(Tighter, People.Olga, People.Omar)),
        ["signatures of another document"] = (RefusalCode.GovernanceUnsigned, () => Succession.Signed(Tighter) with { Payload = Succession.Signed(Weaker).Payload }),
        ["version 3"] = (RefusalCode.GovernanceNotNext, () => Succession.Signed(Tighter with { Version = 3 })),
        ["version 1 again"] = (RefusalCode.GovernanceNotNext, () => Succession.Signed(First)),
        ["another predecessor"] = (RefusalCode.GovernanceNotNext, () => Succession.Signed(Tighter with { Previous = new string('0', 64) })),
        ["no predecessor"] = (RefusalCode.GovernanceNotNext, () => Succession.Signed(Tighter with { Previous = null })),
        ["nothing changed"] = (RefusalCode.GovernanceUnchanged, () => Succession.Signed(Succession.Next(First, d => d))),
        ["a mix"] = (RefusalCode.GovernanceMixed, () => Succession.Signed(Succession.Weaker(First, d => d with { Operators = [d.Operators[0]], Rules = [d.Rules[0] with { MaxAmount = d.Rules[0].MaxAmount + 1 }, d.Rules[1]] }))),
        ["a weakening without risk assessment"] = (RefusalCode.GovernanceRiskMissing, () => Succession.Signed(Weaker with { Risk = null })),
        ["a risk assessment without digest"] = (RefusalCode.GovernanceRiskMissing, () => Succession.Signed(Weaker with { Risk = Succession.Risk with { Digest = "" } })),
        ["a weakening without responsible officer"] = (RefusalCode.GovernanceRiskMissing, () => Sign(Weaker, People.Gus, People.Gwen)),
        ["a vault with another key"] = (RefusalCode.GovernanceInvalid, () => Succession.Signed(Succession.Weaker(First, d => d with { Vaults = [SampleGovernance.Vault("hot-1", VaultTier.Hot, new VaultKey("hot-2")), d.Vaults[1]] }))),
        ["a vault's key in no state"] = (RefusalCode.GovernanceInvalid, () => Succession.Signed(Succession.Weaker(First, d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.Unspecified }, d.Vaults[1]] }))),
        ["an active key before its activation"] = (RefusalCode.GovernanceInvalid, () => Succession.Signed(Succession.Weaker(First, d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.PreActivation }, d.Vaults[1]] }))),
        ["inconsistent"] = (RefusalCode.GovernanceInvalid, () => Succession.Signed(Succession.Weaker(First, d => d with { Chains = [] }))),
        ["not JSON"] = (RefusalCode.GovernanceInvalid, () => SignedDocument.Of("{}"u8, [])),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    private static GovernanceDocument Usurped => Succession.Weaker(First, d => d with
    {
        Governors = new GovernorSet([new Governor("eve", People.Stranger.Registered, true), new Governor("ann", SoftwareKey.EdDsa("ann-governs").Registered)], 1),
    });

    [Fact]
    public void Check_ATighteningSignedByTheQuorumBefore_IsVerified()
    {
        var next = Verified(Succession.Signed(Tighter));

        Assert.Equal(2, next.Document.Version);
        Assert.Equal(World.TrustRoot, next.TrustRoot);
        Assert.Equal(First.Digest(), next.Previous!.Digest);
        Assert.Same(next.Previous, next.AsOf(First.Digest()));
        Assert.Null(next.AsOf(new string('0', 64)));
    }

    [Fact]
    public void Check_AWeakeningWithRiskAssessmentAndResponsibleOfficer_IsVerified() =>
        Assert.Equal("otto", Verified(Succession.Signed(Weaker)).Document.Operators[^1].Id);

    [Fact]
    public void Check_ACompromisedKey_NeverComesBack()
    {
        var second = Succession.Next(First, d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.Compromised }, d.Vaults[1]] });
        var without = Succession.Next(second, d => d with { Vaults = [d.Vaults[1]], Rules = [] });
        var compromised = Verified(Succession.Signed(second));
        var left = SuccessionRule.Check(compromised, Succession.Signed(without), World.Now);

        foreach (var state in (VaultKeyState?[])[null, VaultKeyState.Active, VaultKeyState.Suspended, VaultKeyState.Deactivated])
        {
            var back = Succession.Weaker(second, d => d with { Vaults = [d.Vaults[0] with { State = state }, d.Vaults[1]] });
            Assert.Equal(RefusalCode.GovernanceInvalid, Assert.IsType<GovernanceReading.Refused>(SuccessionRule.Check(compromised, Succession.Signed(back), World.Now)).Code);
        }

        // Nor by way of a version that leaves the vault out.
        var governed = Assert.IsType<GovernanceReading.Verified>(left).Governed;
        var again = Succession.Weaker(governed.Document, d => d with { Vaults = [First.Vaults[0], d.Vaults[0]] });
        Assert.Equal(RefusalCode.GovernanceInvalid, Assert.IsType<GovernanceReading.Refused>(SuccessionRule.Check(governed, Succession.Signed(again), World.Now)).Code);
    }

    [Fact]
    public void Check_ASuspendedKey_MayBeActiveAgainAfterTheDelayOfAWeakening()
    {
        var second = Succession.Next(First, d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.Suspended }, d.Vaults[1]] });
        var suspended = Verified(Succession.Signed(second));
        var third = Succession.Weaker(second, d => d with { Vaults = [d.Vaults[0] with { State = VaultKeyState.Active }, d.Vaults[1]] });

        var active = Assert.IsType<GovernanceReading.Verified>(SuccessionRule.Check(suspended, Succession.Signed(third), World.Now)).Governed;

        Assert.Equal(Core.Governance.Change.ChangeDirection.Tightens, suspended.Changes!.Direction);
        Assert.Equal(Core.Governance.Change.ChangeDirection.Weakens, active.Changes!.Direction);
    }

    // The same key under other firmware is no other key: the list alone may change.
    [Fact]
    public void Check_AVaultsFirmware_IsListedAfterADelayAndTakenOffAtOnce()
    {
        var listed = Verified(Succession.Signed(Succession.Weaker(First, d => d with { Vaults = [d.Vaults[0] with { Firmware = ["software 1", "software 2"] }, d.Vaults[1]] })));
        var off = Verified(Succession.Signed(Succession.Next(First, d => d with { Vaults = [d.Vaults[0] with { Firmware = [] }, d.Vaults[1]] })));

        Assert.Equal(Core.Governance.Change.ChangeDirection.Weakens, listed.Changes!.Direction);
        Assert.Equal(Core.Governance.Change.ChangeDirection.Tightens, off.Changes!.Direction);
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Check_AnythingElse_IsRefusedWithItsCode(string name)
    {
        var (code, document) = Refusals[name];

        Assert.Equal(code, Assert.IsType<GovernanceReading.Refused>(SuccessionRule.Check(World.Governed, document(), World.Now)).Code);
    }

    [Fact]
    public void VerifyChain_FromThePinnedRootUp_GivesTheNewest()
    {
        var third = Succession.Next(Tighter, d => d with { Rules = [d.Rules[0]] });
        SignedDocument[] chain = [World.GovernanceDocument, Succession.Signed(Tighter), Succession.Signed(third)];

        Assert.Equal(3, Assert.IsType<GovernanceReading.Verified>(GovernanceVerifier.VerifyChain(chain, World.TrustRoot, World.Now)).Governed.Document.Version);
        Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.VerifyChain([chain[0], chain[2]], World.TrustRoot, World.Now));
        Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.VerifyChain(chain[1..], World.TrustRoot, World.Now));
        Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.VerifyChain([], World.TrustRoot, World.Now));
        Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.VerifyChain(chain, new string('0', 64), World.Now));
    }

    // Each vault has a journal by its id: under another id its key would know nothing of what it signed.
    [Fact]
    public void Check_AKeyThatAnotherVaultEverHad_IsRefused()
    {
        var renamed = Succession.Weaker(First, d => d with { Vaults = [d.Vaults[0], d.Vaults[1] with { Id = "warm-2" }], Rules = [d.Rules[0]] });
        AssertRenamed(World.Governed, renamed);

        // Nor by way of versions that leave the vault out.
        var without = Verified(Succession.Signed(Succession.Next(First, d => d with { Vaults = [d.Vaults[0]], Rules = [d.Rules[0]] })));
        var again = Succession.Weaker(without.Document, d => d with { Vaults = [d.Vaults[0], First.Vaults[1] with { Id = "warm-2" }] });
        AssertRenamed(without, again);

        var fresh = Succession.Weaker(without.Document, d => d with { Vaults = [d.Vaults[0], SampleGovernance.Vault("warm-2", VaultTier.Warm, new VaultKey("warm-2"))] });
        Assert.IsType<GovernanceReading.Verified>(SuccessionRule.Check(without, Succession.Signed(fresh), World.Now));
    }

    // A key that governance removed no longer registers anything, and its vaults are still known as our own.
    [Fact]
    public void EveryVault_KeepsWhatWasRemoved()
    {
        var fewer = Verified(Succession.Signed(Succession.Next(First, d => d with { Vaults = [d.Vaults[0]], Rules = [d.Rules[0]] })));

        Assert.Null(fewer.Vault("warm-1"));
        Assert.Equal(["hot-1", "warm-1"], fewer.EveryVault.Select(v => v.Id));
    }

    private static void AssertRenamed(Governed previous, GovernanceDocument next)
    {
        var refused = Assert.IsType<GovernanceReading.Refused>(SuccessionRule.Check(previous, Succession.Signed(next), World.Now));
        Assert.Equal(RefusalCode.GovernanceInvalid, refused.Code);
        Assert.Contains("'warm-2' was another vault's", refused.Detail, StringComparison.Ordinal);
    }

    private static SignedDocument Sign(GovernanceDocument document, params SoftwareKey[] keys) => Signing.Document(DocumentType.Governance, document, World.Now, keys);

    private static Governed Verified(SignedDocument document) => Assert.IsType<GovernanceReading.Verified>(SuccessionRule.Check(World.Governed, document, World.Now)).Governed;
}
