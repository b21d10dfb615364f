using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Transactions;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Custody.Vaults.Ecdsa;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.Gate;

/// <summary>
/// The signing gate (DESIGN, "The signing gate"; SFC 25EC44 on transaction verification before signing): the only caller of a
/// vault. The order of its effects is the promise: verify, journal, verify the stops again, ask the vault, verify the
/// signature, store it, return. A crash between any two leaves a journal line that permits exactly the same digest.
/// </summary>
public sealed partial class SigningGate(
    GateStores stores,
    IReadOnlyDictionary<string, IVault> vaults,
    Func<Governed, IUnsignedTransactionReader> readers,
    ITransactionAssembler assembler,
    IChainClock chainClock,
    string pinnedRoot,
    TimeProvider time,
    ILogger<SigningGate> log,
    DuressOpenings? openings = null,
    IDuressSignal? duress = null,
    ITokenCheck? tokens = null) : ISigningGate, IUpkeepGate
{
    // A line counts in the windows from when it was written. One that is older than this is written again before the vault is
    // asked, or a withdrawal journalled yesterday could be signed today without counting in today's windows.
    private static readonly TimeSpan LineIsFresh = TimeSpan.FromMinutes(1);

    private readonly GovernanceArchive _governance = new(stores.Facts, pinnedRoot, time);

    // Often enough that nobody waits long after an import, seldom enough for a thousand that wait.
    private static readonly TimeSpan UntilMended = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ChainMayFallBack = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async Task<GateOutcome> SignAsync(string withdrawalId, CancellationToken cancellation)
    {
        var outcome = await WithJournalsAsync(() => DecideAndSignAsync(withdrawalId, cancellation));
        GateLog.Outcome(log, withdrawalId, outcome);
        return outcome;
    }

    /// <inheritdoc />
    public async Task<GateReadiness> ReadyAsync(string withdrawalId, CancellationToken cancellation)
    {
        var obstacle = await WithJournalsAsync(async () => (await DecideAsync(withdrawalId, GateRules.DecideApproved, cancellation)).Obstacle);
        return obstacle is null ? new GateReadiness.Ready() : new GateReadiness.Obstacle(obstacle);
    }

    private static async Task<T> WithJournalsAsync<T>(Func<Task<T>> decide) where T : GateOutcome?
    {
        try
        {
            return await decide();
        }
        catch (JournalBrokenException broken)
        {
            // Without a whole journal nobody knows what was signed, so a signature may exist.
            return (T)(GateOutcome)new GateOutcome.Refused(RefusalCode.JournalBroken, broken.Message, MayBeSigned: true);
        }
    }

    private async Task<GovernanceReading> GovernedAsync(StopView stops, CancellationToken cancellation)
    {
        // Delays count by the chain's time as well, which is asked for later: it needs a governed chain to ask.
        var (reading, _) = await _governance.ReadAsync(stops, chainTime: null, cancellation);
        return reading;
    }

    // The same code as the pipeline's own reading gives: which of the two reads a changed document first is chance.
    private static GateOutcome.Refused Ungoverned(GovernanceReading reading)
    {
        var refused = reading as GovernanceReading.Refused;
        var code = refused?.Code == RefusalCode.GovernanceUnsigned ? RefusalCode.GovernanceUnsigned : RefusalCode.GovernanceInvalid;
        return new GateOutcome.Refused(code, $"Governance in force does not verify: {refused?.Detail}", MayBeSigned: true);
    }

    // People are told before anything is answered; what is answered is what a cooling-off is answered with.
    private async Task SignalAsync(string withdrawalId, GateDecision decision, CancellationToken cancellation)
    {
        if (decision.Duress is { } device && duress is not null)
        {
            await duress.RaiseAsync(withdrawalId, device, cancellation);
        }
    }

    private async Task<GateOutcome> DecideAndSignAsync(string withdrawalId, CancellationToken cancellation)
    {
        var (obstacle, decision, facts) = await DecideAsync(
            withdrawalId, facts => GateRules.Decide(facts, readers), cancellation);
        return obstacle
            ?? (decision is { Verdict.IsAllowed: true, Order: { } order }
                ? await SignAsync(order, facts!, cancellation)
                : new GateOutcome.Refused(RefusalCode.Unspecified, "The rules neither allowed nor refused it.", MayBeSigned: true));
    }

    /// <summary>Reads everything and asks the rules; no obstacle only when they allow.</summary>
    private async Task<(GateOutcome? Obstacle, GateDecision Decision, GateFacts? Facts)> DecideAsync(
        string withdrawalId, Func<GateFacts, GateDecision> rules, CancellationToken cancellation)
    {
        if (await stores.Withdrawals.LoadAsync(withdrawalId, cancellation) is not { } file || file.State.Id != withdrawalId)
        {
            return Stop(new GateOutcome.Refused(RefusalCode.NotFound, "There is no such withdrawal.", MayBeSigned: false));
        }

        var stops = await stores.Stops.ReadAsync(cancellation);
        var reading = await GovernedAsync(stops.View, cancellation);
        if (reading is not GovernanceReading.Verified { Governed: var governed })
        {
            return Stop(Ungoverned(reading));
        }

        var facts = await ReadAsync(file, governed, stops.View, cancellation);
        if (facts.ChainTime is null)
        {
            // Windows slide by both clocks; by the host's alone, a clock moved ahead would find every window empty.
            return Stop(new GateOutcome.Unknown(RefusalCode.NodeUnavailable, $"The chain {file.State.Asset.Chain} gives no time."));
        }

        if (GovernanceInForce.Check(reading, stops.View, facts.Now, facts.ChainTime) is GovernanceReading.Refused early)
        {
            // Right after it took effect the chain's newest final block may be an older one again, after a reorganisation, another
            // node's answer or a deeper finality: that passes. A version that is in force much too early is an attack.
            return GovernanceInForce.Check(reading, stops.View, facts.Now, facts.ChainTime + ChainMayFallBack) is GovernanceReading.Verified
                ? Stop(new GateOutcome.NotYet(facts.Now + UntilMended))
                : Stop(Refused(Verdict.Refused(early.Code, early.Detail), facts, withdrawalId));
        }

        var decision = rules(facts);
        await SignalAsync(withdrawalId, decision, cancellation);
        return decision.NotBefore is { } until ? Stop(new GateOutcome.NotYet(until))
            : decision.Verdict.IsAllowed ? (null, decision, facts)
            // What the operators must mend for every withdrawal is waited for: a thousand holds would need two signatures each.
            : ScreeningPause.Waits(decision.Verdict) || decision.Verdict.Code == RefusalCode.HostClockBehind ? Stop(new GateOutcome.NotYet(facts.Now + UntilMended, decision.Verdict.Code, decision.Verdict.Detail))
            // A feed that stands still, or jumped, comes back; the withdrawal waits for it as long as its request lives.
            : IsOfAPrice(decision.Verdict) ? Stop(new GateOutcome.Unknown(decision.Verdict.Code, decision.Verdict.Detail))
            : Stop(Refused(decision.Verdict, facts, withdrawalId));

        static (GateOutcome?, GateDecision, GateFacts?) Stop(GateOutcome obstacle) => (obstacle, default, null);
    }

    private async Task<GateFacts> ReadAsync(WithdrawalCase file, Governed governed, StopView stops, CancellationToken cancellation)
    {
        var state = file.State;
        var customer = await stores.Facts.ReadAsync(FactKind.Customer, FactId.Customer(state.ClientId, state.CustomerId), cancellation);
        var entry = await stores.Facts.ReadAsync(FactKind.WhitelistEntry, state.WhitelistEntryId, cancellation);
        var signings = await ReadJournalsAsync(governed, cancellation);
        var chainTime = await chainClock.NewestFinalAsync(state.Asset.Chain, governed, cancellation);
        var all = await AssetPricesAsync(governed, cancellation);
        var prices = all is not null || PolicyNeeds.Prices(governed, state.Asset, customer) ? await PricesAsync(state.Asset, all, cancellation) : null;
        if (prices is not null && PolicyNeeds.FeeCoin(governed, state.Asset) is { } coin)
        {
            prices = [.. prices, .. await PricesAsync(coin, all, cancellation) ?? []];
        }

        var lists = await SanctionsLists.ReadAsync(stores.Facts, governed, stops, cancellation);
        return new GateFacts(file, customer, entry, governed, stops, signings, time.GetUtcNow(), chainTime, prices, lists, openings, all);
    }

    private async Task<IReadOnlyList<SignedDocument>?> PricesAsync(AssetId asset, Dictionary<AssetId, IReadOnlyList<SignedDocument>>? all, CancellationToken cancellation) =>
        all is not null ? all.GetValueOrDefault(asset)
        : stores.Prices is { } prices ? await prices.NewestAsync(asset, cancellation)
        : null;

    // Of every asset and not of those only of which something left: more may leave until the line is written.
    private async Task<Dictionary<AssetId, IReadOnlyList<SignedDocument>>?> AssetPricesAsync(Governed governed, CancellationToken cancellation)
    {
        if (stores.Prices is not { } prices || !PolicyNeeds.PlatformValue(governed))
        {
            return null;
        }

        var read = await Task.WhenAll(governed.EveryAsset.Select(async a => (a.Id, Prices: await prices.NewestAsync(a.Id, cancellation))));
        return read.ToDictionary(r => r.Id, r => r.Prices);
    }

    private async Task<Dictionary<string, SigningView>> ReadJournalsAsync(Governed governed, CancellationToken cancellation)
    {
        var views = new Dictionary<string, SigningView>(StringComparer.Ordinal);
        foreach (var vault in governed.EveryVault)
        {
            views[vault.Id] = (await stores.Signings.ReadAsync(vault.Id, cancellation)).View;
        }

        return views;
    }

    private async Task<GateOutcome> SignAsync(SigningOrder order, GateFacts facts, CancellationToken cancellation)
    {
        var id = order.Intent.WithdrawalId;
        // Nothing is stored before its line is; a run beside this one that has just written both is found when this one stores.
        var already = facts.Signings.Values.Any(j => j.Of(id).Any(line => line.Sighash == order.SighashHex))
            ? await stores.Signed.ReadAsync(id, order.SighashHex, cancellation)
            : null;
        if (already is not null && !Matches(already, order))
        {
            return new GateOutcome.Refused(RefusalCode.VaultSignatureInvalid, "The stored signature is not one over the approved bytes.", MayBeSigned: true);
        }

        var vault = vaults.GetValueOrDefault(order.Vault.Id);
        if (already is null && await DeviceProblemAsync(vault, order, facts, cancellation) is { } problem)
        {
            return problem;
        }

        if (already is null && await TokenProblemAsync(order, facts, cancellation) is { } changed)
        {
            return changed;
        }

        var (verdict, journal) = await JournalAsync(order, facts, already is not null, cancellation);
        if (!verdict.IsAllowed)
        {
            return IsOfAPrice(verdict) ? new GateOutcome.Unknown(verdict.Code, verdict.Detail)
                : new GateOutcome.Refused(verdict.Code, verdict.Detail, facts.Signings.Values.Append(journal).Any(j => j.Of(id).Count > 0));
        }

        verdict = await AgainAsync(order, facts, journal, cancellation);
        return IsOfAPrice(verdict) ? new GateOutcome.Unknown(verdict.Code, verdict.Detail)
            : !verdict.IsAllowed ? new GateOutcome.Refused(verdict.Code, verdict.Detail, MayBeSigned: true)
            : already is not null ? new GateOutcome.Signed(already.Sighash, already.TransactionId)
            : await AskAsync(vault!, order, SlotRule.Line(journal, order, DateTimeOffset.MinValue)!.Sequence, cancellation);
    }

    private static bool IsOfAPrice(Verdict verdict) =>
        !verdict.IsAllowed && verdict.Code is RefusalCode.PriceMissing or RefusalCode.PriceStale or RefusalCode.PriceAbsurd;

    private async Task<GateOutcome?> DeviceProblemAsync(IVault? vault, SigningOrder order, GateFacts facts, CancellationToken cancellation)
    {
        if (vault is null)
        {
            return Refused(Verdict.Refused(RefusalCode.VaultUnavailable, $"No device is configured for the vault '{order.Vault.Id}'."), facts, order.Intent.WithdrawalId);
        }

        var key = VaultKeyRule.Check(await vault.DescribeAsync(order.Vault.KeyId, cancellation), order.Vault, pinnedRoot);
        return key.IsAllowed ? null
            : VaultFaultCodes.Waits(key.Code) ? new GateOutcome.Unknown(key.Code, key.Detail)
            // As a stale sanctions list, it concerns every withdrawal of the vault, and takes governance days to mend.
            : key.Code == RefusalCode.VaultFirmwareNotGoverned ? new GateOutcome.NotYet(facts.Now + UntilMended, key.Code, key.Detail)
            : Refused(key, facts, order.Intent.WithdrawalId);
    }

    // Asked of the chain now, and not believed of whoever built the bytes. Without somebody to ask, no token is paid.
    private async Task<GateOutcome?> TokenProblemAsync(SigningOrder order, GateFacts facts, CancellationToken cancellation)
    {
        var asset = order.Intent.Asset;
        var verdict = asset.IsNative ? Verdict.Allowed
            : tokens is null ? Verdict.Refused(RefusalCode.TokenMismatch, $"Nothing here can check {asset} on the chain.")
            : await tokens.CheckAsync(asset, facts.Governed, cancellation);
        return verdict.IsAllowed ? null
            : verdict.Code == RefusalCode.NodeUnavailable ? new GateOutcome.Unknown(verdict.Code, verdict.Detail)
            : Refused(verdict, facts, order.Intent.WithdrawalId);
    }

    private async Task<(Verdict Verdict, SigningView Journal)> JournalAsync(SigningOrder order, GateFacts facts, bool isSigned, CancellationToken cancellation)
    {
        var verdict = default(Verdict);
        var reading = await stores.Signings.AppendAsync(
            order.Vault.Id,
            head =>
            {
                // The head may have moved since the rules looked: what depends on it is asked again, and the append is at this very head.
                var journals = new Dictionary<string, SigningView>(facts.Signings, StringComparer.Ordinal) { [order.Vault.Id] = head.View };
                verdict = GateRules.AtHead(facts with { Signings = journals }, order);
                var since = isSigned ? DateTimeOffset.MinValue : facts.Now - LineIsFresh;
                return verdict.IsAllowed && SlotRule.Line(head.View, order, since) is null ? Fact(order) : null;
            },
            cancellation);
        return (verdict, reading.View);
    }

    // A rejection writes the stop journal and then reads the signing journal; the gate writes the signing journal and then reads
    // the stop journal. Whichever order they run in, at least one sees the other. Every rule is asked again, not only the stops:
    // an entry may have been tombstoned, the request may have expired, or another vault may have journalled side by side.
    private async Task<Verdict> AgainAsync(SigningOrder order, GateFacts facts, SigningView own, CancellationToken cancellation)
    {
        var stops = await stores.Stops.ReadAsync(cancellation);
        if (stops.View.GovernanceDigest != facts.Governed.Digest)
        {
            return Verdict.Refused(RefusalCode.GovernanceSuperseded, "Governance changed while signing.");
        }

        var journals = new Dictionary<string, SigningView>(StringComparer.Ordinal) { [order.Vault.Id] = own };
        foreach (var other in facts.Governed.EveryVault.Where(v => v.Id != order.Vault.Id))
        {
            journals[other.Id] = (await stores.Signings.ReadAsync(other.Id, cancellation)).View;
        }

        var lists = await SanctionsLists.ReadAsync(stores.Facts, facts.Governed, stops.View, cancellation, facts.Lists);
        var again = GateRules.Decide(facts with { Stops = stops.View, Signings = journals, Lists = lists, Now = time.GetUtcNow() }, readers);
        return again.Order is null || again.Order.SighashHex == order.SighashHex
            ? again.Verdict
            : throw new InvalidOperationException("The same facts gave another digest.");
    }

    private async Task<GateOutcome> AskAsync(IVault vault, SigningOrder order, long journalled, CancellationToken cancellation)
    {
        var signing = await vault.SignAsync(order.Vault.KeyId, order.Sighash, cancellation);
        if (signing is VaultSigning.Faulted { Fault: VaultFault.SignatureInvalid, Detail: var detail })
        {
            // A device that verifies its own answers says what the check below would.
            return new GateOutcome.Refused(RefusalCode.VaultSignatureInvalid, $"The vault's signature is none: {detail}.", MayBeSigned: true);
        }

        if (signing is not VaultSigning.Signed { Signature: var raw })
        {
            var fault = signing as VaultSigning.Faulted;
            var why = fault is null ? "" : $" ({fault.Fault}: {fault.Detail})";
            return new GateOutcome.Unknown(VaultFaultCodes.OfSigning(fault?.Fault ?? VaultFault.Unknown), $"The vault '{order.Vault.Id}' did not sign{why}; it can be asked again for the same digest.");
        }

        var publicKey = order.Vault.PublicKeyBytes();
        var signature = Secp256k1Signature.NormalizeLowS(raw);
        if (signature is null || !Secp256k1Signature.Verify(publicKey, order.Sighash, signature)
            || Secp256k1Signature.RecoverYParity(publicKey, order.Sighash, signature) is not { } parity)
        {
            return new GateOutcome.Refused(RefusalCode.VaultSignatureInvalid, "The vault's signature does not verify over the digest that it was asked for.", MayBeSigned: true);
        }

        var assembled = assembler.Assemble(order.Vault.Chain, order.Unsigned, signature, parity);
        var record = new SignedTransactionRecord(
            1, order.Intent.WithdrawalId, order.Intent.Attempt, order.Vault.Id, order.Intent.Digest(), order.SighashHex,
            Convert.ToHexStringLower(order.Unsigned.Span), Convert.ToHexStringLower(assembled.Bytes.Span), assembled.TransactionId, journalled);
        if (await stores.Signed.WriteAsync(record, cancellation) == CommitOutcome.Conflict)
        {
            // A run beside this one stored first. ECDSA nonces are random, so its bytes differ; the stored ones are the only ones that leave.
            record = await stores.Signed.ReadAsync(record.WithdrawalId, record.Sighash, cancellation)
                ?? throw new InvalidOperationException("A signature that was stored is gone.");
            if (!Matches(record, order))
            {
                return new GateOutcome.Refused(RefusalCode.VaultSignatureInvalid, "The stored signature is not one over the approved bytes.", MayBeSigned: true);
            }
        }

        return new GateOutcome.Signed(record.Sighash, record.TransactionId);
    }

    // Not the intent's digest: a later attempt may approve the very bytes that an earlier one signed, and gets the same signature.
    private static bool Matches(SignedTransactionRecord record, SigningOrder order) =>
        record.WithdrawalId == order.Intent.WithdrawalId && record.VaultId == order.Vault.Id && record.Sighash == order.SighashHex
        && record.Unsigned == Convert.ToHexStringLower(order.Unsigned.Span);

    private static GateOutcome.Refused Refused(Verdict verdict, GateFacts facts, string withdrawalId) =>
        // Of what was asked for before a restore a line may be lost.
        new(verdict.Code, verdict.Detail, facts.Signings.Values.Any(j => j.Of(withdrawalId).Count > 0) || RestoreRule.IsBefore(facts));

    private static SigningFact Fact(SigningOrder order) => new(
        order.Intent.WithdrawalId, order.Intent.Attempt, order.Intent.Kind, order.Intent.Digest(), order.Slots, order.SighashHex,
        order.Intent.Asset, order.Intent.Destination, order.Intent.Amount, order.IsAutomatic ? true : null,
        order.Intent.Kind == IntentKind.Withdrawal ? order.Intent.WhitelistEntryId : null);
}
