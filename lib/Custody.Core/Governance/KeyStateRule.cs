using Custody.Core.Results;

namespace Custody.Core.Governance;

/// <summary>
/// Rule: only a vault key that governance calls active signs, and a key goes from state to state only as NIST SP 800-57 Part 1
/// Rev. 5 (section 7) knows: what was deactivated, compromised or destroyed never comes back.
/// </summary>
public static class KeyStateRule
{
    /// <summary>Whether the vault's key may sign. That governance stopped it is no sign of tampering.</summary>
    public static Verdict Check(VaultRegistration vault) => vault.KeyState() == VaultKeyState.Active
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.GovernanceTightened, $"The key of the vault '{vault.Id}' is not active, but {Word(vault.KeyState())}.");

    /// <summary>Whether the vault's next registration may have the state that it has.</summary>
    public static Verdict CheckTransition(VaultRegistration before, VaultRegistration after) =>
        before.KeyState() == after.KeyState() || MayFollow(before.KeyState(), after.KeyState())
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.GovernanceInvalid, $"The key of the vault '{after.Id}' cannot go from {Word(before.KeyState())} to {Word(after.KeyState())}.");

    // Figure 3 of section 7, with the transitions of its table.
    private static bool MayFollow(VaultKeyState before, VaultKeyState after) => before switch
    {
        VaultKeyState.PreActivation => after is VaultKeyState.Active or VaultKeyState.Compromised or VaultKeyState.Destroyed,
        VaultKeyState.Active => after is VaultKeyState.Suspended or VaultKeyState.Deactivated or VaultKeyState.Compromised,
        VaultKeyState.Suspended => after is VaultKeyState.Active or VaultKeyState.Deactivated or VaultKeyState.Compromised or VaultKeyState.Destroyed,
        VaultKeyState.Deactivated => after is VaultKeyState.Compromised or VaultKeyState.Destroyed,
        VaultKeyState.Compromised => after is VaultKeyState.Destroyed,
        _ => false,
    };

    private static string Word(VaultKeyState state) => state switch
    {
        VaultKeyState.PreActivation => "pre-activation",
        VaultKeyState.Active => "active",
        VaultKeyState.Suspended => "suspended",
        VaultKeyState.Deactivated => "deactivated",
        VaultKeyState.Compromised => "compromised",
        VaultKeyState.Destroyed => "destroyed",
        _ => "in no state that is known",
    };
}
