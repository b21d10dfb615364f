using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Intents;

/// <summary>What an exchange posts, signed over its exact bytes (typ <c>custody-request+jws</c>).</summary>
/// <param name="ClientId">The exchange.</param>
/// <param name="CustomerId">Its customer.</param>
/// <param name="RequestId">Its own identifier; one request id is one withdrawal.</param>
/// <param name="Asset">CAIP-19.</param>
/// <param name="Amount">Base units the recipient receives.</param>
/// <param name="WhitelistEntryId">The entry that names the destination.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="ExpiresAt">From then on nothing is signed for it.</param>
/// <param name="Destination">Optional; must equal the entry's address.</param>
/// <param name="MaxFee">Optional; the most the transaction may pay in fees, base units of the chain's native coin.</param>
public sealed record WithdrawalRequest(
    string ClientId,
    string CustomerId,
    string RequestId,
    AssetId Asset,
    BigInteger Amount,
    string WhitelistEntryId,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    string? Destination = null,
    BigInteger? MaxFee = null);
