namespace Custody.Core.Alerts;

/// <summary>The closed catalogue of alerts; <see cref="AlertCatalogue"/> gives each its severity and runbook.</summary>
public enum AlertCode
{
    /// <summary>None; never raised.</summary>
    Unknown = 0,

    /// <summary>A stored document is not what its signatures say.</summary>
    TamperedDocument,

    /// <summary>A vote that verifies under a registered device contradicts the intent, or is replayed.</summary>
    ContradictoryVote,

    /// <summary>A request uses another client's or customer's whitelist entry.</summary>
    ForeignWhitelistEntry,

    /// <summary>A journal is missing, shorter than it was, or broken.</summary>
    JournalBroken,

    /// <summary>A second digest was asked for at a slot that was signed before.</summary>
    SecondDigest,

    /// <summary>The vault returned a signature that does not verify.</summary>
    BadVaultSignature,

    /// <summary>The vault does not sign.</summary>
    VaultUnavailable,

    /// <summary>The signed bytes are not the approved intent.</summary>
    ComparisonMismatch,

    /// <summary>The builder's bytes are not the approved intent; nothing was signed.</summary>
    BuilderMismatch,

    /// <summary>The node is on another chain.</summary>
    WrongChain,

    /// <summary>A vault account spent something that no journal entry explains.</summary>
    UnexplainedSpend,

    /// <summary>What was mined is not what was approved.</summary>
    EffectsMismatch,

    /// <summary>An orchestration was lost, ended early, or belongs to no withdrawal.</summary>
    OrphanedInstance,

    /// <summary>A withdrawal is held for people.</summary>
    WithdrawalHeld,

    /// <summary>A freeze came into force.</summary>
    FrozenScope,

    /// <summary>A freeze ended.</summary>
    ThawedScope,

    /// <summary>A payment left a block that the chain abandoned.</summary>
    Reorganised,

    /// <summary>A reorganisation went deeper than the governed finality.</summary>
    DeepReorganisation,

    /// <summary>A version of governance has its quorum and waits to take effect.</summary>
    GovernanceProposed,

    /// <summary>A version of governance came into force.</summary>
    GovernanceChanged,

    /// <summary>A governor vetoed a version of governance.</summary>
    GovernanceVetoed,

    /// <summary>A price that policy needs is missing, stale or absurd.</summary>
    PriceUnusable,

    /// <summary>A whitelist entry was proposed, approved, activated, suspended, reinstated or ended.</summary>
    WhitelistChanged,

    /// <summary>A proposed address looks like an existing one.</summary>
    LookAlikeAddress,

    /// <summary>A destination was found on a sanctions list or by the screening provider.</summary>
    SanctionsHit,

    /// <summary>Screening gives no answer, so withdrawals wait.</summary>
    ScreeningUnavailable,

    /// <summary>A sanctions list is missing, older than governed or signed by nobody who counts, so withdrawals wait.</summary>
    SanctionsListStale,

    /// <summary>A customer's withdrawals look structured, or add up to more than governed.</summary>
    SuspiciousPattern,

    /// <summary>A device signed what contradicts an intent and was suspended.</summary>
    DeviceSuspended,

    /// <summary>Two operators reinstated a suspended device.</summary>
    DeviceReinstated,

    /// <summary>Somebody approved under duress.</summary>
    Duress,

    /// <summary>An approver signed a drill.</summary>
    DrillFailed,

    /// <summary>A withdrawal's approvals are soon due.</summary>
    ApprovalReminder,

    /// <summary>An authenticator's counter went back: a second one may have its key.</summary>
    AuthenticatorCloned,

    /// <summary>A token's contract is not what governance registered.</summary>
    TokenMismatch,

    /// <summary>A vault's device runs firmware that governance does not list.</summary>
    VaultFirmwareNotGoverned,

    /// <summary>A transaction waits for a block, and may not offer more.</summary>
    StuckTransaction,

    /// <summary>The PKCS#11 module of a vault's device is not there.</summary>
    VaultModuleMissing,

    /// <summary>A vault's token is not there.</summary>
    VaultTokenMissing,

    /// <summary>A vault's device refused the PIN.</summary>
    VaultPinWrong,

    /// <summary>The PIN of a vault's device is locked.</summary>
    VaultPinLocked,

    /// <summary>A vault's key is not on its device.</summary>
    VaultKeyMissing,

    /// <summary>A provider of a chain contradicts the majority and was set aside.</summary>
    ProviderDisagrees,

    /// <summary>A provider of a chain is too many blocks behind and was set aside.</summary>
    ProviderLags,

    /// <summary>A provider of a chain does not answer and was set aside.</summary>
    ProviderSilent,

    /// <summary>No majority of a chain's providers agrees, so withdrawals wait.</summary>
    ProvidersSplit,

    /// <summary>A nonce that nothing takes keeps signed transactions waiting.</summary>
    NonceGap,

    /// <summary>Storage was restored, and accepted with the governors' statement.</summary>
    StorageRestored,

    /// <summary>A vault account spent a nonce that a restore lost the journal of.</summary>
    RestoredSpend,

    /// <summary>A chain's watcher was set back by operators.</summary>
    ChainRewound,

    /// <summary>A settled withdrawal's payment is not where it was final.</summary>
    SettledPaymentGone,

    /// <summary>A fee bump, or a cancel of a signed payment, waits for its approvers.</summary>
    AmendmentOrdered,

    /// <summary>The signer or the sender does not answer.</summary>
    RoleUnavailable,

    /// <summary>A role asked the signer for a line of the stop journal for which nothing signed speaks.</summary>
    FactUnproven,

    /// <summary>A statement that a registered key signed was refused for what an attack looks like.</summary>
    RefusedStatement,

    /// <summary>The host's clock and a chain's newest block tell different times.</summary>
    ClockDiffers,

    /// <summary>The host's clock is behind a chain's; nothing is signed or dated by it.</summary>
    HostClockBehind,

    /// <summary>The block of a final deposit left the chain.</summary>
    DepositGone,

    /// <summary>A node, or the sender, refuses a signed transaction that waits for a block.</summary>
    BroadcastRefused,
}
