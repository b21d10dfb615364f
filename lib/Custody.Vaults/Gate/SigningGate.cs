using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
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
public sealed class SigningGate(
    GateStores stores,
    IReadOnlyDictionary<string, IVault> vaults,
    Func<Governed, IUnsignedTransactionReader> readers,
    ITransactionAssembler assembler,
    IChainClock chainClock,
    string pinnedRoot,
    TimeProvider time,
    ILogger<SigningGate> log) : ISigningGate
{
    /// <inheritdoc />
    public async Task<GateOutcome> SignAsync(string withdrawalId, CancellationToken cancellation)
    {
        GateOutcome outcome;
        try
        {
            outcome = await DecideAndSignAsync(withdrawalId, cancellation);
        }
        catch (JournalBrokenException broken)
        {
            // Without a whole journal nobody knows what was signed, so a signature may exist.
            outcome = new GateOutcome.Refused(RefusalCode.JournalBroken, broken.Message, MayBeSigned: true);
        }

        GateLog.Outcome(log, withdrawalId, outcome);
        return outcome;
    }

    private async Task<GateOutcome> DecideAndSignAsync(string withdrawalId, CancellationToken cancellation)
    {
        if (await stores.Withdrawals.LoadAsync(withdrawalId, cancellation) is not { } file)
        {
            return new GateOutcome.Refused(RefusalCode.NotFound, "There is no such withdrawal.", MayBeSigned: false);
        }

        var stops = await stores.Stops.ReadAsync(cancellation);
        var stored = await stores.Facts.ReadAsync(FactKind.Governance, FactId.Governance(stops.View.GovernanceVersion), cancellation);
        if (GovernanceInForce.Check(stored, stops.View, pinnedRoot, time.GetUtcNow()) is not GovernanceReading.Verified { Governed: var governed })
        {
            return new GateOutcome.Refused(RefusalCode.GovernanceInvalid, "Governance in force does not verify.", MayBeSigned: true);
        }

        var facts = await ReadAsync(file, governed, stops.View, cancellation);
        var decision = GateRules.Decide(facts, readers(governed));
        if (decision.NotBefore is { } until)
        {
            return new GateOutcome.NotYet(until);
        }

        return decision.Order is { } order
            ? await SignAsync(order, facts, cancellation)
            : Refused(decision.Verdict, facts, withdrawalId);
    }

    private async Task<GateFacts> ReadAsync(WithdrawalCase file, Governed governed, StopView stops, CancellationToken cancellation)
    {
        var state = file.State;
        var customer = await stores.Facts.ReadAsync(FactKind.Customer, FactId.Customer(state.ClientId, state.CustomerId), cancellation);
        var entry = await stores.Facts.ReadAsync(FactKind.WhitelistEntry, state.WhitelistEntryId, cancellation);
        var signings = await ReadJournalsAsync(governed, cancellation);
        var chainTime = await chainClock.NewestFinalAsync(state.Asset.Chain, cancellation);
        return new GateFacts(file, customer, entry, governed, stops, signings, time.GetUtcNow(), chainTime);
    }

    private async Task<Dictionary<string, SigningView>> ReadJournalsAsync(Governed governed, CancellationToken cancellation)
    {
        var views = new Dictionary<string, SigningView>(StringComparer.Ordinal);
        foreach (var vault in governed.Document.Vaults)
        {
            views[vault.Id] = (await stores.Signings.ReadAsync(vault.Id, cancellation)).View;
        }

        return views;
    }

    private async Task<GateOutcome> SignAsync(SigningOrder order, GateFacts facts, CancellationToken cancellation)
    {
        var id = order.Intent.WithdrawalId;
        if (await stores.Signed.ReadAsync(id, order.SighashHex, cancellation) is { } already)
        {
            return Matches(already, order)
                ? new GateOutcome.Signed(already.Sighash, already.TransactionId)
                : new GateOutcome.Refused(RefusalCode.VaultSignatureInvalid, "The stored signature is not one over the approved digest.", MayBeSigned: true);
        }

        if (!vaults.TryGetValue(order.Vault.Id, out var vault))
        {
            return Refused(Verdict.Refused(RefusalCode.VaultUnavailable, $"No device is configured for the vault '{order.Vault.Id}'."), facts, id);
        }

        var key = VaultKeyRule.Check(await vault.DescribeAsync(order.Vault.KeyId, cancellation), order.Vault, pinnedRoot);
        if (!key.IsAllowed)
        {
            return key.Code == RefusalCode.VaultUnavailable ? new GateOutcome.Unknown(key.Code, key.Detail) : Refused(key, facts, id);
        }

        var verdict = default(Verdict);
        var journal = await stores.Signings.AppendAsync(
            order.Vault.Id,
            head =>
            {
                // The head may have moved since the rules looked: what depends on it is asked again, and the append is at this very head.
                var journals = new Dictionary<string, SigningView>(facts.Signings, StringComparer.Ordinal) { [order.Vault.Id] = head.View };
                verdict = Verdict.All(() => SlotRule.Check(head.View, order), () => WindowRule.Check(journals, order, facts.Governed, facts.Now));
                return verdict.IsAllowed && !SlotRule.IsJournalled(head.View, order) ? Fact(order) : null;
            },
            cancellation);
        if (!verdict.IsAllowed)
        {
            return new GateOutcome.Refused(verdict.Code, verdict.Detail, journal.View.Of(id).Count > 0);
        }

        return await AfterJournalAsync(order, facts.Governed, cancellation) is { IsAllowed: false } late
            ? new GateOutcome.Refused(late.Code, late.Detail, MayBeSigned: true)
            : await AskAsync(vault, order, journal.View.Of(id)[^1].Sequence, cancellation);
    }

    // A rejection writes the stop journal and then reads the signing journal; the gate writes the signing journal and then reads
    // the stop journal. Whichever order they run in, at least one sees the other. The platform's window is read again for the
    // same reason: two vaults may have journalled side by side.
    private async Task<Verdict> AfterJournalAsync(SigningOrder order, Governed governed, CancellationToken cancellation)
    {
        var stops = await stores.Stops.ReadAsync(cancellation);
        var journals = governed.Document.Vaults.Count > 1 ? await ReadJournalsAsync(governed, cancellation) : null;
        return Verdict.All(
            () => StopRule.Check(stops.View, order.Intent.WithdrawalId, order.Intent.Attempt, order.Vault.Id, order.Intent.ClientId),
            () => stops.View.GovernanceDigest == governed.Digest ? Verdict.Allowed : Verdict.Refused(RefusalCode.GovernanceSuperseded, "Governance changed while signing."),
            () => journals is null ? Verdict.Allowed : WindowRule.Check(journals, order, governed, time.GetUtcNow()));
    }

    private async Task<GateOutcome> AskAsync(IVault vault, SigningOrder order, long journalled, CancellationToken cancellation)
    {
        if (await vault.SignAsync(order.Vault.KeyId, order.Sighash, cancellation) is not VaultSigning.Signed { Signature: var raw })
        {
            return new GateOutcome.Unknown(RefusalCode.VaultUnavailable, $"The vault '{order.Vault.Id}' did not sign; it can be asked again for the same digest.");
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
        }

        return new GateOutcome.Signed(record.Sighash, record.TransactionId);
    }

    private static bool Matches(SignedTransactionRecord record, SigningOrder order) =>
        record.WithdrawalId == order.Intent.WithdrawalId && record.Sighash == order.SighashHex
        && record.IntentDigest == order.Intent.Digest() && record.Unsigned == Convert.ToHexStringLower(order.Unsigned.Span);

    private static GateOutcome.Refused Refused(Verdict verdict, GateFacts facts, string withdrawalId) =>
        new(verdict.Code, verdict.Detail, facts.Signings.Values.Any(j => j.Of(withdrawalId).Count > 0));

    private static SigningFact Fact(SigningOrder order) => new(
        order.Intent.WithdrawalId, order.Intent.Attempt, order.Intent.Kind, order.Intent.Digest(), order.Slots, order.SighashHex,
        order.Intent.Asset, order.Intent.Destination, order.Intent.Amount);
}
