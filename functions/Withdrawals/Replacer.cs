using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Amendments;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Outbids a payment that is in no block: the same payment at its nonce, both fee fields higher, within the envelope that was
/// approved, or within that of an approved fee bump. Where a cancel was approved, a transfer of nothing takes its place instead.
/// Built, signed and certified like the first, each step stored before the next, so that a run that died is taken up where it
/// stood. What the envelope does not allow is told to people.
/// </summary>
public sealed partial class Replacer(
    CaseEditor editor, PaymentPlanner planner, ChainNodes nodes, IChainClock chainClock, AmendmentReader amendments, SignedReader reader, ISigningGate gate,
    Comparer comparer, Holder holder, AlertDesk alerts, TimeProvider time, ILogger<Replacer> log)
{
    /// <summary>
    /// Goes as far as can be gone now. Null when the payment stays where it is; else where it went instead. With
    /// <paramref name="onlyCancel"/>, as in a freeze, nothing that pays is built or signed.
    /// </summary>
    public async Task<StageResult?> RunAsync(string id, GovernanceSnapshot.InForce inForce, bool onlyCancel, CancellationToken cancellation)
    {
        try
        {
            return await ReplaceAsync(id, inForce, onlyCancel, cancellation);
        }
        catch (Exception silence) when (silence is NodeUnavailableException and not NodeQuorumException or NodeAnswerException)
        {
            // The payment is out: a node that does not say what blocks cost must not keep its bytes from being sent again.
            Silent(log, id, silence.Message);
            return null;
        }
    }

    /// <summary>Whether a cancel may be signed: then what it conflicts with is not sent again, though the chain may still have it.</summary>
    public async Task<bool> IsCancelOutAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation) =>
        (await amendments.LinesAsync(file, governed, cancellation)).Any(l => l.Kind == IntentKind.Cancel);

    private async Task<StageResult?> ReplaceAsync(string id, GovernanceSnapshot.InForce inForce, bool onlyCancel, CancellationToken cancellation)
    {
        var governed = inForce.Governed;
        var file = await editor.RequireAsync(id, cancellation);
        var reading = await reader.ReadAsync(file, governed, cancellation);
        if (Newest(file, reading) is not { } newest)
        {
            return null;
        }

        var ordered = await amendments.ReadAsync(file, inForce, cancellation);
        if (ordered.Select(a => a.Reading.Verdict).FirstOrDefault(v => !v.IsAllowed && Consequences.Of(v.Code).FreezesVault) is { Code: not RefusalCode.Unspecified } tampered)
        {
            return await holder.HoldAsync(id, "replace", tampered.Code, tampered.Detail, cancellation, Steps.Settle);
        }

        var lines = await amendments.LinesAsync(file, governed, cancellation);
        if (Target(file, ordered, lines) is not { } target || (onlyCancel && target.Intent.Kind != IntentKind.Cancel))
        {
            return null;
        }

        // What was built for something else, as for a bump that nobody approved in time, is left behind.
        var waits = !newest.IsSigned && CaseDocuments.AmendmentOf(file.Unsigned(newest.Signed.Attempt)[^1].Name) == target.Number;
        if (!waits && await IsDueAsync(file, newest.Signed, target, lines, governed, cancellation))
        {
            file = await BuildAsync(file, newest, target, governed, cancellation);
            waits = file.Unsigned(newest.Signed.Attempt).Count > newest.Built;
        }

        if (waits)
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

    // What is to take the nonce: an approved cancel before all; nothing while a cancel is ordered or out; else the payment, under the
    // newest envelope that was approved.
    private static Aim? Target(WithdrawalCase file, IReadOnlyList<ReadAmendment> ordered, IReadOnlyList<SigningEntry> lines)
    {
        if (ordered.LastOrDefault(a => a.Stored.IsCancel && a.Reading.IsApproved) is { Stored: { Intent: { } cancel, Number: var number } })
        {
            return new Aim(cancel, number);
        }

        if (lines.Any(l => l.Kind == IntentKind.Cancel) || ordered.Any(a => a.Stored.IsCancel && a.Waits) || file.Intent() is not { } payment)
        {
            return null;
        }

        return ordered.LastOrDefault(a => a.Reading.IsApproved) is { Stored: { Intent: { } bump } stored } ? new Aim(bump, stored.Number) : new Aim(payment, null);
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

    private async Task<bool> IsDueAsync(
        WithdrawalCase file, SignedBytes newest, Aim target, IReadOnlyList<SigningEntry> lines, Governed governed, CancellationToken cancellation)
    {
        var chain = newest.Vault.Chain;
        var node = nodes.Of(chain);
        var isFirstCancel = target.Intent.Kind == IntentKind.Cancel && lines.All(l => l.Kind != IntentKind.Cancel);
        if (isFirstCancel)
        {
            // People decided that it is: neither its time nor what it offers matters any more.
            return await node.TransactionCountAsync(newest.Vault.EvmAddress(), BlockReference.Latest, cancellation) <= newest.Nonce;
        }

        if (governed.Chain(chain)?.Replacement is not { } terms)
        {
            return false;
        }

        var from = lines.Max(l => l.At) + TimeSpan.FromSeconds(terms.AfterSeconds);
        if (time.GetUtcNow() < from || !(await chainClock.NewestFinalAsync(chain, governed, cancellation) >= from))
        {
            return false;
        }

        // One behind another waits for that one: outbidding it would change nothing.
        if (await node.TransactionCountAsync(newest.Vault.EvmAddress(), BlockReference.Latest, cancellation) != newest.Nonce)
        {
            return false;
        }

        var offered = SignedLine.Of(lines.Last(l => l.Sighash == newest.Record.Sighash), file);
        if (!Outbidding.IsNeeded(await node.FeeMarketAsync(cancellation), offered.MaxFee, offered.MaxPriorityFee))
        {
            return false;
        }

        // The first bytes of a bump replace the payment's; those of a payment or a cancel replace nothing of their own.
        var digest = target.Intent.Digest();
        var made = lines.Where(l => l.IntentDigest == digest).DistinctBy(l => l.Sighash).Count() + (target.Intent.Kind == IntentKind.FeeBump ? 1 : 0);
        if (made <= terms.Most)
        {
            return true;
        }

        await StuckAsync(file.State.Id, $"It was replaced {terms.Most} times, which is all that governance allows.", cancellation);
        return false;
    }

    private async Task<WithdrawalCase> BuildAsync(
        WithdrawalCase file, Replaced newest, Aim target, Governed governed, CancellationToken cancellation)
    {
        var (signed, built) = (newest.Signed, newest.Built);
        var offers = (await amendments.EveryLineAsync(file, governed, cancellation)).Select(l => SignedLine.Of(l, file));
        var plan = await planner.PlanAsync(target.Intent, governed, signed.Vault, [.. offers.Select(o => (o.MaxFee, o.MaxPriorityFee))], cancellation);
        if (plan.Encode is null || !plan.Verdict.IsAllowed)
        {
            await StuckAsync(file.State.Id, plan.Verdict.Detail, cancellation);
            return file;
        }

        var unsigned = plan.Encode(signed.Nonce);
        var name = target.Number is { } number ? CaseDocuments.Unsigned(signed.Attempt, built, number) : CaseDocuments.Unsigned(signed.Attempt, built);
        var what = target.Intent.Kind == IntentKind.Cancel ? "cancel" : "replacement";
        await editor.EditAsync(
            file,
            now => now.State.Status != file.State.Status || now.State.Attempt != signed.Attempt || now.Unsigned(signed.Attempt).Count != built
                ? null
                : new CaseChange(
                    now.State,
                    [new AuditEvent("replace", "built", "pipeline", Detail: $"{what} {built} at nonce {signed.Nonce}", Digest: Convert.ToHexStringLower(UnsignedTransaction.Sighash(unsigned)))],
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

    /// <summary>What is to take the nonce.</summary>
    /// <param name="Intent">Its intent.</param>
    /// <param name="Number">The amendment's number; null for the payment as it was approved.</param>
    private sealed record Aim(WithdrawalIntent Intent, int? Number);

    /// <summary>The newest signed transaction of the attempt.</summary>
    /// <param name="Signed">The transaction.</param>
    /// <param name="IsSigned">True when nothing newer was built.</param>
    /// <param name="Built">How many were built.</param>
    private sealed record Replaced(SignedBytes Signed, bool IsSigned, int Built);
}
