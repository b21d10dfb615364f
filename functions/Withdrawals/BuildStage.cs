using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>build: plans the payment within what was approved, takes the nonce, stores the unsigned bytes. Once stored they are never built again.</summary>
public sealed class BuildStage(
    CaseEditor editor, GovernanceSource governance, ISigningJournal signings, INonceStore nonces, IWatchStore watch, ChainNodes nodes, SpendWatch spends, PaymentPlanner planner, ISigningGate gate, GateAnswers answers, StageGuard guard, Ender ender, Holder holder, TimeProvider time)
{
    private static readonly TimeSpan UntilWatched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilRoom = TimeSpan.FromSeconds(5);

    /// <summary>Runs the stage; a withdrawal that is not approved, or past it, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("build", file.State);
        if (Steps.After(file.State.Status) != Steps.Build)
        {
            await ender.ReleaseLeftoversAsync(id, cancellation);
            return await guard.NotNextAsync(Steps.Build, file.State, cancellation);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var governed = inForce.Governed;
        if (file.Intent() is not { } intent || governed.Vault(intent.VaultId) is not { } vault || governed.Chain(vault.Chain) is not { } chain)
        {
            return await holder.HoldAsync(id, "build", RefusalCode.IntentTampered, "The intent is missing, malformed or names no registered vault.", cancellation);
        }

        var onChain = await nodes.CheckAsync(chain, cancellation);
        if (!onChain.IsAllowed)
        {
            return await holder.HoldAsync(id, "build", onChain.Code, onChain.Detail, cancellation);
        }

        // Nothing is built for a chain that nobody watches yet: a payment could be in a block before the first one that is read, and
        // a signature without a cursor is what a deleted cursor looks like.
        if (await watch.LoadCursorAsync(chain.Id, cancellation) is null)
        {
            return StageResult.Of(file.State) with { Retry = true, Until = time.GetUtcNow() + UntilWatched };
        }

        // The gate is asked before a nonce is taken: what it holds back, refuses or lets cool off would keep every later payment of
        // the vault waiting.
        var readiness = await gate.ReadyAsync(id, cancellation);
        Measures.Verdict("build", readiness);
        if (readiness is not GateReadiness.Ready and var notReady)
        {
            var why = notReady is GateReadiness.Obstacle obstacle ? obstacle.Why : new GateOutcome.Refused(RefusalCode.Unspecified, "The gate gave no answer.", MayBeSigned: true);
            if (why is not GateOutcome.Unknown)
            {
                return await answers.ActAsync(file, "build", why, cancellation);
            }

            // Nothing was taken and nothing signed: a chain or a price that stands still is waited for like a cooling-off, as long as
            // the request lives.
            return intent.ExpiresAt <= time.GetUtcNow()
                ? await ender.EndAsync(id, WithdrawalStatus.Expired, "build", RefusalCode.RequestExpired, "The request has expired.", cancellation)
                : await answers.ActAsync(file, "build", why, cancellation) with { Reason = null };
        }

        var (earlier, elsewhere) = await EarlierAsync(file, intent, governed, cancellation);
        if (elsewhere is not null)
        {
            // What is built must conflict with what was signed, and from another account it cannot.
            return await holder.HoldAsync(
                id, "build", RefusalCode.PolicyMoved, $"An earlier attempt was signed by the vault '{elsewhere}', and policy pays from '{vault.Id}' by now.", cancellation);
        }

        var plan = await planner.PlanAsync(intent, governed, vault, [.. earlier.Select(e => (e.MaxFee, e.MaxPriorityFee))], cancellation);
        if (plan.Encode is null || !plan.Verdict.IsAllowed)
        {
            return await holder.HoldAsync(id, "build", plan.Verdict.Code, plan.Verdict.Detail, cancellation);
        }

        if (intent.Attempt > 1 && earlier.Count == 0)
        {
            // Whoever made the attempt may have died before it gave back what the one before had taken at another vault.
            await ender.ReleaseNoncesAsync(id, governed, cancellation, except: vault.Id);
        }

        if ((earlier.Count > 0 ? earlier[^1].Nonce : await NonceAsync(vault, chain, id, inForce.Stops, cancellation)) is not { } nonce)
        {
            // Its turn comes when a block takes one of those before it; or the chain's count is not to be believed, which people were told.
            return StageResult.Of(file.State) with { Retry = true, Until = time.GetUtcNow() + UntilRoom };
        }

        var state = await StoreAsync(file, nonce, plan.Encode(nonce), cancellation);
        if (state.Status.IsEnd())
        {
            // It was ended while this stage took a nonce, which would otherwise be nobody's and hold up the vault.
            await ender.ReleaseLeftoversAsync(id, cancellation);
        }

        return StageResult.Of(state);
    }

    // Whatever is built after a signature may exist must conflict with what was signed: it takes the same nonce, and not a new one.
    private async Task<(IReadOnlyList<SignedLine> Lines, string? Elsewhere)> EarlierAsync(
        WithdrawalCase file, WithdrawalIntent intent, Governed governed, CancellationToken cancellation)
    {
        var lines = new List<SignedLine>();
        string? elsewhere = null;
        foreach (var vault in governed.EveryVault)
        {
            var own = (await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.State.Id);
            elsewhere ??= own.Count > 0 && vault.Id != intent.VaultId ? vault.Id : null;
            lines.AddRange(own.Select(entry => SignedLine.Of(entry, file)));
        }

        return (lines, elsewhere);
    }

    // What a restore lost may be signed below its bound: nothing else is put there, and it waits until that is mined or filled.
    private async Task<ulong?> NonceAsync(VaultRegistration vault, ChainRegistration chain, string id, StopView stops, CancellationToken cancellation) =>
        await spends.CountAsync(vault, chain, stops, cancellation) is { } used
            ? await nonces.TakeAsync(vault.Chain, vault.EvmAddress(), id, Math.Max(used, RestoredRule.UnknownBelow(stops, vault.Id)), chain.InFlight(), cancellation)
            : null;

    private Task<WithdrawalState> StoreAsync(WithdrawalCase read, ulong nonce, byte[] unsigned, CancellationToken cancellation) => editor.EditAsync(
        read,
        file => Steps.After(file.State.Status) != Steps.Build
            ? null
            : file.Find(CaseDocuments.Unsigned(file.State.Attempt)) is not null
                ? new CaseChange(file.State.Become(WithdrawalStatus.Signing), new AuditEvent("build", "resumed", "pipeline"))
                : new CaseChange(
                    file.State.Become(WithdrawalStatus.Signing) with { Nonce = nonce },
                    [new AuditEvent("build", "built", "pipeline", Detail: $"nonce {nonce}", Digest: Convert.ToHexStringLower(UnsignedTransaction.Sighash(unsigned)))],
                    [new CaseDocument(CaseDocuments.Unsigned(file.State.Attempt), unsigned)]),
        cancellation);
}
