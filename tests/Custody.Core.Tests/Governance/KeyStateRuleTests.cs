using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class KeyStateRuleTests
{
    private static readonly VaultRegistration Vault = SampleGovernance.Document.Vaults[0];

    // NIST SP 800-57 Part 1 Rev. 5, section 7: every transition there is, and by omission every one that there is not.
    private static readonly HashSet<(VaultKeyState, VaultKeyState)> Known =
    [
        (VaultKeyState.PreActivation, VaultKeyState.Active), (VaultKeyState.PreActivation, VaultKeyState.Compromised), (VaultKeyState.PreActivation, VaultKeyState.Destroyed),
        (VaultKeyState.Active, VaultKeyState.Suspended), (VaultKeyState.Active, VaultKeyState.Deactivated), (VaultKeyState.Active, VaultKeyState.Compromised),
        (VaultKeyState.Suspended, VaultKeyState.Active), (VaultKeyState.Suspended, VaultKeyState.Deactivated), (VaultKeyState.Suspended, VaultKeyState.Compromised),
        (VaultKeyState.Suspended, VaultKeyState.Destroyed), (VaultKeyState.Deactivated, VaultKeyState.Compromised), (VaultKeyState.Deactivated, VaultKeyState.Destroyed),
        (VaultKeyState.Compromised, VaultKeyState.Destroyed),
    ];

    public static TheoryData<VaultKeyState> States => [.. Enum.GetValues<VaultKeyState>(), (VaultKeyState)99];

    public static MatrixTheoryData<VaultKeyState, VaultKeyState> Pairs => new(Enum.GetValues<VaultKeyState>(), Enum.GetValues<VaultKeyState>());

    [Theory]
    [MemberData(nameof(States))]
    public void Check_OnlyActive_Signs(VaultKeyState state)
    {
        var verdict = KeyStateRule.Check(Vault with { State = state });

        Assert.Equal(state == VaultKeyState.Active, verdict.IsAllowed);
        Assert.True(verdict.IsAllowed || verdict.Code == RefusalCode.GovernanceTightened);
    }

    [Fact]
    public void Check_NoStateRegistered_IsActive() => Assert.True(KeyStateRule.Check(Vault with { State = null }).IsAllowed);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void CheckTransition_OnlyWhatTheStandardKnows_IsAllowed(VaultKeyState before, VaultKeyState after)
    {
        var verdict = KeyStateRule.CheckTransition(Vault with { State = before }, Vault with { State = after });

        Assert.Equal(before == after || Known.Contains((before, after)), verdict.IsAllowed);
        Assert.True(verdict.IsAllowed || verdict.Code == RefusalCode.GovernanceInvalid);
    }

    [Fact]
    public void CheckTransition_FromNoStateRegistered_IsFromActive()
    {
        Assert.True(KeyStateRule.CheckTransition(Vault, Vault with { State = VaultKeyState.Suspended }).IsAllowed);
        Assert.False(KeyStateRule.CheckTransition(Vault, Vault with { State = VaultKeyState.PreActivation }).IsAllowed);
        Assert.False(KeyStateRule.CheckTransition(Vault with { State = VaultKeyState.Compromised }, Vault).IsAllowed);
    }
}
