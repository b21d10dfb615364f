namespace Custody.Core.Signatures;

/// <summary>The JWS <c>typ</c> of each signed document. A signature counts only for its own type (RFC 8725 §3.11).</summary>
public static class DocumentType
{
    /// <summary>The exchange's withdrawal request (detached, over the exact body).</summary>
    public const string Request = "custody-request+jws";

    /// <summary>The exchange's cancellation.</summary>
    public const string Cancellation = "custody-cancellation+jws";

    /// <summary>An approver's vote.</summary>
    public const string Approval = "custody-approval+jws";

    /// <summary>An approver's vote taken back.</summary>
    public const string ApprovalWithdrawal = "custody-approval-withdrawal+jws";

    /// <summary>A governance document.</summary>
    public const string Governance = "custody-governance+jws";

    /// <summary>A governor's veto of a governance version.</summary>
    public const string GovernanceVeto = "custody-governance-veto+jws";

    /// <summary>A whitelist entry.</summary>
    public const string WhitelistEntry = "custody-whitelist-entry+jws";

    /// <summary>What a person says about a whitelist entry: suspend, tombstone, reinstate, reject.</summary>
    public const string WhitelistStatement = "custody-whitelist-statement+jws";

    /// <summary>A file of destinations that a client imports (detached, over the exact bytes).</summary>
    public const string WhitelistImport = "custody-whitelist-import+jws";

    /// <summary>A customer record.</summary>
    public const string Customer = "custody-customer+jws";

    /// <summary>An operator's resolution of a held withdrawal.</summary>
    public const string Resolution = "custody-resolution+jws";

    /// <summary>An operator's freeze.</summary>
    public const string Freeze = "custody-freeze+jws";

    /// <summary>An operator's half of a thaw.</summary>
    public const string Thaw = "custody-thaw+jws";

    /// <summary>A price.</summary>
    public const string Price = "custody-price+jws";

    /// <summary>A sanctions list with its provenance.</summary>
    public const string SanctionsList = "custody-sanctions-list+jws";

    /// <summary>An operator's half of a release of a screening hit.</summary>
    public const string ScreeningRelease = "custody-screening-release+jws";

    /// <summary>An operator's half of a suspended device's reinstatement.</summary>
    public const string Reinstatement = "custody-reinstatement+jws";

    /// <summary>An operator's drill.</summary>
    public const string Drill = "custody-drill+jws";

    /// <summary>An operator's record of a video call.</summary>
    public const string VideoConfirmation = "custody-video-confirmation+jws";

    /// <summary>An operator's part of an order of a vault's upkeep.</summary>
    public const string Maintenance = "custody-maintenance+jws";

    /// <summary>The governors' statement about a restored store (detached).</summary>
    public const string Restore = "custody-restore+jws";

    /// <summary>An operator's part of an order that a chain's watcher reads again.</summary>
    public const string Rewind = "custody-rewind+jws";

    /// <summary>An operator's proposal of a higher fee for a signed payment.</summary>
    public const string FeeBump = "custody-fee-bump+jws";

    /// <summary>A comparison certificate.</summary>
    public const string Certificate = "custody-certificate+jws";

    /// <summary>A caller's short-lived token.</summary>
    public const string CallToken = "custody-call+jwt";
}
