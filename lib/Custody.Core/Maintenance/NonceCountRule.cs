using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;

namespace Custody.Core.Maintenance;

/// <summary>
/// Rule: what the chain says that an account has sent is believed as far as its signing journal explains it. Each nonce that a block took
/// was journalled before it was signed, or lost in a restore and accepted as unknown; a count above that is a spend by somebody else, or a
/// node that lies. A payment built at such a nonce would wait for ever behind nonces that nothing takes.
/// </summary>
public static class NonceCountRule
{
    /// <summary>The nonce of the last transaction of so many that nothing explains; null where they are explained.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="count">How many transactions its account has sent, by the chain.</param>
    /// <param name="journal">Its signing journal, read after the count was.</param>
    /// <param name="stops">The stop journal.</param>
    public static ulong? Unexplained(VaultRegistration vault, ulong count, SigningView journal, StopView stops) =>
        count <= RestoredRule.UnknownBelow(stops, vault.Id) || journal.TakenBy(SigningSlot.Nonce(vault.Chain, vault.EvmAddress(), count - 1)) is not null
            ? null
            : count - 1;
}
