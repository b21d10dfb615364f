using Custody.Core.Assets;
using Custody.Core.Encoding;

namespace Custody.Core.Screening;

/// <summary>What is screened: an address, and for whom money would go there. It knows nothing of withdrawals, so an address can be screened when it is proposed.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Address">The address in its canonical form.</param>
/// <param name="ClientId">The exchange.</param>
/// <param name="CustomerId">Its end customer.</param>
public sealed record ScreeningSubject(ChainId Chain, string Address, string ClientId, string CustomerId)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/screening-subject/v1";

    /// <summary>Digest of the canonical bytes, hex: what a journalled answer is about.</summary>
    public string Digest() => DomainDigest.Hex(Domain, CanonicalJson.Serialize(this));
}
