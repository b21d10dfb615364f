using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Customers;

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
/// <param name="VideoConfirmation">True where an operator must record a video call before the last approval counts; absent: not.</param>
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
    bool? VideoConfirmation = null);
