using System.Globalization;
using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Encoding;

namespace Custody.Core.Deposits;

/// <summary>What somebody paid to a vault's account, as a block has it. The same transaction in another block is another deposit.</summary>
/// <param name="BlockNumber">The block's height.</param>
/// <param name="BlockHash">The block's hash.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="LogIndex">The log's number in the block; null for native coin, which leaves no log.</param>
/// <param name="Asset">What was paid: a registered asset.</param>
/// <param name="VaultId">Whose account received it.</param>
/// <param name="From">Who paid: the transaction's sender, or whose tokens they were.</param>
/// <param name="Amount">Base units, above zero.</param>
public sealed record Deposit(
    ulong BlockNumber, string BlockHash, string TransactionId, ulong? LogIndex, AssetId Asset, string VaultId, string From, BigInteger Amount)
{
    /// <summary>The start of every deposit's id; a withdrawal's never begins so.</summary>
    public const string Prefix = "deposit-";

    private const string Domain = "custody/deposit/v1";

    /// <summary>Its id, from chain, block, transaction and log alone: seen again it is the same deposit.</summary>
    public string Id() => Prefix + DomainDigest.Hex(
        Domain,
        System.Text.Encoding.ASCII.GetBytes($"{Asset.Chain} {BlockHash} {TransactionId} {LogIndex?.ToString(CultureInfo.InvariantCulture) ?? "native"}"))[..32];
}
