using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Functions.Alerts;
using Custody.Vaults.Gate;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Composition;

/// <summary>Each governed vault's device holds the governed key under the trust root, and signs a challenge with it.</summary>
public sealed partial class VaultCheck(
    IReadOnlyDictionary<string, IVault> vaults, AlertDesk alerts, CustodySettings settings, TimeProvider time, ILogger<VaultCheck> log) : IStartCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ProblemsAsync(Governed governed, CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var vault in governed.Document.Vaults)
        {
            problems.AddRange(await ProblemsAsync(vault, cancellation));
        }

        return problems;
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(VaultRegistration vault, CancellationToken cancellation)
    {
        var problems = new List<string>();
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

    [LoggerMessage(100, LogLevel.Warning, "The device of the vault {Vault} does not sign now; its withdrawals wait: {Detail}")]
    private static partial void VaultAway(ILogger log, string vault, string detail);

    [LoggerMessage(102, LogLevel.Warning, "The vault {Vault} is not asked: {Detail}")]
    private static partial void KeyInactive(ILogger log, string vault, string detail);
}
