using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Chains.Evm;

/// <summary>
/// Rule: a registered token that leaves an account of ours otherwise than by a call that the account itself sent to the token's contract was
/// taken: by an allowance, by the issuer, or by a call of ours to something else. A log that moves nothing, or moves it to where it was, is
/// none, since anybody can have it written; and a log alone proves nothing, which is why <see cref="Lost"/> asks the balance.
/// </summary>
public static class TokenFallRule
{
    /// <summary>
    /// What a block's logs say was taken, for each account and token. A call of ours is left out here whether or not anything explains it:
    /// that is judged by its nonce.
    /// </summary>
    public static IReadOnlyList<TokenFall> In(
        EvmBlock block, IReadOnlyList<EvmBlockLog> logs, IReadOnlyDictionary<EvmAddress, AssetId> tokens, IReadOnlyDictionary<EvmAddress, VaultRegistration> ours)
    {
        var sent = block.Transactions.DistinctBy(t => t.Hash).ToDictionary(t => t.Hash, StringComparer.Ordinal);
        var moves = from log in logs
                    let transfer = TransferLog.Of(log.Log)
                    where transfer is not null && Moves(transfer) && ours.ContainsKey(transfer.From) && tokens.ContainsKey(log.Log.Address)
                    let isCall = sent.TryGetValue(log.TxId, out var call) && call.From == transfer.From && call.To == log.Log.Address
                    group (log.TxId, transfer.Value, isCall) by (Account: transfer.From, Contract: log.Log.Address);
        return
        [
            .. moves.Where(m => m.Any(l => !l.isCall)).Select(m => new TokenFall(
                ours[m.Key.Account],
                tokens[m.Key.Contract],
                m.Key.Contract,
                [.. m.Where(l => !l.isCall).Select(l => l.TxId).Distinct(StringComparer.Ordinal)],
                Sum(m.Where(l => l.isCall).Select(l => l.Value)))),
        ];
    }

    /// <summary>What an account lost beyond what its own calls moved, base units; none or less means that the logs were all there was.</summary>
    /// <param name="fall">What the logs say.</param>
    /// <param name="paidIn">The block's logs of the token that pay the account.</param>
    /// <param name="before">The account's balance before the block.</param>
    /// <param name="after">Its balance after it.</param>
    public static BigInteger Lost(TokenFall fall, IEnumerable<EvmBlockLog> paidIn, BigInteger before, BigInteger after)
    {
        var account = fall.Vault.EvmAddress();
        var received = Sum(paidIn.Where(l => l.Log.Address == fall.Contract).Select(l => TransferLog.Of(l.Log)).Where(t => t is not null && Moves(t) && t.To == account).Select(t => t!.Value));
        return before + received - fall.Called - after;
    }

    private static bool Moves(TransferLog transfer) => transfer.Value > BigInteger.Zero && transfer.From != transfer.To;

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, (sum, value) => sum + value);
}
