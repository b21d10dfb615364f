using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Every governance version up to one, as <c>GET /governance/chain</c> answers it. Nothing in it is believed.</summary>
/// <param name="Versions">The signed documents, oldest first.</param>
public sealed record GovernanceVersions(IReadOnlyList<SignedDocument> Versions);
