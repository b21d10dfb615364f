namespace Custody.Core.Results;

/// <summary>
/// Why something was refused: one closed, stable set for the API, the audit trail and the scenarios. On the wire a code is
/// its name in kebab-case (<see cref="RefusalCodes.Text"/>). Codes are added, never renamed or reused.
/// </summary>
public enum RefusalCode
{
    /// <summary>No reason was given: the default of every verdict, and a refusal.</summary>
    Unspecified = 0,

    // Callers and signatures
    /// <summary>No call token, or one that is not a compact JWS of the right type and algorithm.</summary>
    CallTokenInvalid = 100,
    /// <summary>The call token has expired, lives too long, or is not yet valid.</summary>
    CallTokenExpired,
    /// <summary>The call token is meant for another audience.</summary>
    CallTokenAudience,
    /// <summary>The call token's jti was used before.</summary>
    CallTokenReplayed,
    /// <summary>The key may not call this.</summary>
    CallerNotAllowed,
    /// <summary>A body signature is missing.</summary>
    SignatureMissing,
    /// <summary>A body signature is malformed or of the wrong type or algorithm.</summary>
    SignatureMalformed,
    /// <summary>A body signature names a key that is not registered for this.</summary>
    SignatureKeyUnknown,
    /// <summary>A body signature does not verify.</summary>
    SignatureInvalid,
    /// <summary>What was signed has expired.</summary>
    SignatureExpired,
    /// <summary>The key's time has not come or is over.</summary>
    KeyNotValid,
    /// <summary>The key's terms do not permit it to sign this.</summary>
    KeyScopeMissing,
    /// <summary>The call comes from an address that the key's terms do not permit.</summary>
    CallerAddress,

    // Request
    /// <summary>The body is not the JSON that is expected.</summary>
    BodyMalformed = 200,
    /// <summary>A field is missing or malformed.</summary>
    FieldInvalid,
    /// <summary>The amount is zero.</summary>
    AmountZero,
    /// <summary>The asset is not registered.</summary>
    AssetUnknown,
    /// <summary>The same request id came before with another body.</summary>
    RequestConflict,
    /// <summary>The withdrawal does not exist, or is not the caller's.</summary>
    NotFound,
    /// <summary>The request has expired.</summary>
    RequestExpired,

    // Governance and whitelist
    /// <summary>The governance document is missing, unreadable or malformed.</summary>
    GovernanceInvalid = 300,
    /// <summary>The governance document is not signed by its quorum.</summary>
    GovernanceUnsigned,
    /// <summary>The governance document's root is not the pinned trust root.</summary>
    TrustRootMismatch,
    /// <summary>The intent was made under a governance version that is not current.</summary>
    GovernanceSuperseded,
    /// <summary>The customer has no valid record.</summary>
    CustomerUnknown,
    /// <summary>The whitelist entry does not exist.</summary>
    WhitelistEntryUnknown,
    /// <summary>The entry's signatures do not verify or are too few.</summary>
    WhitelistEntryUnsigned,
    /// <summary>The entry belongs to another client.</summary>
    WhitelistOtherClient,
    /// <summary>The entry belongs to another customer.</summary>
    WhitelistOtherCustomer,
    /// <summary>The entry is for another chain.</summary>
    WhitelistOtherChain,
    /// <summary>The entry was never activated, or is tombstoned.</summary>
    WhitelistEntryInactive,
    /// <summary>The entry is in its cooling-off period.</summary>
    WhitelistCoolingOff,
    /// <summary>The request names a destination other than the entry's.</summary>
    DestinationMismatch,
    /// <summary>The destination burns what it gets, or is our own.</summary>
    DestinationForbidden,
    /// <summary>The text is no address of the chain in its canonical form.</summary>
    AddressInvalid,
    /// <summary>The address's checksum is wrong: a character was mistyped or changed.</summary>
    AddressChecksumWrong,
    /// <summary>The address belongs to another network than the entry's chain.</summary>
    AddressWrongNetwork,
    /// <summary>The entry is suspended.</summary>
    WhitelistEntrySuspended,
    /// <summary>The entry was tombstoned, or its proposal rejected or expired; it never comes back.</summary>
    WhitelistEntryEnded,
    /// <summary>The entry was activated, or proposed, before.</summary>
    WhitelistEntryExists,
    /// <summary>The entry's status does not permit this.</summary>
    WhitelistStatusMismatch,
    /// <summary>The statement names another entry, another form of it, or another suspension.</summary>
    WhitelistStatementMismatch,
    /// <summary>The address looks like another one, and the approver more that this asks for has not signed.</summary>
    LookAlikeApprovalMissing,
    /// <summary>What lifted the entry's suspension is not signed by the approvers' quorum.</summary>
    WhitelistReinstatementUnsigned,
    /// <summary>An approver rejected the proposed entry.</summary>
    WhitelistProposalRejected,
    /// <summary>Nobody decided about the proposed entry in time.</summary>
    WhitelistProposalExpired,

    // Governance changes
    /// <summary>The document is not the version after the one in force.</summary>
    GovernanceNotNext = 330,
    /// <summary>The document changes nothing.</summary>
    GovernanceUnchanged,
    /// <summary>The document both tightens and weakens.</summary>
    GovernanceMixed,
    /// <summary>A weakening without its risk assessment or a responsible officer's signature.</summary>
    GovernanceRiskMissing,
    /// <summary>A governor vetoed the version.</summary>
    GovernanceVetoed,
    /// <summary>The stop journal never recorded the version's quorum.</summary>
    GovernanceNotProposed,
    /// <summary>The version weakens, and its delay still runs.</summary>
    GovernanceDelayed,
    /// <summary>The client is suspended.</summary>
    ClientSuspended,
    /// <summary>The withdrawal passes under the governance version that it names, and not under the one in force; or its vault's key is not active in it.</summary>
    GovernanceTightened,
    /// <summary>The approver's training is not on record or has run out.</summary>
    TrainingExpired,
    /// <summary>The evidence about the device has run out.</summary>
    DeviceEvidenceExpired,

    // Policy, limits, ledger
    /// <summary>No policy rule matches.</summary>
    PolicyNoMatch = 400,
    /// <summary>The amount is above the rule's limit.</summary>
    AmountAboveLimit,
    /// <summary>A velocity limit would be passed.</summary>
    VelocityExceeded,
    /// <summary>A velocity limit that must exist does not.</summary>
    LimitMissing,
    /// <summary>The vault does not hold enough that is not yet promised.</summary>
    InsufficientFunds,
    /// <summary>The fee needed is above the envelope.</summary>
    FeeAboveEnvelope,
    /// <summary>Policy needs a fact that is not known: the time, or whose the destination is.</summary>
    PolicyFactMissing,
    /// <summary>Policy needs to know whether the whitelist entry was paid before, and no journal says.</summary>
    FirstUseUnknown,
    /// <summary>The whitelist entry was never paid before, and the amount is above the rule's cap for that.</summary>
    FirstUseAboveCap,
    /// <summary>The withdrawal no longer matches the rule that it was approved under: time, price or history moved.</summary>
    PolicyMoved,
    /// <summary>Policy needs a price, and there is none that verifies.</summary>
    PriceMissing,
    /// <summary>The newest price is older than governance lets it be.</summary>
    PriceStale,
    /// <summary>The newest price moved further within the governed time than one source is believed, or nothing is there to compare it with.</summary>
    PriceAbsurd,
    /// <summary>Governance has no terms for retail customers, so they can withdraw nothing.</summary>
    RetailTermsMissing,
    /// <summary>Governance does not name the asset for retail customers.</summary>
    RetailAssetForbidden,

    // Screening
    /// <summary>Governance has no screening terms.</summary>
    ScreeningTermsMissing = 450,
    /// <summary>Screening was not asked, or gave no answer that can be relied on.</summary>
    ScreeningUnavailable,
    /// <summary>The destination was found by screening, and two operators did not release it.</summary>
    ScreeningHit,
    /// <summary>A sanctions list that governance asks for is not held.</summary>
    SanctionsListMissing,
    /// <summary>A sanctions list is older than governed.</summary>
    SanctionsListStale,
    /// <summary>A sanctions list is signed by no operator of today's governance.</summary>
    SanctionsListUnsigned,
    /// <summary>A stored sanctions list is not the one that the stop journal names.</summary>
    SanctionsListTampered,
    /// <summary>The sanctions list in force was published later.</summary>
    SanctionsListOlder,
    /// <summary>The release names another withdrawal, attempt or hit.</summary>
    ScreeningReleaseMismatch,

    // Approvals
    /// <summary>The withdrawal is not waiting for approvals.</summary>
    NotAwaitingApproval = 500,
    /// <summary>The approver initiated the withdrawal.</summary>
    SelfApproval,
    /// <summary>The statement names another withdrawal or intent.</summary>
    IntentMismatch,
    /// <summary>The statement names another attempt.</summary>
    AttemptMismatch,
    /// <summary>The device is not registered to that approver.</summary>
    DeviceUnknown,
    /// <summary>The approver voted before.</summary>
    DuplicateVote,
    /// <summary>The statement has expired or is from the future.</summary>
    StatementExpired,
    /// <summary>The votes do not make the quorum.</summary>
    QuorumMissing,
    /// <summary>An approver rejected the withdrawal.</summary>
    RejectedByApprover,
    /// <summary>Nobody decided in time.</summary>
    ApprovalDeadlinePassed,
    /// <summary>The client cancelled the withdrawal.</summary>
    CancelledByClient,
    /// <summary>The device is suspended: it signed what contradicts an intent.</summary>
    DeviceSuspended,
    /// <summary>The device is not suspended, or not by the line that the statement names.</summary>
    DeviceNotSuspended,
    /// <summary>An approver took their vote back.</summary>
    VoteWithdrawn,
    /// <summary>The gate cannot open the commitment that governance carries for a device.</summary>
    CommitmentUnopened,
    /// <summary>It is a drill; nothing is ever signed for it.</summary>
    Drill,
    /// <summary>The rule asks for a video call that nobody recorded.</summary>
    VideoMissing,

    // WebAuthn
    /// <summary>Governance has no terms for WebAuthn, or the device is no WebAuthn credential.</summary>
    WebAuthnNotGoverned = 550,
    /// <summary>The rule does not accept votes by WebAuthn.</summary>
    WebAuthnNotAllowed,
    /// <summary>An assertion or registration is not in the form that WebAuthn gives it.</summary>
    WebAuthnMalformed,
    /// <summary>The client data is of another type.</summary>
    WebAuthnTypeWrong,
    /// <summary>The challenge is not the digest of what is to be signed.</summary>
    WebAuthnChallengeMismatch,
    /// <summary>The page's origin is not governed.</summary>
    WebAuthnOriginForbidden,
    /// <summary>The page stood in another one.</summary>
    WebAuthnCrossOrigin,
    /// <summary>The authenticator answered another relying party.</summary>
    WebAuthnRelyingPartyMismatch,
    /// <summary>The authenticator does not say that somebody was there.</summary>
    WebAuthnUserAbsent,
    /// <summary>The authenticator did not verify its owner.</summary>
    WebAuthnUserUnverified,
    /// <summary>The credential can leave its authenticator.</summary>
    WebAuthnBackupEligible,
    /// <summary>The authenticator's counter went back or stood still.</summary>
    WebAuthnCounterBack,
    /// <summary>The registration has no packed ES256 attestation.</summary>
    WebAuthnAttestationMissing,
    /// <summary>The attestation does not verify.</summary>
    WebAuthnAttestationInvalid,
    /// <summary>The authenticator's model is not governed.</summary>
    WebAuthnModelForbidden,
    /// <summary>The key in governance is not the one that was attested.</summary>
    WebAuthnKeyMismatch,
    /// <summary>Enough people approved, and none with a device that verified the bundle.</summary>
    BundleUnverified,

    // Gate, compare, send
    /// <summary>The platform, the vault or the client is frozen.</summary>
    Frozen = 600,
    /// <summary>A journal is missing, shorter than it was, or broken.</summary>
    JournalBroken,
    /// <summary>The stop journal ended the withdrawal or burnt the attempt.</summary>
    Stopped,
    /// <summary>The stored intent is not what the request, policy and governance give.</summary>
    IntentTampered,
    /// <summary>The unsigned bytes are not exactly the intent.</summary>
    TransactionMismatch,
    /// <summary>Another digest was signed for the slot.</summary>
    SlotTaken,
    /// <summary>The transaction does not conflict with an earlier signed one of the withdrawal.</summary>
    LineageBroken,
    /// <summary>The vault is not registered, or its key is not the governed one.</summary>
    VaultKeyMismatch,
    /// <summary>The vault did not sign; it may be tried again.</summary>
    VaultUnavailable,
    /// <summary>The vault returned a signature that does not verify over the digest.</summary>
    VaultSignatureInvalid,
    /// <summary>There is no valid comparison certificate for the bytes.</summary>
    CertificateInvalid,
    /// <summary>The node is not on the governed chain.</summary>
    NodeWrongChain,
    /// <summary>The node refused the transaction.</summary>
    NodeRejected,
    /// <summary>The node's answers are missing or contradict each other.</summary>
    NodeUnavailable,
    /// <summary>What happened on the chain is not what was approved.</summary>
    EffectsMismatch,
    /// <summary>A stage failed again and again.</summary>
    StageFailed,
    /// <summary>The orchestration was lost, ended early or is not the withdrawal's own.</summary>
    InstanceMismatch,
    /// <summary>The transaction was mined, reverted and final.</summary>
    TransactionReverted,
    /// <summary>The host's clock is behind the chain's by more than clocks differ: nothing is dated or signed by it.</summary>
    HostClockBehind,

    // Devices
    /// <summary>The vault's device runs firmware that governance does not list for it, or does not say what it runs.</summary>
    VaultFirmwareNotGoverned = 640,
    /// <summary>The PKCS#11 module of the vault's device is not there, or does not load.</summary>
    VaultModuleMissing,
    /// <summary>The vault's token is not there.</summary>
    VaultTokenMissing,
    /// <summary>The vault's device refused the PIN; it is not tried again.</summary>
    VaultPinWrong,
    /// <summary>The PIN of the vault's device is locked.</summary>
    VaultPinLocked,
    /// <summary>The vault's key is not on its device.</summary>
    VaultKeyMissing,

    // Replacements
    /// <summary>A replacement was asked for before its governed time is past by both clocks.</summary>
    ReplacementTooEarly = 660,

    // Upkeep
    /// <summary>Governance has no terms for the upkeep of vaults on the chain.</summary>
    MaintenanceNotGoverned = 665,
    /// <summary>The account is not the one that the vault's public key gives, or there is no such vault on the chain.</summary>
    MaintenanceAccountWrong,
    /// <summary>The fee of the upkeep is above the governed terms, or nothing.</summary>
    MaintenanceFeeAboveTerms,
    /// <summary>The nonce is taken, belongs to somebody, or is below nothing that was signed.</summary>
    NonceNotGap,
    /// <summary>The gap has not kept anything waiting for the governed time, by both clocks.</summary>
    GapFillTooEarly,
    /// <summary>The vault filled as many gaps in 24 hours as governance permits.</summary>
    GapFillsExceeded,
    /// <summary>The amount of the gas funding is above the governed terms, or nothing.</summary>
    GasFundingAboveTerms,
    /// <summary>As much gas was funded on the chain in 24 hours as governance permits.</summary>
    GasFundingExceeded,

    // Tokens and gas
    /// <summary>The token's contract is not what governance registered: its code or its decimals differ, or it has no terms.</summary>
    TokenMismatch = 680,
    /// <summary>The transfer wants more gas than governance permits the token.</summary>
    GasAboveCeiling,
    /// <summary>The vault does not hold the native coin that the fee may take.</summary>
    GasFundsMissing,
    /// <summary>The chain says that the transfer would revert.</summary>
    TransferWouldRevert,

    // Operators
    /// <summary>The withdrawal is not held, or not in the hold that the statement names.</summary>
    NotHeld = 700,
    /// <summary>The resolution is not possible in this state.</summary>
    ResolutionNotPossible,
    /// <summary>Two operators must sign, and one has.</summary>
    SecondSignatureNeeded,
    /// <summary>The same operator signed before.</summary>
    DuplicateSignature,
    /// <summary>The scope is not frozen, or the freeze named is not in force.</summary>
    NotFrozen,
    /// <summary>Two operators agreed to reject the withdrawal.</summary>
    RejectedByOperators,
    /// <summary>It is too late: a signature exists or may exist.</summary>
    TooLate,

    // Restored storage
    /// <summary>It belongs to the time before storage was restored, of which a signature may exist that nobody remembers.</summary>
    Restored = 720,
    /// <summary>The restore statement is malformed, expired, used, or about another store than this.</summary>
    RestoreInvalid,
    /// <summary>The restore statement lacks valid signatures of its governors' quorum.</summary>
    RestoreUnsigned,

    // Reading a chain again
    /// <summary>The rewind names no block of the chain, or one after the watcher's cursor.</summary>
    RewindBlockUnknown = 730,
    /// <summary>The chain's watcher is not stopped by a reorganisation beyond the governed finality.</summary>
    RewindNotNeeded,

    // Amendments of a signed payment
    /// <summary>The rule has no terms for a fee bump, or for a cancel after the signature.</summary>
    AmendmentNotGoverned = 740,
    /// <summary>The fee is above what the rule's terms, or the client's request, allow, or nothing.</summary>
    AmendmentFeeAboveTerms,
    /// <summary>As many were ordered or signed in the attempt as governance permits.</summary>
    AmendmentsExceeded,
    /// <summary>An approver rejected the fee bump or the cancel; the withdrawal goes on without it.</summary>
    AmendmentRejected,
    /// <summary>Another one waits for its approvals, or is approved and not yet signed.</summary>
    AmendmentOpen,

    // Roles
    /// <summary>Another role's process gave no answer that can be relied on.</summary>
    RoleUnavailable = 750,
    /// <summary>The signer does not append a line to the stop journal for which nothing signed speaks.</summary>
    FactUnproven,
    /// <summary>The withdrawal's file does not say that these bytes are being sent.</summary>
    SendingNotRecorded,
    /// <summary>A role may not make this call.</summary>
    RoleNotAllowed,

    // Evidence of an end
    /// <summary>A single provider says that the transaction is final and paid nobody: its word alone gives no funds back.</summary>
    ReleaseUnproven = 760,
}
