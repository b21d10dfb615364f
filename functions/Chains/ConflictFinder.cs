using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Functions.Withdrawals;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Chains;

/// <summary>
/// Names the transaction that spent a withdrawal's nonce in place of its own, for the audit trail. That the nonce is spent was read from the
/// account's count and decides alone; a node that has forgotten earlier states finds nothing here, and nothing else changes.
/// </summary>
public sealed partial class ConflictFinder(ChainNodes nodes, ILogger<ConflictFinder> log)
{
    /// <summary>The record of it; null when the node does not show it.</summary>
    public async Task<AuditEvent?> FindAsync(string withdrawalId, SignedReading reading, ChainRegistration chain, CancellationToken cancellation)
    {
        try
        {
            var node = nodes.Of(chain.Id);
            if (reading.Signed.MaxBy(s => s.Nonce) is not { } signed || await node.HeaderAsync(BlockReference.Latest, cancellation) is not { } head
                || await NonceSearch.FindAsync(node, signed.Vault.EvmAddress(), signed.Nonce, head.Number, cancellation) is not { Block: { } block, Transaction: var other }
                || reading.Signed.Any(s => s.Record.TransactionId == other.Hash))
            {
                return null;
            }

            var detail = string.Create(
                CultureInfo.InvariantCulture, $"nonce {signed.Nonce} was spent by {other.Hash} in block {block.Number} {block.Hash}: {other.Value} wei to {other.To?.ToString() ?? "a new contract"}");
            return new AuditEvent("confirm", "superseded", "pipeline", Detail: detail, Digest: other.Hash[2..]);
        }
        catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
        {
            NotFound(log, withdrawalId, problem.Message);
            return null;
        }
    }

    [LoggerMessage(7011, LogLevel.Warning, "What spent the nonce of {WithdrawalId} could not be found: {Reason}")]
    private static partial void NotFound(ILogger log, string withdrawalId, string reason);
}
