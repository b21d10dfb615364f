using Custody.Chains.Evm;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Functions.Chains;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Composition;

/// <summary>Each vault's signing journal, of those that governance has dropped as well, is whole, and not from a past that the chain is beyond.</summary>
public sealed partial class JournalCheck(IStopJournal stops, ISigningJournal signings, ChainNodes nodes, ILogger<JournalCheck> log) : IStartCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ProblemsAsync(Governed governed, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var view = (await stops.ReadAsync(cancellation)).View;
        foreach (var vault in governed.EveryVault)
        {
            try
            {
                var journal = await signings.ReadAsync(vault.Id, cancellation);
                await CheckChainAsync(vault, governed, journal.View, view, problems, cancellation);
            }
            catch (JournalBrokenException broken)
            {
                problems.Add($"{RefusalCode.JournalBroken.Text()}: {broken.Message}");
            }
        }

        return problems;
    }

    // Both accounts and the witness could have been rolled back together; the chain was not. An account that has spent more
    // nonces than the journal knows has a journal from the past. What the governors accepted as lost is known to be unknown.
    private async Task CheckChainAsync(
        VaultRegistration vault, Governed governed, SigningView journal, StopView view, List<string> problems, CancellationToken cancellation)
    {
        try
        {
            // What a vault signed before governance dropped it still counts in every window; it has no chain to answer to any more.
            if (governed.Vault(vault.Id) is null || governed.Chain(vault.Chain) is not { } chain)
            {
                return;
            }

            if (nodes.CheckProviders(chain) is { IsAllowed: false } few)
            {
                problems.Add($"{few.Code.Text()}: {few.Detail}");
                return;
            }

            var verdict = await nodes.CheckAsync(chain, cancellation);
            if (!verdict.IsAllowed)
            {
                problems.Add($"{verdict.Code.Text()}: {verdict.Detail}");
                return;
            }

            var account = vault.EvmAddress();
            var used = await nodes.Of(vault.Chain).TransactionCountAsync(account, BlockReference.Latest, cancellation);
            if (NonceCountRule.Unexplained(vault, used, journal, view) is { } nonce)
            {
                problems.Add(
                    $"{RefusalCode.JournalBroken.Text()}: {account} has spent nonce {nonce}, and the signing journal of '{vault.Id}' does not know it: storage is from the past, or somebody else has the key.");
            }
        }
        catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
        {
            NodeAway(log, vault.Chain.ToString(), problem.Message);
        }
    }

    [LoggerMessage(101, LogLevel.Warning, "The node of {Chain} does not answer; its withdrawals wait: {Detail}")]
    private static partial void NodeAway(ILogger log, string chain, string detail);
}
