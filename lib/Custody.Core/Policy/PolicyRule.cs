using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Governance;

namespace Custody.Core.Policy;

/// <summary>
/// One rule: conditions, and what holds when they match. A condition that is absent matches everything; the conditions are
/// all that decides whether a rule matches, so a limit passed is a refusal and never a fall through to a laxer rule.
/// </summary>
/// <param name="Id">The rule's id, shown to approvers.</param>
/// <param name="Assets">The assets it is for; never empty.</param>
/// <param name="Clients">The clients it is for; absent: all.</param>
/// <param name="CustomerClasses">The customer classes it is for; absent: all.</param>
/// <param name="MaxAmount">The most one withdrawal may pay, base units.</param>
/// <param name="Approvals">The quorum.</param>
/// <param name="VaultId">The vault that pays.</param>
/// <param name="ApprovalSeconds">How long approvers have.</param>
/// <param name="CoolingOffSeconds">How long after the quorum nothing is signed yet.</param>
/// <param name="Fee">The fee caps.</param>
/// <param name="MinAmount">Condition: the least one withdrawal pays, base units; absent: any.</param>
/// <param name="Value">Condition: what it is worth in the reference currency; absent: any. Without a usable price the rule denies.</param>
/// <param name="Destinations">Condition: whose the destination is; absent: anybody's.</param>
/// <param name="Times">Condition: one of these windows is open when the intent is made; nothing is signed while all are closed. Absent: always.</param>
/// <param name="FirstUse">Condition: true, nothing was signed for the whitelist entry before; false, something was. Absent: either.</param>
/// <param name="Tier">The tier that the vault must have; absent: whatever it has.</param>
/// <param name="FirstUseMaxAmount">The most that may be signed for a whitelist entry which nothing had been signed for when the intent was made; absent: no such cap.</param>
/// <param name="VideoConfirmation">True where an operator must record a video call before the last approval counts; absent: not.</param>
/// <param name="FeeBump">Who may approve a higher fee for a payment that is signed and in no block, and how high; absent: nobody.</param>
/// <param name="Cancel">Who may approve that a signed payment is cancelled, and at what cost; absent: after the signature it is too late.</param>
/// <param name="Vaults">Further vaults that share the load with <paramref name="VaultId"/>, of its chain and tier; absent: it alone pays.</param>
public sealed record PolicyRule(
    string Id,
    IReadOnlyList<AssetId> Assets,
    IReadOnlyList<string>? Clients,
    IReadOnlyList<CustomerClass>? CustomerClasses,
    BigInteger MaxAmount,
    Quorum Approvals,
    string VaultId,
    int ApprovalSeconds,
    int CoolingOffSeconds,
    FeeCaps Fee,
    BigInteger? MinAmount = null,
    ValueRange? Value = null,
    IReadOnlyList<DestinationKind>? Destinations = null,
    IReadOnlyList<TimeWindow>? Times = null,
    bool? FirstUse = null,
    VaultTier? Tier = null,
    BigInteger? FirstUseMaxAmount = null,
    bool? VideoConfirmation = null,
    AmendmentTerms? FeeBump = null,
    AmendmentTerms? Cancel = null,
    IReadOnlyList<string>? Vaults = null)
{
    /// <summary>Every vault that the rule may pay from: one of them pays a withdrawal, and which one its intent says.</summary>
    public IReadOnlyList<string> PayingVaults() => Vaults is null ? [VaultId] : [VaultId, .. Vaults];

    /// <summary>Whether the rule pays from a vault.</summary>
    public bool PaysFrom(string vaultId) => VaultId == vaultId || Vaults?.Contains(vaultId, StringComparer.Ordinal) == true;

    /// <summary>True when whether the rule matches depends on more than request, customer and governance: on time, price or history.</summary>
    public bool Moves() => Value is not null || Times is not null || FirstUse is not null;
}
