using System.Security.Cryptography;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Storage;
using Custody.Vaults.Gate;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Composition;

/// <summary>
/// What must hold before the app takes a single request: known answers calculated right, journals whole and not rolled back,
/// governance signed under the pinned root and in force, vault keys that are the governed ones under that root and sign a
/// challenge. Otherwise the start is refused.
/// </summary>
public sealed partial class StartupChecks(
    CustodyStorage storage,
    GovernanceSource governance,
    IReadOnlyDictionary<string, IVault> vaults,
    ChainNodes nodes,
    PaymentChecks payments,
    IDocumentSigner comparisonKey,
    AlertDesk alerts,
    CustodySettings settings,
    SelfTests selfTests,
    TimeProvider time,
    ILogger<StartupChecks> log)
{
    /// <summary>Runs the checks. Throws <see cref="StartRefusedException"/> with every reason.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (selfTests.Problems() is { Count: > 0 } miscalculated)
        {
            throw new StartRefusedException(miscalculated);
        }

        await storage.EnsureCreatedAsync(cancellation);
        switch (await governance.ReadAsync(cancellation))
        {
            case GovernanceSnapshot.Refused refused:
                throw new StartRefusedException([$"{refused.Code.Text()}: {refused.Detail}"]);
            case GovernanceSnapshot.InForce { Governed: var governed }:
                var problems = await ComparisonProblemsAsync(governed, cancellation);
                foreach (var vault in governed.Document.Vaults)
                {
                    problems.AddRange(await VaultProblemsAsync(vault, governed, cancellation));
                }

                foreach (var dropped in governed.EveryVault.Where(v => governed.Document.Vaults.All(own => own.Id != v.Id)))
                {
                    problems.AddRange(await DroppedProblemsAsync(dropped, cancellation));
                }

                if (problems.Count > 0)
                {
                    throw new StartRefusedException(problems);
                }

                await CheckTokensAsync(governed, cancellation);
                break;
            default:
                throw new StartRefusedException(["Governance could not be read."]);
        }
    }

    // A challenge proves that the device holds the governed key; a wrong one would otherwise show only when a payment is held for it.
    private async Task<List<string>> ComparisonProblemsAsync(Governed governed, CancellationToken cancellation)
    {
        var challenge = System.Text.Encoding.ASCII.GetBytes($"custody/challenge/v1\0{comparisonKey.KeyId}\0{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");
        try
        {
            var signature = await comparisonKey.SignAsync(challenge, cancellation);
            return SignatureCheck.Verify(governed.Document.ComparisonKey, challenge, signature) && comparisonKey.KeyId == governed.Document.ComparisonKey.KeyId
                ? []
                : [$"{RefusalCode.VaultKeyMismatch.Text()}: the configured comparison key '{comparisonKey.KeyId}' is not the governed one."];
        }
        catch (Exception fault) when (fault is Pkcs11FaultException or ManagedHsmFaultException)
        {
            return [$"{RefusalCode.VaultUnavailable.Text()}: the comparison key's device: {fault.Message}"];
        }
    }

    // What a vault signed before governance dropped it still counts in every window; it has no device and no chain to answer to any more.
    private async Task<IReadOnlyList<string>> DroppedProblemsAsync(VaultRegistration vault, CancellationToken cancellation)
    {
        try
        {
            await storage.SigningJournals.ReadAsync(vault.Id, cancellation);
            return [];
        }
        catch (JournalBrokenException broken)
        {
            return [$"{RefusalCode.JournalBroken.Text()}: {broken.Message}"];
        }
    }

    private async Task<IReadOnlyList<string>> VaultProblemsAsync(VaultRegistration vault, Governed governed, CancellationToken cancellation)
    {
        var problems = new List<string>();
        try
        {
            var journal = await storage.SigningJournals.ReadAsync(vault.Id, cancellation);
            await CheckChainAsync(vault, governed, journal.View, problems, cancellation);
        }
        catch (JournalBrokenException broken)
        {
            problems.Add($"{RefusalCode.JournalBroken.Text()}: {broken.Message}");
        }

        if (KeyStateRule.Check(vault) is { IsAllowed: false } inactive)
        {
            // It signs nothing; with a key that is suspended or gone the others must still start.
            KeyInactive(log, vault.Id, inactive.Detail);
            return problems;
        }

        if (!vaults.TryGetValue(vault.Id, out var device))
        {
            problems.Add($"No device is configured for the governed vault '{vault.Id}'; set Custody__Vaults.");
            return problems;
        }

        var verdict = (await KeyControl.ProveAsync(device, vault, settings.TrustRoot, time, cancellation)).Verdict;
        if (verdict.IsAllowed)
        {
            return problems;
        }

        // A device that is away now may come back: withdrawals wait for it, and each signature checks the key again. Governance
        // lists what a device may run, and cannot do so while the app does not start. A device without the key is not the vault's.
        if (verdict.Code == RefusalCode.VaultFirmwareNotGoverned || (VaultFaultCodes.Waits(verdict.Code) && verdict.Code != RefusalCode.VaultKeyMissing))
        {
            VaultAway(log, vault.Id, verdict.Detail);
            await alerts.RaiseDeviceAsync(Consequences.Of(verdict.Code).Alert!.Value, vault.Id, verdict.Detail, cancellation);
        }
        else
        {
            problems.Add($"{verdict.Code.Text()}: the vault '{vault.Id}': {verdict.Detail}");
        }

        return problems;
    }

    // A token that is not the governed one is blocked wherever it is used; the rest of the app starts, and people are told now.
    private async Task CheckTokensAsync(Governed governed, CancellationToken cancellation)
    {
        foreach (var asset in governed.Document.Assets.Where(a => a.Token is not null))
        {
            try
            {
                if (await payments.TokenAsync(asset.Id, governed, cancellation) is { IsAllowed: false } verdict)
                {
                    await alerts.RaiseAsync(AlertCode.TokenMismatch, asset.Id.ToString(), verdict.Detail, cancellation, governed.Digest);
                }
            }
            catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
            {
                NodeAway(log, asset.Id.Chain.ToString(), problem.Message);
            }
        }
    }

    // Both accounts and the witness could have been rolled back together; the chain was not. An account that has spent more
    // nonces than the journal knows has a journal from the past.
    private async Task CheckChainAsync(
        VaultRegistration vault, Governed governed, SigningView journal, List<string> problems, CancellationToken cancellation)
    {
        try
        {
            var chain = governed.Chain(vault.Chain)!;
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
            if (used > 0 && journal.TakenBy(SigningSlot.Nonce(vault.Chain, account, used - 1)) is null)
            {
                problems.Add(
                    $"{RefusalCode.JournalBroken.Text()}: {account} has spent nonce {used - 1}, and the signing journal of '{vault.Id}' does not know it: storage is from the past, or somebody else has the key.");
            }
        }
        catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
        {
            NodeAway(log, vault.Chain.ToString(), problem.Message);
        }
    }

    [LoggerMessage(100, LogLevel.Warning, "The device of the vault {Vault} does not sign now; its withdrawals wait: {Detail}")]
    private static partial void VaultAway(ILogger log, string vault, string detail);

    [LoggerMessage(102, LogLevel.Warning, "The vault {Vault} is not asked: {Detail}")]
    private static partial void KeyInactive(ILogger log, string vault, string detail);

    [LoggerMessage(101, LogLevel.Warning, "The node of {Chain} does not answer; its withdrawals wait: {Detail}")]
    private static partial void NodeAway(ILogger log, string chain, string detail);
}
