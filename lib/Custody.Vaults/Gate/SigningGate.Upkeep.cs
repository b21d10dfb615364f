using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Transactions;
using Custody.Core.Vaults;

namespace Custody.Vaults.Gate;

/// <summary>The gate's way for what operators order: other rules, and the same promise in the same order.</summary>
public sealed partial class SigningGate
{
    /// <inheritdoc />
    public async Task<GateOutcome> SignOrderedAsync(string id, CancellationToken cancellation)
    {
        var outcome = await WithJournalsAsync(async () =>
        {
            IUnsignedTransactionReader? reader = null;
            var (obstacle, order, facts) = await DecideOrderAsync(id, facts => UpkeepRule.Decide(facts, reader = readers(facts.Governed)), cancellation);
            return obstacle
                ?? (order is null
                    ? new GateOutcome.Refused(RefusalCode.Unspecified, "The rules neither allowed nor refused it.", MayBeSigned: true)
                    : await SignOrderAsync(order, facts!, reader!, cancellation));
        });
        GateLog.Outcome(log, id, outcome);
        return outcome;
    }

    /// <inheritdoc />
    public async Task<GateReadiness> OrderReadyAsync(string id, CancellationToken cancellation)
    {
        var obstacle = await WithJournalsAsync(async () => (await DecideOrderAsync(id, UpkeepRule.DecideOrdered, cancellation)).Obstacle);
        return obstacle is null ? new GateReadiness.Ready() : new GateReadiness.Obstacle(obstacle);
    }

    /// <summary>Reads everything and asks the rules; no obstacle only when they allow.</summary>
    private async Task<(GateOutcome? Obstacle, SigningOrder? Order, UpkeepFacts? Facts)> DecideOrderAsync(
        string id, Func<UpkeepFacts, GateDecision> rules, CancellationToken cancellation)
    {
        if (stores.Fills is null || await stores.Fills.LoadAsync(id, cancellation) is not { File: var file })
        {
            return Stop(new GateOutcome.Refused(RefusalCode.NotFound, "There is no such order.", MayBeSigned: false));
        }

        var stops = await stores.Stops.ReadAsync(cancellation);
        var reading = await GovernedAsync(stops.View, cancellation);
        if (reading is not GovernanceReading.Verified { Governed: var governed })
        {
            return Stop(Ungoverned(reading));
        }

        var signings = await ReadJournalsAsync(governed, cancellation);
        var now = time.GetUtcNow();
        if (await chainClock.NewestFinalAsync(file.Order.Chain, governed, cancellation) is not { } chainTime)
        {
            // A gap is old enough, and a day over, by both clocks.
            return Stop(new GateOutcome.Unknown(RefusalCode.NodeUnavailable, $"The chain {file.Order.Chain} gives no time."));
        }

        if (GovernanceInForce.Check(reading, stops.View, now, chainTime) is GovernanceReading.Refused early)
        {
            return Stop(RefusedOrder(Verdict.Refused(early.Code, early.Detail), signings, id));
        }

        var facts = new UpkeepFacts(id, file, governed, stops.View, signings, now, chainTime);
        var decision = rules(facts);
        return decision.NotBefore is { } until ? Stop(new GateOutcome.NotYet(until, decision.Verdict.Code, decision.Verdict.Detail))
            : decision.Verdict.IsAllowed ? (null, decision.Order, facts)
            : decision.Verdict.Code == RefusalCode.HostClockBehind ? Stop(new GateOutcome.NotYet(now + UntilMended, decision.Verdict.Code, decision.Verdict.Detail))
            : Stop(RefusedOrder(decision.Verdict, signings, id));

        static (GateOutcome?, SigningOrder?, UpkeepFacts?) Stop(GateOutcome obstacle) => (obstacle, null, null);
    }

    private async Task<GateOutcome> SignOrderAsync(SigningOrder order, UpkeepFacts facts, IUnsignedTransactionReader reader, CancellationToken cancellation)
    {
        var already = await stores.Signed.ReadAsync(facts.Id, order.SighashHex, cancellation);
        if (already is not null && !Matches(already, order))
        {
            return new GateOutcome.Refused(RefusalCode.VaultSignatureInvalid, "The stored signature is not one over the ordered bytes.", MayBeSigned: true);
        }

        var vault = vaults.GetValueOrDefault(order.Vault.Id);
        if (already is null && await OrderDeviceProblemAsync(vault, order, facts, cancellation) is { } problem)
        {
            return problem;
        }

        var verdict = default(Verdict);
        var journal = (await stores.Signings.AppendAsync(
            order.Vault.Id,
            head =>
            {
                // The head may have moved since the rules looked, and the append is at this very head.
                verdict = UpkeepRule.Decide(facts with { Signings = Newer(facts.Signings, order.Vault.Id, head.View) }, reader).Verdict;
                return verdict.IsAllowed && SlotRule.Line(head.View, order, already is null ? facts.Now - LineIsFresh : DateTimeOffset.MinValue) is null ? Fact(order) : null;
            },
            cancellation)).View;
        if (!verdict.IsAllowed)
        {
            return RefusedOrder(verdict, Newer(facts.Signings, order.Vault.Id, journal), facts.Id);
        }

        verdict = await OrderAgainAsync(order, facts, reader, cancellation);
        return !verdict.IsAllowed ? new GateOutcome.Refused(verdict.Code, verdict.Detail, MayBeSigned: true)
            : already is not null ? new GateOutcome.Signed(already.Sighash, already.TransactionId)
            : await AskAsync(vault!, order, SlotRule.Line(journal, order, DateTimeOffset.MinValue)!.Sequence, cancellation);
    }

    private async Task<GateOutcome?> OrderDeviceProblemAsync(IVault? vault, SigningOrder order, UpkeepFacts facts, CancellationToken cancellation)
    {
        if (vault is null)
        {
            return RefusedOrder(Verdict.Refused(RefusalCode.VaultUnavailable, $"No device is configured for the vault '{order.Vault.Id}'."), facts.Signings, facts.Id);
        }

        var key = VaultKeyRule.Check(await vault.DescribeAsync(order.Vault.KeyId, cancellation), order.Vault, pinnedRoot);
        return key.IsAllowed ? null
            : VaultFaultCodes.Waits(key.Code) ? new GateOutcome.Unknown(key.Code, key.Detail)
            : key.Code == RefusalCode.VaultFirmwareNotGoverned ? new GateOutcome.NotYet(facts.Now + UntilMended, key.Code, key.Detail)
            : RefusedOrder(key, facts.Signings, facts.Id);
    }

    // Once more after the line is written, as for a withdrawal: an end writes the stop journal and then reads the signing journal.
    private async Task<Verdict> OrderAgainAsync(SigningOrder order, UpkeepFacts facts, IUnsignedTransactionReader reader, CancellationToken cancellation)
    {
        var stops = await stores.Stops.ReadAsync(cancellation);
        if (stops.View.GovernanceDigest != facts.Governed.Digest)
        {
            return Verdict.Refused(RefusalCode.GovernanceSuperseded, "Governance changed while signing.");
        }

        var signings = await ReadJournalsAsync(facts.Governed, cancellation);
        var again = UpkeepRule.Decide(facts with { Stops = stops.View, Signings = signings, Now = time.GetUtcNow() }, reader);
        return again.Order is null || again.Order.SighashHex == order.SighashHex
            ? again.Verdict
            : throw new InvalidOperationException("The same facts gave another digest.");
    }

    private static Dictionary<string, SigningView> Newer(IReadOnlyDictionary<string, SigningView> journals, string vaultId, SigningView view) =>
        new(journals, StringComparer.Ordinal) { [vaultId] = view };

    private static GateOutcome.Refused RefusedOrder(Verdict verdict, IReadOnlyDictionary<string, SigningView> journals, string id) =>
        new(verdict.Code, verdict.Detail, journals.Values.Any(j => j.Of(id).Count > 0));
}
