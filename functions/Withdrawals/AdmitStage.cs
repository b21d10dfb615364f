using Custody.Chains.Evm;
using Custody.Core.Admission;
using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Ledger;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Audit;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Policy;
using Custody.Functions.Screening;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// validate → whitelist → screen → policy → reserve → intent. What is to be reserved is stored first, so that it can be given back
/// whatever happens; the intent is made last, once per attempt.
/// </summary>
public sealed class AdmitStage(
    IWithdrawalStore store,
    CaseEditor editor,
    GovernanceSource governance,
    IFactStore facts,
    IChainClock chainClock,
    VaultBalances balances,
    PolicyReader policy,
    PaymentChecks payments,
    VaultChooser chooser,
    IReservationStore reservations,
    Ender ender,
    Holder holder,
    ScreeningDesk screening,
    AlertDesk alerts,
    RefusedStatements refused,
    DoorAudit door,
    TimeProvider time)
{
    /// <summary>Runs the stage; a withdrawal that is past it is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        if (await store.LoadAsync(id, cancellation) is not { } file)
        {
            // An orchestration whose id is no withdrawal's: somebody scheduled it by hand. It ends here, and people are told.
            const string Detail = "An orchestration was started under an id that is no withdrawal's.";
            await alerts.RaiseAsync(AlertCode.OrphanedInstance, id, Detail, cancellation);
            await door.RefusedAsync(nameof(WithdrawalV1), Verdict.Refused(RefusalCode.InstanceMismatch, $"{id}: {Detail}"), "orchestration", cancellation);
            return new StageResult(1, Steps.End, "unknown", 0, RefusalCode.InstanceMismatch.Text());
        }

        using var span = Traces.Stage("admit", file.State);
        if (Steps.After(file.State.Status) != Steps.Admit)
        {
            await ender.ReleaseLeftoversAsync(id, cancellation);
            return StageResult.Of(file.State);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var chainTime = await chainClock.NewestFinalAsync(file.State.Asset.Chain, inForce.Governed, cancellation);

        // The one time that the intent is made at: whole seconds, as the intent carries it and the gate asks with it.
        var at = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var rested = await screening.FactsAsync(file, inForce.Governed, inForce.Stops, cancellation);
        var reading = await EvaluateAsync(file, inForce, rested, chainTime, at, cancellation);
        if (reading.Screening is { AwaitsProvider: true } awaiting)
        {
            var asked = await screening.AskAsync(file, awaiting.Subject, inForce.Governed.Document.Screening!, cancellation);
            if (!asked.IsAllowed)
            {
                return await screening.WaitAsync(file, asked, cancellation);
            }

            // Its answer counts from the journal, so everything is read again.
            file = await editor.RequireAsync(id, cancellation);
            inForce = await governance.RequireAsync(cancellation);
            rested = await screening.FactsAsync(file, inForce.Governed, inForce.Stops, cancellation);
            reading = await EvaluateAsync(file, inForce, rested, chainTime, at, cancellation);
        }

        if (reading.Verdict.Code == RefusalCode.WhitelistCoolingOff && !reading.Verdict.IsAllowed && chainTime is null)
        {
            throw new NodeUnavailableException("The chain gives no time, and the whitelist entry's cooling-off needs it.");
        }

        if (reading.Admitted is not { } admitted)
        {
            return reading.Stage == "screen" ? await screening.StopAsync(file, reading, rested, cancellation) : await RefuseAsync(file, reading, inForce, cancellation);
        }

        var vaults = await chooser.OrderAsync(file, admitted, inForce, cancellation);
        if (vaults.Count == 0)
        {
            // Reserved at another vault, the hold of what may yet be paid would be given back with it.
            return await holder.HoldAsync(
                id, "policy", RefusalCode.PolicyMoved, "An earlier attempt may be signed by a vault that the rule does not name by now, and only that one may sign again.", cancellation);
        }

        if (inForce.Stops.FreezeOn(vaults[0], file.State.ClientId) is { } freeze)
        {
            return await holder.HoldAsync(id, "validate", RefusalCode.Frozen, $"{freeze.Subject} is frozen: {freeze.Reason}", cancellation);
        }

        if (await payments.TokenAsync(admitted.Request.Asset, inForce.Governed, cancellation) is { IsAllowed: false } blocked)
        {
            return await holder.HoldAsync(id, "validate", blocked.Code, blocked.Detail, cancellation);
        }

        return await ReserveAsync(file, admitted, vaults, ScreeningDesk.RecordOf(reading, file, rested), inForce, at, cancellation);
    }

    // At the first vault, and while that has no room, at the next: each is stored before it is reserved, and a refused one took nothing.
    private async Task<StageResult> ReserveAsync(
        WithdrawalCase file, Admitted admitted, IReadOnlyList<string> vaults, ScreeningRecord screened, GovernanceSnapshot.InForce inForce, DateTimeOffset at, CancellationToken cancellation)
    {
        var id = file.State.Id;
        var refused = Verdict.Allowed;
        for (var full = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            if (await RememberAsync(file, admitted, vaults, full, screened, inForce, cancellation) is not { } reservation)
            {
                return StageResult.Of((await editor.RequireAsync(id, cancellation)).State);
            }

            if (!Reservations.Covers(reservation, admitted, inForce.Governed))
            {
                // A run before this one remembered another rule's reservation and died; hours or prices moved since.
                return await ender.EndAsync(id, WithdrawalStatus.Rejected, "policy", RefusalCode.PolicyMoved, "Another rule matches than when the reservation was begun.", cancellation);
            }

            if (!full.Add(reservation.VaultId))
            {
                return await ender.EndAsync(id, WithdrawalStatus.Rejected, "reserve", refused.Code, refused.Detail, cancellation);
            }

            var balance = await balances.ReadAsync(inForce.Governed.Vault(reservation.VaultId)!, admitted.Request.Asset, cancellation);
            refused = await reservations.ReserveAsync(reservation, balance, time.GetUtcNow(), cancellation);
            if (refused.IsAllowed && reservation.Coin is not null)
            {
                refused = await reservations.ReserveCoinAsync(
                    reservation, await balances.NativeAsync(inForce.Governed.Vault(reservation.VaultId)!, cancellation), time.GetUtcNow(), cancellation);
            }

            if (refused.IsAllowed)
            {
                return await MakeIntentAsync(id, admitted, reservation.VaultId, inForce, at, cancellation);
            }

            if (refused.Code == RefusalCode.GasFundsMissing)
            {
                // The token was reserved here: it is not to be promised twice when another vault pays.
                await reservations.ReleaseAsync(reservation, cancellation);
            }

            if (!IsTheVaults(refused.Code))
            {
                return await ender.EndAsync(id, WithdrawalStatus.Rejected, "reserve", refused.Code, refused.Detail, cancellation);
            }

            file = await editor.RequireAsync(id, cancellation);
        }
    }

    // Its funds, or a window that may be the vault's own. Where it is a wider one, the next vault is refused for the same.
    private static bool IsTheVaults(RefusalCode code) => code is RefusalCode.InsufficientFunds or RefusalCode.GasFundsMissing or RefusalCode.VelocityExceeded;

    private async Task<AdmissionReading> EvaluateAsync(
        WithdrawalCase file, GovernanceSnapshot.InForce inForce, ScreeningFacts rested, DateTimeOffset? chainTime, DateTimeOffset at, CancellationToken cancellation)
    {
        var request = file.Find(CaseDocuments.Request);
        var customer = await facts.ReadAsync(FactKind.Customer, FactId.Customer(file.State.ClientId, file.State.CustomerId), cancellation);
        var entry = await facts.ReadAsync(FactKind.WhitelistEntry, file.State.WhitelistEntryId, cancellation);
        return AdmissionRule.Evaluate(new AdmissionFacts(
            request?.Content ?? default, request?.Signature, customer, entry, inForce.Governed, inForce.Stops, time.GetUtcNow(), chainTime,
            await policy.JournalsAsync(inForce.Governed, cancellation), await policy.PricesAsync(file.State.Asset, inForce.Governed, cancellation), at, rested));
    }

    private async Task<StageResult> RefuseAsync(WithdrawalCase file, AdmissionReading reading, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var state = file.State;
        if (Suspicion(reading.Verdict.Code) is { } suspicion)
        {
            await alerts.RaiseAsync(suspicion, state.Id, reading.Verdict.Detail, cancellation);
        }
        else if (file.Find(CaseDocuments.Request) is { Signature: { } signature } request)
        {
            var signer = RegisteredSigner.OfDetached(signature, request.Content, DocumentType.Request, inForce.Governed, time.GetUtcNow());
            await refused.HearAsync(signer, state.Id, reading.Verdict, cancellation);
        }

        var end = reading.Verdict.Code == RefusalCode.RequestExpired ? WithdrawalStatus.Expired : WithdrawalStatus.Rejected;
        return await ender.EndAsync(state.Id, end, reading.Stage, reading.Verdict.Code, reading.Verdict.Detail, cancellation);
    }

    // What is stored counts, also when governance has changed since: that is what will be given back. Null when the withdrawal
    // ended meanwhile: nothing may be reserved that no document names.
    private async Task<Reservation?> RememberAsync(
        WithdrawalCase read, Admitted admitted, IReadOnlyList<string> vaults, HashSet<string> full, ScreeningRecord screened, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        Reservation? reservation = null;
        await editor.EditAsync(
            read,
            file =>
            {
                var stored = file.Reservations(file.State.Attempt);
                reservation = stored is [.., var newest] ? newest : null;
                if (Steps.After(file.State.Status) != Steps.Admit)
                {
                    reservation = null;
                    return null;
                }

                if (stored.Count > 0 && !IsPassedOver(reservation, stored, vaults, full))
                {
                    return null;
                }

                var vault = vaults.First(v => !full.Contains(v) && stored.All(s => s?.VaultId != v));
                reservation = Reservations.For(admitted, vault, inForce.Governed);
                return stored.Count > 0 ? Elsewhere(file, reservation, stored.Count) : Remembered(file, admitted, screened, inForce, reservation);
            },
            cancellation);
        return reservation;
    }

    // The vault is full, or frozen since a run before this one stored it; and there is one that was not tried.
    private static bool IsPassedOver(Reservation? newest, IReadOnlyList<Reservation?> stored, IReadOnlyList<string> vaults, HashSet<string> full) =>
        newest is not null && (full.Contains(newest.VaultId) || !vaults.Contains(newest.VaultId, StringComparer.Ordinal))
        && vaults.Any(v => !full.Contains(v) && stored.All(s => s?.VaultId != v));

    private static CaseChange Elsewhere(WithdrawalCase file, Reservation reservation, int other) => new(
        file.State with { VaultId = reservation.VaultId },
        [new AuditEvent("reserve", "elsewhere", "pipeline", Detail: $"The vault {file.State.VaultId} has no room, or may not pay; {reservation.VaultId} is asked.")],
        [new CaseDocument(CaseDocuments.Reservation(file.State.Attempt, other), CanonicalJson.Serialize(reservation))]);

    private static CaseChange Remembered(WithdrawalCase file, Admitted admitted, ScreeningRecord screened, GovernanceSnapshot.InForce inForce, Reservation reservation) => new(
        file.State.Become(WithdrawalStatus.Validated).Become(WithdrawalStatus.Whitelisted) with { VaultId = reservation.VaultId, Destination = admitted.Entry.Address },
        [
            new AuditEvent("validate", "accepted", "pipeline", Digest: admitted.RequestDigest),
            new AuditEvent("whitelist", "accepted", "pipeline", Detail: admitted.Entry.EntryId, Digest: admitted.Entry.Digest()),
            new AuditEvent("screen", screened.Outcome, screened.By, Detail: screened.Subject.Address, Digest: screened.HitDigest),
            new AuditEvent("policy", "matched", "pipeline", Detail: admitted.Rule.Id, Digest: inForce.Governed.Digest),
        ],
        [
            new CaseDocument(CaseDocuments.Reservation(file.State.Attempt), CanonicalJson.Serialize(reservation)),
            .. new[] { ScreeningDesk.Document(screened) }.Where(d => file.Find(d.Name) is null),
        ]);

    private async Task<StageResult> MakeIntentAsync(string id, Admitted admitted, string vaultId, GovernanceSnapshot.InForce inForce, DateTimeOffset at, CancellationToken cancellation)
    {
        var state = await editor.EditAsync(
            id,
            file =>
            {
                // A run beside this one may have gone on to another vault: that one's intent then names the vault that is booked.
                if (Steps.After(file.State.Status) != Steps.Admit || file.Reservation()?.VaultId != vaultId)
                {
                    return null;
                }

                var parent = file.State.Attempt == 1 ? null : file.Intent(file.State.Attempt - 1)?.Digest();
                var intent = IntentFactory.Create(admitted, inForce.Governed, file.State.Attempt, parent, at, vaultId);
                var bytes = CanonicalJson.Serialize(intent);
                var digest = WithdrawalIntent.DigestOf(bytes);
                return new CaseChange(
                    file.State.Become(WithdrawalStatus.AwaitingApproval) with
                    {
                        IntentDigest = digest,
                        VaultId = intent.VaultId,
                        Destination = intent.Destination,
                        ApprovalDeadline = ApprovalDeadline.Of(intent, admitted.Rule) ?? intent.ExpiresAt,
                        Reason = RefusalCode.Unspecified,
                        ReasonDetail = null,
                    },
                    [new AuditEvent("reserve", "reserved", "pipeline"), new AuditEvent("intent", "made", "pipeline", Digest: digest)],
                    [new CaseDocument(CaseDocuments.Intent(file.State.Attempt), bytes)]);
            },
            cancellation);
        if (state.Status.IsEnd())
        {
            // It was cancelled while this stage reserved: what was reserved since must not stay.
            await ender.ReleaseLeftoversAsync(id, cancellation);
        }

        // Nothing is waited for where nobody's vote is: what is stored is counted at once.
        var result = StageResult.Of(state, 0, admitted.Rule.Approvals.Min);
        return admitted.Rule.Approvals.IsAutomatic() ? result with { Until = null } : result;
    }

    private static AlertCode? Suspicion(RefusalCode code) => code switch
    {
        RefusalCode.WhitelistOtherClient or RefusalCode.WhitelistOtherCustomer => AlertCode.ForeignWhitelistEntry,
        RefusalCode.WhitelistEntryUnsigned or RefusalCode.CustomerUnknown or RefusalCode.SignatureInvalid or RefusalCode.SignatureMissing
            or RefusalCode.SignatureMalformed or RefusalCode.SignatureKeyUnknown or RefusalCode.BodyMalformed => AlertCode.TamperedDocument,
        RefusalCode.PriceMissing or RefusalCode.PriceStale or RefusalCode.PriceAbsurd => AlertCode.PriceUnusable,
        _ => null,
    };
}
