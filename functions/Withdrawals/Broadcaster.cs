using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>Hands certified bytes to the node: the first time, and the same bytes again until they are seen or superseded.</summary>
public sealed partial class Broadcaster(ITransactionIndex index, ChainNodes nodes, TimeProvider time, ILogger<Broadcaster> log)
{
    /// <summary>Verifies the certificate of these very bytes and records whose transaction they are; only then may they be sent.</summary>
    public async Task<Verdict> PrepareAsync(WithdrawalCase file, SignedBytes signed, Governed governed, CancellationToken cancellation)
    {
        var certificate = file.Find(CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash))?.Compact();
        var verdict = CertificateRule.Check(certificate, signed.Intent, signed.Bytes, governed, time.GetUtcNow());
        if (verdict.IsAllowed)
        {
            await index.AddAsync(signed.Vault.Chain, signed.Record.TransactionId, file.State.Id, cancellation);
        }

        return verdict;
    }

    /// <summary>Whether these very bytes were certified at any time; see <see cref="CertificateRule.EverHeld"/>.</summary>
    public bool WasCertified(WithdrawalCase file, SignedBytes signed, Governed governed) =>
        CertificateRule.EverHeld(file.Find(CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash))?.Compact(), signed.Intent, signed.Bytes, governed, time.GetUtcNow());

    /// <summary>Sends prepared bytes. The answer is one of a closed set in which Unknown is never failure.</summary>
    public async Task<BroadcastAnswer> SendAsync(SignedBytes signed, CancellationToken cancellation)
    {
        var answer = await nodes.Of(signed.Vault.Chain).SendAsync(signed.Bytes, signed.Record.TransactionId, cancellation);
        Measures.Verdict("broadcast", answer.Verdict.ToString());
        Sent(log, signed.Intent.WithdrawalId, signed.Record.TransactionId, answer.Verdict, answer.Detail);
        return answer;
    }

    [LoggerMessage(6000, LogLevel.Information, "Sent {WithdrawalId} as {TransactionId}: {Verdict} {Detail}")]
    private static partial void Sent(ILogger log, string withdrawalId, string transactionId, BroadcastVerdict verdict, string detail);
}
