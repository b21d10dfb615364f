using System.Text.Json;

namespace Custody.Core.Alerts;

/// <summary>Each alert's severity and runbook. An alert that is missing here cannot be raised: a test holds the catalogue complete.</summary>
public static class AlertCatalogue
{
    private static readonly Dictionary<AlertCode, (AlertSeverity Severity, string Title)> Entries = new()
    {
        [AlertCode.TamperedDocument] = (AlertSeverity.P1, "A stored document is not what its signatures say."),
        [AlertCode.ContradictoryVote] = (AlertSeverity.P2, "A registered device signed a vote that contradicts the intent."),
        [AlertCode.ForeignWhitelistEntry] = (AlertSeverity.P2, "A request used a whitelist entry of somebody else."),
        [AlertCode.JournalBroken] = (AlertSeverity.P1, "A journal is missing, shorter than it was, or broken."),
        [AlertCode.SecondDigest] = (AlertSeverity.P1, "A second digest was asked for at a slot that was signed before."),
        [AlertCode.BadVaultSignature] = (AlertSeverity.P1, "The vault returned a signature that does not verify."),
        [AlertCode.VaultUnavailable] = (AlertSeverity.P2, "The vault does not sign."),
        [AlertCode.ComparisonMismatch] = (AlertSeverity.P1, "The signed bytes are not the approved intent."),
        [AlertCode.BuilderMismatch] = (AlertSeverity.P1, "The builder's bytes are not the approved intent."),
        [AlertCode.WrongChain] = (AlertSeverity.P1, "The node is on another chain than the governed one."),
        [AlertCode.UnexplainedSpend] = (AlertSeverity.P1, "A vault account spent something that no journal entry explains."),
        [AlertCode.EffectsMismatch] = (AlertSeverity.P1, "What was mined is not what was approved."),
        [AlertCode.PriceUnusable] = (AlertSeverity.P2, "A price that policy needs is missing, stale or absurd."),
        [AlertCode.OrphanedInstance] = (AlertSeverity.P2, "An orchestration was lost, ended early, or belongs to no withdrawal."),
        [AlertCode.WithdrawalHeld] = (AlertSeverity.P3, "A withdrawal waits for two operators."),
        [AlertCode.FrozenScope] = (AlertSeverity.P2, "A freeze came into force."),
        [AlertCode.ThawedScope] = (AlertSeverity.P3, "A freeze ended."),
        [AlertCode.Reorganised] = (AlertSeverity.P3, "A payment left a block that the chain abandoned."),
        [AlertCode.DeepReorganisation] = (AlertSeverity.P1, "A reorganisation went deeper than the governed finality."),
        [AlertCode.GovernanceProposed] = (AlertSeverity.P2, "A version of governance waits to take effect; any governor can veto it."),
        [AlertCode.GovernanceChanged] = (AlertSeverity.P2, "A version of governance came into force."),
        [AlertCode.GovernanceVetoed] = (AlertSeverity.P2, "A governor vetoed a version of governance."),
        [AlertCode.WhitelistChanged] = (AlertSeverity.P3, "A whitelist entry changed."),
        [AlertCode.LookAlikeAddress] = (AlertSeverity.P2, "A proposed address looks like an existing one."),
        [AlertCode.SanctionsHit] = (AlertSeverity.P1, "A destination is on a sanctions list, or the screening provider has it."),
        [AlertCode.ScreeningUnavailable] = (AlertSeverity.P2, "Screening gives no answer; withdrawals wait."),
        [AlertCode.SanctionsListStale] = (AlertSeverity.P2, "A sanctions list is missing, too old or unsigned; withdrawals wait."),
        [AlertCode.SuspiciousPattern] = (AlertSeverity.P2, "A customer's withdrawals look structured, or add up to more than governed."),
        [AlertCode.DeviceSuspended] = (AlertSeverity.P1, "An approver's device signed what contradicts an intent, and was suspended."),
        [AlertCode.Duress] = (AlertSeverity.P1, "Somebody signed for a withdrawal or a whitelist entry with their duress key."),
        [AlertCode.DrillFailed] = (AlertSeverity.P3, "An approver signed a drill."),
        [AlertCode.ApprovalReminder] = (AlertSeverity.P4, "A withdrawal's approvals are soon due."),
        [AlertCode.AuthenticatorCloned] = (AlertSeverity.P1, "An authenticator's counter went back: its key may have been cloned."),
        [AlertCode.DeviceReinstated] = (AlertSeverity.P3, "A suspended device votes again."),
        [AlertCode.TokenMismatch] = (AlertSeverity.P2, "A token's contract is not what governance registered; it is blocked."),
        [AlertCode.StuckTransaction] = (AlertSeverity.P2, "A transaction waits for a block and may not offer more; later payments of its vault wait behind it."),
        [AlertCode.VaultFirmwareNotGoverned] = (AlertSeverity.P2, "A vault's device runs firmware that governance does not list; withdrawals wait."),
        [AlertCode.VaultModuleMissing] = (AlertSeverity.P2, "The PKCS#11 module of a vault's device is not there, or does not load."),
        [AlertCode.VaultTokenMissing] = (AlertSeverity.P2, "A vault's token is not there."),
        [AlertCode.VaultPinWrong] = (AlertSeverity.P2, "A vault's device refused the PIN; it is not tried again."),
        [AlertCode.VaultPinLocked] = (AlertSeverity.P2, "The PIN of a vault's device is locked."),
        [AlertCode.VaultKeyMissing] = (AlertSeverity.P1, "A vault's key is not on its device."),
        [AlertCode.ProviderDisagrees] = (AlertSeverity.P2, "A provider of a chain contradicts the majority; it is set aside."),
        [AlertCode.ProviderLags] = (AlertSeverity.P3, "A provider of a chain is too many blocks behind; it is set aside."),
        [AlertCode.ProviderSilent] = (AlertSeverity.P3, "A provider of a chain does not answer; it is set aside."),
        [AlertCode.ProvidersSplit] = (AlertSeverity.P2, "No majority of a chain's providers agrees; withdrawals wait."),
        [AlertCode.NonceGap] = (AlertSeverity.P2, "A nonce that nothing takes keeps signed transactions of a vault waiting."),
        [AlertCode.StorageRestored] = (AlertSeverity.P1, "Storage was restored and accepted; what was open is held until it is matched with the chain."),
        [AlertCode.RestoredSpend] = (AlertSeverity.P1, "A vault account spent a nonce whose journal line a restore lost."),
        [AlertCode.ChainRewound] = (AlertSeverity.P2, "Operators had a chain's watcher read again from an earlier block."),
        [AlertCode.SettledPaymentGone] = (AlertSeverity.P1, "A settled withdrawal's payment is not in the block in which it was final."),
        [AlertCode.AmendmentOrdered] = (AlertSeverity.P3, "A higher fee for a signed payment, or its cancel, waits for its approvers."),
        [AlertCode.RoleUnavailable] = (AlertSeverity.P2, "The signer or the sender does not answer; withdrawals wait."),
        [AlertCode.FactUnproven] = (AlertSeverity.P1, "A role asked the signer to journal what nothing signed speaks for."),
        [AlertCode.RefusedStatement] = (AlertSeverity.P3, "A registered key signed what was refused for what an attack looks like."),
        [AlertCode.ClockDiffers] = (AlertSeverity.P2, "The host's clock and a chain's newest block tell different times."),
        [AlertCode.DepositGone] = (AlertSeverity.P1, "A deposit that was final is in no block of the chain any more."),
        [AlertCode.HostClockBehind] = (AlertSeverity.P2, "The host's clock is behind a chain's; nothing is signed or dated by it."),
        [AlertCode.BroadcastRefused] = (AlertSeverity.P2, "A node, or the sender, refuses a signed transaction that waits for a block."),
    };

    /// <summary>The alerts that can be raised.</summary>
    public static IReadOnlyCollection<AlertCode> Codes => Entries.Keys;

    /// <summary>The severity of an alert.</summary>
    public static AlertSeverity Severity(AlertCode code) => Entries[code].Severity;

    /// <summary>Who is told of an alert.</summary>
    public static AlertChannel Channel(AlertCode code) => code == AlertCode.Duress ? AlertChannel.Soc : AlertChannel.Operations;

    /// <summary>One sentence for people.</summary>
    public static string Title(AlertCode code) => Entries[code].Title;

    /// <summary>The wire form, kebab-case, such as <c>second-digest</c>.</summary>
    public static string Text(AlertCode code) => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString());

    /// <summary>Where to read what to do: the runbook's path in the repository.</summary>
    public static string Runbook(AlertCode code) => $"docs/runbooks/{Text(code)}.md";
}
