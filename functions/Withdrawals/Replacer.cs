using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Outbids a payment that is in no block: the same payment at its nonce, both fee fields higher, within the envelope that was
/// approved. Built, signed and certified like the first, each step stored before the next, so that a run that died is taken up
/// where it stood. What the envelope does not allow is told to people.
/// </summary>
public sealed partial class Replacer(
    CaseEditor editor, PaymentPlanner planner, ChainNodes nodes, IChainClock chainClock, ISigningJournal signings, SignedReader reader, ISigningGate gate,
    Comparer comparer, Holder holder, AlertDesk alerts, TimeProvider time, ILogger<Replacer> log)
{
    /// <summary>Goes as far as can be gone now. Null when the payment stays where it is; else where it went instead.</summary>
    public async Task<StageResult?> RunAsync(string id, Governed governed, CancellationToken cancellation)
    {
        try
        {
            return await ReplaceAsync(id, governed, cancellation);
        }
        catch (Exception silence) when (silence is NodeUnavailableException and not NodeQuorumException or NodeAnswerException)
        {
            // The payment is out: a node that does not say what blocks cost must not keep its bytes from being sent again.
            Silent(log, id, silence.Message);
            return null;
        }
    }

    private async Task<StageResult?> ReplaceAsync(string id, Governed governed, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        var reading = await reader.ReadAsync(file, governed, cancellation);
        if (governed.Chain(file.State.Asset.Chain)?.Replacement is not { } terms || Newest(file, reading) is not { } newest)
        {
            return null;
        }

        if (newest.IsSigned && await IsDueAsync(file, newest.Signed, terms, governed, cancellation))
        {
            file = await BuildAsync(file, newest.Signed, governed, cancellation);
        }

        if (file.Unsigned(newest.Signed.Attempt).Count > newest.Built)
        {
            newest = newest with { IsSigned = false };
        }

        if (!newest.IsSigned)
        {
            var outcome = await gate.SignAsync(id, cancellation);
            Measures.Verdict("replace", outcome);
            if (outcome is not GateOutcome.Signed)
            {
                return await NotSignedAsync(file, outcome, cancellation);
            }

            file = await editor.RequireAsync(id, cancellation);
            reading = await reader.ReadAsync(file, governed, cancellation);
        }

        // A sender that is away certifies later: what is replaced is out, and is sent again meanwhile.
        return reading.Verdict.IsAllowed && Newest(file, reading) is { IsSigned: true, Signed: var signed }
            && file.Find(CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash)) is null
            && await comparer.CertifyAsync(file, signed, cancellation) is { Retry: false } elsewhere
            ? elsewhere
            : null;
    }

    // The newest that is signed, and whether nothing newer was built. None where the attempt has nothing signed at all.
    private static Replaced? Newest(WithdrawalCase file, SignedReading reading)
    {
        var built = file.Unsigned(file.State.Attempt);
        for (var i = built.Count - 1; i >= 0; i--)
        {
            if (reading.Signed.FirstOrDefault(s => s.Attempt == file.State.Attempt && s.Unsigned.AsSpan().SequenceEqual(built[i].Content.Span)) is { } signed)
            {
                return new Replaced(signed, i == built.Count - 1, built.Count);
            }
        }

        return null;
    }

    private async Task<bool> IsDueAsync(WithdrawalCase file, SignedBytes newest, ReplacementTerms terms, Governed governed, CancellationToken cancellation)
    {
        var chain = newest.Vault.Chain;
        var lines = (await signings.ReadAsync(newest.Vault.Id, cancellation)).View.Of(file.State.Id).Where(l => l.Attempt == newest.Attempt).ToList();
        var from = lines.Max(l => l.At) + TimeSpan.FromSeconds(terms.AfterSeconds);
        if (time.GetUtcNow() < from || !(await chainClock.NewestFinalAsync(chain, governed, cancellation) >= from))
        {
            return false;
        }

        // One behind another waits for that one: outbidding it would change nothing.
        var node = nodes.Of(chain);
        if (await node.TransactionCountAsync(newest.Vault.EvmAddress(), BlockReference.Latest, cancellation) != newest.Nonce)
        {
            return false;
        }

        var offered = SignedLine.Of(lines.Last(l => l.Sighash == newest.Record.Sighash), file);
        if (!Outbidding.IsNeeded(await node.FeeMarketAsync(cancellation), offered.MaxFee, offered.MaxPriorityFee))
        {
            return false;
        }

        if (lines.DistinctBy(l => l.Sighash).Count() <= terms.Most)
        {
            return true;
        }

        await StuckAsync(file.State.Id, $"It was replaced {terms.Most} times, which is all that governance allows.", cancellation);
        return false;
    }

    private async Task<WithdrawalCase> BuildAsync(WithdrawalCase file, SignedBytes newest, Governed governed, CancellationToken cancellation)
    {
        var offers = (await signings.ReadAsync(newest.Vault.Id, cancellation)).View.Of(file.State.Id).Select(l => SignedLine.Of(l, file));
        var plan = await planner.PlanAsync(newest.Intent, governed, newest.Vault, [.. offers.Select(o => (o.MaxFee, o.MaxPriorityFee))], cancellation);
        if (plan.Encode is null || !plan.Verdict.IsAllowed)
        {
            await StuckAsync(file.State.Id, plan.Verdict.Detail, cancellation);
            return file;
        }

        var unsigned = plan.Encode(newest.Nonce);
        var built = file.Unsigned(newest.Attempt).Count;
        var name = CaseDocuments.Unsigned(newest.Attempt, built);
        await editor.EditAsync(
            file,
            now => now.State.Status != file.State.Status || now.State.Attempt != newest.Attempt || now.Find(name) is not null
                ? null
                : new CaseChange(
                    now.State,
                    [new AuditEvent("replace", "built", "pipeline", Detail: $"replacement {built} at nonce {newest.Nonce}", Digest: Convert.ToHexStringLower(UnsignedTransaction.Sighash(unsigned)))],
                    [new CaseDocument(name, unsigned)]),
            cancellation);
        return await editor.RequireAsync(file.State.Id, cancellation);
    }

    // What it replaces is out and may be paid any moment, so nothing is held for a replacement that cannot be had; what smells of
    // attack stops the vault as ever.
    private async Task<StageResult?> NotSignedAsync(WithdrawalCase file, GateOutcome outcome, CancellationToken cancellation)
    {
        if (outcome is GateOutcome.Refused { Code: not (RefusalCode.ReplacementTooEarly or RefusalCode.Frozen) } refused)
        {
            if (Consequences.Of(refused.Code).FreezesVault)
            {
                return await holder.HoldAsync(file.State.Id, "replace", refused.Code, refused.Detail, cancellation, Steps.Settle);
            }

            await StuckAsync(file.State.Id, refused.Detail, cancellation);
        }

        return null;
    }

    private Task StuckAsync(string id, string detail, CancellationToken cancellation) => alerts.RaiseAsync(
        AlertCode.StuckTransaction, id, detail, cancellation, time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    [LoggerMessage(6001, LogLevel.Warning, "{WithdrawalId} is not outbid now: {Reason}")]
    private static partial void Silent(ILogger log, string withdrawalId, string reason);

    /// <summary>The newest signed transaction of the attempt.</summary>
    /// <param name="Signed">The transaction.</param>
    /// <param name="IsSigned">True when nothing newer was built.</param>
    /// <param name="Built">How many were built.</param>
    private sealed record Replaced(SignedBytes Signed, bool IsSigned, int Built);
}
