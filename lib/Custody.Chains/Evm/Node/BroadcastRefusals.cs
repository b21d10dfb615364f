namespace Custody.Chains.Evm;

/// <summary>
/// What a JSON-RPC error of <c>eth_sendRawTransaction</c> means. The codes overlap between nodes (most answer everything with
/// -32000), so the start of the message decides, ignoring case. What is not in the table is Unknown: the next version of a
/// node may say anything. So is what may be over in a minute (a full pool, a syncing node): the same bytes are sent again.
/// Sources, each node's own: geth <c>core/txpool/errors.go</c> and <c>core/error.go</c>; anvil
/// <c>crates/anvil/rpc</c> and <c>crates/anvil/src/eth/error.rs</c>; Nethermind <c>TxPoolErrorMessages.cs</c> and, before
/// it, the member names of <c>AcceptTxResult.cs</c>; Besu <c>RpcErrorType.java</c>; Erigon <c>txpoolcfg</c> (DiscardReason).
/// </summary>
internal static class BroadcastRefusals
{
    // Erigon wraps the reason of some refusals in this.
    private const string Wrapper = "INTERNAL_ERROR: ";

    private static readonly (BroadcastVerdict Verdict, string[] Starts)[] Table =
    [
        (BroadcastVerdict.AlreadyKnown,
        [
            "already known", // geth, Nethermind, Erigon
            "transaction already imported", // anvil
            "known transaction", // Besu
            "existing tx with same hash", // Erigon
            "existing txn with same hash", // Erigon
            "AlreadyKnown", // Nethermind until 2025
        ]),
        (BroadcastVerdict.NonceTooLow,
        [
            "nonce too low", // all but older Nethermind
            "OldNonce", // Nethermind until 2025
        ]),
        (BroadcastVerdict.Underpriced,
        [
            "transaction underpriced", // geth, Nethermind
            "replacement transaction underpriced", // all
            "transaction gas price below minimum", // geth
            "max fee per gas less than block base fee", // geth, anvil
            "underpriced", // Erigon
            "fee too low", // Erigon
            "could not replace existing tx", // Erigon
            "gas price below", // Besu: configured minimum, or current base fee
            "FeeTooLow", // Nethermind until 2025, with FeeTooLowToCompete
            "ReplacementNotAllowed", // Nethermind until 2025
        ]),
        (BroadcastVerdict.InsufficientFunds,
        [
            "insufficient funds", // geth, anvil, Nethermind, Erigon
            "upfront cost exceeds account balance", // Besu
            "InsufficientFunds", // Nethermind until 2025
        ]),
        (BroadcastVerdict.Rejected,
        [
            "invalid sender", // geth, Erigon
            "invalid signature", // Besu
            "failed to recover sender", // Nethermind
            "failed to decode transaction", // anvil
            "invalid chain id", // geth, anvil
            "wrong chainid", // Besu
            "nonce too high", // geth, Besu
            "intrinsic gas", // geth, anvil, Besu
            "exceeds block gas limit", // geth
            "gas limit reached", // Nethermind
            "transaction gas limit exceeds block gas limit", // Besu
            "max priority fee per gas higher than max fee per gas", // geth, anvil
            "transaction type not supported", // geth
            "tx fee (", // geth: above its --rpc.txfeecap
            "transaction fee cap exceeded", // Besu
            "transaction invalid", // Nethermind
            "future transaction tries to replace pending", // geth
            "sender not an eoa", // geth, Nethermind
        ]),
    ];

    public static BroadcastVerdict Classify(string message)
    {
        var reason = message.StartsWith(Wrapper, StringComparison.Ordinal) ? message[Wrapper.Length..] : message;
        return Table.FirstOrDefault(row => row.Starts.Any(s => reason.StartsWith(s, StringComparison.OrdinalIgnoreCase))).Verdict;
    }
}
